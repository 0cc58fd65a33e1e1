// SPDX-License-Identifier: MIT
#include "gui/app/window.h"

#include <SDL.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "gui/app/display.h"
#include "gui/draw/compat.h"

namespace gui {
namespace {

constexpr int kFrameMs = 16, kIdleMs = 100;

std::string key_name(const SDL_Keysym& key) {
  static const std::map<SDL_Keycode, std::string> kNames = {{SDLK_SPACE, "space"},
                                                            {SDLK_LEFT, "left"},
                                                            {SDLK_RIGHT, "right"},
                                                            {SDLK_UP, "up"},
                                                            {SDLK_DOWN, "down"},
                                                            {SDLK_HOME, "home"},
                                                            {SDLK_END, "end"},
                                                            {SDLK_ESCAPE, "escape"},
                                                            {SDLK_RETURN, "enter"},
                                                            {SDLK_KP_ENTER, "enter"},
                                                            {SDLK_BACKSPACE, "backspace"},
                                                            {SDLK_DELETE, "delete"},
                                                            {SDLK_TAB, "tab"},
                                                            {SDLK_F1, "f1"},
                                                            {SDLK_F2, "f2"},
                                                            {SDLK_F3, "f3"},
                                                            {SDLK_F5, "f5"},
                                                            {SDLK_F10, "f10"},
                                                            {SDLK_F11, "f11"}};
  const bool ctrl = (key.mod & KMOD_CTRL) != 0, shift = (key.mod & KMOD_SHIFT) != 0;
  const auto it = kNames.find(key.sym);
  std::string name;
  if (it != kNames.end())
    name = it->second;
  else if (key.sym == SDLK_SLASH && shift)
    return "?";
  else if (key.sym > 32 && key.sym < 127)
    name = static_cast<char>(key.sym);
  else
    return {};
  return std::string(ctrl ? "ctrl+" : "") + (shift ? "shift+" : "") + name;
}

int button_of(uint8_t sdl) { return sdl == SDL_BUTTON_LEFT ? 0 : sdl == SDL_BUTTON_RIGHT ? 1 : 2; }

void handle(Stage& stage, const SDL_Event& e) {
  switch (e.type) {
    case SDL_QUIT:
      stage.desk.quit = true;
      break;
    case SDL_MOUSEMOTION:
      compat::mouse_position(static_cast<float>(e.motion.x), static_cast<float>(e.motion.y));
      break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      compat::mouse_position(static_cast<float>(e.button.x), static_cast<float>(e.button.y));
      compat::mouse_button(button_of(e.button.button), e.type == SDL_MOUSEBUTTONDOWN);
      break;
    case SDL_MOUSEWHEEL:
      compat::mouse_wheel(static_cast<float>(e.wheel.x), static_cast<float>(e.wheel.y));
      break;
    case SDL_TEXTINPUT:
      stage.text(e.text.text);
      break;
    case SDL_KEYDOWN: {
      compat::modifiers((e.key.keysym.mod & KMOD_CTRL) != 0, (e.key.keysym.mod & KMOD_SHIFT) != 0);
      const std::string name = key_name(e.key.keysym);
      if (!name.empty()) stage.key(name);
      break;
    }
    case SDL_KEYUP:
      compat::modifiers((e.key.keysym.mod & KMOD_CTRL) != 0, (e.key.keysym.mod & KMOD_SHIFT) != 0);
      break;
    case SDL_DROPFILE:
      stage.drop(e.drop.file);
      SDL_free(e.drop.file);
      break;
    default:
      break;
  }
}

// Says where each widget is. Written to another name first: a reader must
// never see half of it.
void write_probes(const Stage& stage, const std::string& path) {
  const Desk& d = stage.desk;
  {
    std::ofstream out(path + ".new");
    out << "step " << d.state.position.step << "\nplaying " << d.state.playing << "\nopen "
        << d.state.open << "\n";
    for (const auto& [id, p] : d.probes.all())
      out << "widget " << id << " " << static_cast<int>(p.rect.x + p.rect.w / 2) << " "
          << static_cast<int>(p.rect.y + p.rect.h / 2) << " " << p.value << "\n";
  }
  std::filesystem::rename(path + ".new", path);
}

}  // namespace

void run_window(Stage& stage, const Options& options) {
  Display display(stage, options);
  stage.desk.probes.on = !options.probes.empty();
  auto last = std::chrono::steady_clock::now();
  uint64_t frames = 0;
  while (!stage.desk.quit) {
    SDL_Event e;
    bool input = false;
    for (int got = SDL_WaitEventTimeout(&e, stage.desk.quiet() ? kIdleMs : 1); got != 0;
         got = SDL_PollEvent(&e)) {
      if (e.type == SDL_WINDOWEVENT) display.forget();
      handle(stage, e);
      stage.desk.wake();
      input = true;
      // A press and its release must not fall into one frame: it would not be seen.
      if (e.type == SDL_MOUSEBUTTONDOWN || e.type == SDL_MOUSEBUTTONUP) break;
    }
    stage.look_for_saves();
    const auto now = std::chrono::steady_clock::now();
    const float seconds = std::min(0.1f, std::chrono::duration<float>(now - last).count());
    if (!input && stage.desk.quiet()) continue;
    last = now;
    display.show(seconds);
    display.full_screen(stage.desk.full_screen);
    if (stage.desk.probes.on && frames++ % 3 == 0) write_probes(stage, options.probes);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - now);
    if (took.count() < kFrameMs) SDL_Delay(static_cast<Uint32>(kFrameMs - took.count()));
  }
}

}  // namespace gui

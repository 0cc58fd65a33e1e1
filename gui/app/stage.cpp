// SPDX-License-Identifier: MIT
#include "gui/app/stage.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "gui/draw/compat.h"
#include "gui/draw/png.h"
#include "gui/draw/span.h"
#include "gui/panels/panel.h"
#include "sim/core/error.h"
#include "sim/run/settings.h"

namespace gui {

Stage::Stage(const Options& options) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  compat::map_edit_keys();
  if (!options.theme.empty()) desk.settings.theme = options.theme;
  if (options.scale > 0) desk.settings.scale = options.scale;
}

Stage::~Stage() {
  desk.machine.reset();
  ImGui::DestroyContext();
}

void Stage::renew_looks() {
  if (!desk.fonts_changed && !desk.theme_changed) return;
  desk.look.scale = desk.settings.scale;
  desk.look.theme = desk.settings.theme == "light" ? &light_theme() : &dark_theme();
  if (desk.fonts_changed) {
    load_fonts(desk.look);
    unsigned char* alpha = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&alpha, &width, &height);
    compat::set_texture(ImGui::GetIO().Fonts,
                        make_texture ? make_texture(alpha, width, height) : (ImTextureID)1);
    raster_.set_font(alpha, width, height);
  }
  apply_style(*desk.look.theme, desk.look.scale);
  desk.fonts_changed = desk.theme_changed = false;
}

// The pixels below a rectangle, in place.
static Canvas part_of(const Canvas& all, const Rect& r) {
  const int x0 = std::clamp(static_cast<int>(r.x), 0, all.width - 1);
  const int y0 = std::clamp(static_cast<int>(r.y), 0, all.height - 1);
  const int x1 = std::clamp(static_cast<int>(r.right()), x0 + 1, all.width);
  const int y1 = std::clamp(static_cast<int>(r.bottom()), y0 + 1, all.height);
  return {all.pixels + static_cast<ptrdiff_t>(y0) * all.pitch + x0, x1 - x0, y1 - y0, all.pitch};
}

void Stage::compose(int width, int height, float seconds) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = std::max(seconds, 1e-4f);
  renew_looks();
  shot_ = std::exchange(desk.shot_wanted, {});  // of a frame without the menu
  desk.refresh(seconds);
  ImGui::NewFrame();
  draw_window(desk);
  ImGui::Render();
  for (const ImGuiKey k : held_) compat::edit_key(k, false);
  held_.clear();
}

uint32_t Stage::ground() const { return 0xFF000000u | span::from_imgui(desk.look.theme->app); }

std::vector<Box> Stage::frame(const Canvas& canvas, float seconds) {
  compose(canvas.width, canvas.height, seconds);
  std::vector<Box> written = raster_.draw(canvas, *ImGui::GetDrawData(), ground());
  if (shot_due()) take_shot(canvas);
  return written;
}

void Stage::take_shot(const Canvas& canvas) {
  try {
    write_png(shot_, desk.shot_part ? part_of(canvas, *desk.shot_part) : canvas);
    desk.say("Saved " + shot_);
  } catch (const sim::UserError& error) {
    desk.say(error.what());
  }
}

void Stage::open(const Options& options) {
  desk.course.lessons = run::load_lessons();
  desk.course.done = desk.settings.done;
  desk.machine = std::make_unique<Machine>();
  const bool is_file = !options.names.empty() && options.names[0].ends_with(".c");
  if (is_file) {
    desk.files = options.names;
  } else if (!options.names.empty() || !desk.course.lessons.empty()) {
    const std::string name = options.names.empty() ? desk.course.lessons[0].name : options.names[0];
    const run::Variant variant = run::find_variant(desk.course.lessons, name);
    for (size_t i = 0; i < desk.course.lessons.size(); ++i)
      if (desk.course.lessons[i].name == variant.lesson.name) desk.course.at = i;
    desk.course.variant = variant.variant;
    desk.config = variant.lesson.config;
  }
  for (const auto& [setting, value] : options.settings) run::set(desk.config, setting, value);
  desk.reopen();
}

bool is_edit_key(const std::string& name, ImGuiKey& key) {
  static const std::map<std::string, ImGuiKey> kKeys = {{"left", ImGuiKey_LeftArrow},
                                                        {"right", ImGuiKey_RightArrow},
                                                        {"home", ImGuiKey_Home},
                                                        {"end", ImGuiKey_End},
                                                        {"backspace", ImGuiKey_Backspace},
                                                        {"delete", ImGuiKey_Delete},
                                                        {"enter", ImGuiKey_Enter},
                                                        {"escape", ImGuiKey_Escape},
                                                        {"tab", ImGuiKey_Tab},
                                                        {"shift+enter", ImGuiKey_Enter},
                                                        {"ctrl+a", ImGuiKey_A}};
  const auto it = kKeys.find(name);
  if (it == kKeys.end()) return false;
  key = it->second;
  return true;
}

// F1 to F12 never write: they act from within a text field, too.
bool is_function_key(const std::string& name) {
  const size_t at = name.rfind('+') == std::string::npos ? 0 : name.rfind('+') + 1;
  return name.size() > at + 1 && name[at] == 'f' && std::isdigit(name[at + 1]) != 0;
}

void Stage::key(const std::string& name) {
  ImGuiKey key{};
  if (ImGui::GetIO().WantTextInput) {
    if (is_edit_key(name, key)) {
      compat::edit_key(key, true);
      held_.push_back(key);
    }
    const bool closes = name == "escape" && (desk.palette || desk.help);
    const bool writes = name.find("ctrl+") == std::string::npos && !is_function_key(name);
    if (writes && !closes) return;
    if (name == "ctrl+a") return;
  }
  desk.act(action_of_key(name));
}

void Stage::look_for_saves() {
  if (saves_.changed(desk.files)) desk.act(Action::kReload);
}

void Stage::text(const std::string& utf8) {
  if (ImGui::GetIO().WantTextInput) ImGui::GetIO().AddInputCharactersUTF8(utf8.c_str());
}

}  // namespace gui

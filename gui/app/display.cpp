// SPDX-License-Identifier: MIT
#include "gui/app/display.h"

#include <SDL.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/error.h"

namespace gui {
namespace {

constexpr int kLargePixels = 3'000'000;  // from here on a GPU is worth its start

SDL_Window* create(const Options& options, uint32_t flags) {
  return SDL_CreateWindow("Lockstep", 0, 0, options.width, options.height,
                          SDL_WINDOW_RESIZABLE | flags);
}

}  // namespace

bool Display::exists() {
  // Without this SDL presents the surface through a software GL: 15 ms a frame.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;
  // SDL falls back to drivers that nobody sees; only who asks for one by name gets it.
  const std::string driver = SDL_GetCurrentVideoDriver();
  const bool unseen = driver == "offscreen" || driver == "dummy" || driver == "evdev";
  return !unseen || std::getenv("SDL_VIDEODRIVER") != nullptr;
}

Display::Display(Stage& stage, const Options& options) : stage_(stage) {
  const bool large = options.width * options.height > kLargePixels;
  const bool wanted = options.renderer == "gl";
  if (wanted || (options.renderer == "auto" && large)) {
    const bool open = open_gl(options);
    if (wanted && !open)
      throw sim::UserError(std::string("OpenGL does not come up here: ") + SDL_GetError() +
                           "; --renderer soft needs none");
  }
  if (gl_ == nullptr) window_ = create(options, 0);
  if (window_ == nullptr)
    throw sim::UserError(std::string("The display refused a window: ") + SDL_GetError());
  SDL_StartTextInput();
}

// Keeps the window only with OpenGL in it: by a GPU, or asked for by name.
bool Display::open_gl(const Options& options) {
  window_ = create(options, Gl::window_flag());
  if (window_ == nullptr) return false;
  gl_ = Gl::open(window_);
  if (gl_ != nullptr && gl_->is_software() && options.renderer == "auto") gl_.reset();
  if (gl_ == nullptr) {
    SDL_DestroyWindow(std::exchange(window_, nullptr));
    return false;
  }
  stage_.make_texture = [this](const uint8_t* alpha, int width, int height) {
    return gl_->atlas(alpha, width, height);
  };
  return true;
}

Display::~Display() {
  stage_.make_texture = nullptr;
  gl_.reset();
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  SDL_Quit();
}

void Display::show(float seconds) {
  if (gl_ != nullptr)
    show_gl(seconds);
  else
    show_surface(seconds);
}

void Display::show_surface(float seconds) {
  SDL_Surface* const surface = SDL_GetWindowSurface(window_);
  if (surface == nullptr || surface->format->BytesPerPixel != 4)
    throw sim::UserError("The display has no 32-bit surface; try --renderer gl");
  kept_ = kept_ && surface->pixels == shown_;
  shown_ = surface->pixels;
  const Canvas canvas = {static_cast<uint32_t*>(surface->pixels), surface->w, surface->h,
                         surface->pitch / 4, std::exchange(kept_, true)};
  std::vector<SDL_Rect> parts;
  for (const Box& b : stage_.frame(canvas, seconds))
    parts.push_back({b.x0, b.y0, b.x1 - b.x0, b.y1 - b.y0});
  if (!parts.empty())
    SDL_UpdateWindowSurfaceRects(window_, parts.data(), static_cast<int>(parts.size()));
}

void Display::show_gl(float seconds) {
  int width = 0, height = 0;
  SDL_GL_GetDrawableSize(window_, &width, &height);
  stage_.compose(width, height, seconds);
  gl_->draw(*ImGui::GetDrawData(), stage_.ground());
  if (stage_.shot_due()) {
    std::vector<uint32_t> pixels = gl_->read(width, height);
    stage_.take_shot({pixels.data(), width, height, width});
  }
  gl_->show();
}

void Display::full_screen(bool on) {
  if (on == full_) return;
  full_ = on;
  SDL_SetWindowFullscreen(window_, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

}  // namespace gui

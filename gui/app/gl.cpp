// SPDX-License-Identifier: MIT
#include "gui/app/gl.h"

#include <SDL.h>
#include <SDL_opengl.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <cstddef>

namespace gui {

// OpenGL's functions come from the driver, at run time: nothing is linked.
struct Gl::Functions {
  template <typename F>
  static void find(F*& to, const char* name) {
    to = reinterpret_cast<F*>(SDL_GL_GetProcAddress(name));
  }
  Functions() {
    find(get_string, "glGetString");
    find(clear_color, "glClearColor");
    find(clear, "glClear");
    find(gen_textures, "glGenTextures");
    find(delete_textures, "glDeleteTextures");
    find(bind_texture, "glBindTexture");
    find(tex_parameter, "glTexParameteri");
    find(tex_image, "glTexImage2D");
    find(read_pixels, "glReadPixels");
  }
  bool complete() const {
    return get_string != nullptr && clear_color != nullptr && clear != nullptr &&
           gen_textures != nullptr && delete_textures != nullptr && bind_texture != nullptr &&
           tex_parameter != nullptr && tex_image != nullptr && read_pixels != nullptr;
  }
  decltype(glGetString)* get_string;
  decltype(glClearColor)* clear_color;
  decltype(glClear)* clear;
  decltype(glGenTextures)* gen_textures;
  decltype(glDeleteTextures)* delete_textures;
  decltype(glBindTexture)* bind_texture;
  decltype(glTexParameteri)* tex_parameter;
  decltype(glTexImage2D)* tex_image;
  decltype(glReadPixels)* read_pixels;
};

uint32_t Gl::window_flag() {
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  return SDL_WINDOW_OPENGL;
}

std::unique_ptr<Gl> Gl::open(SDL_Window* window) {
  SDL_GLContext const context = SDL_GL_CreateContext(window);
  if (context == nullptr) return nullptr;
  std::unique_ptr<Gl> gl(new Gl(window, context));
  const bool works = gl->f_->complete() && ImGui_ImplOpenGL3_Init("#version 150");
  if (!works) return nullptr;
    // The atlas is made once, by us, for either renderer.
#if IMGUI_VERSION_NUM >= 19200
  ImGui::GetIO().BackendFlags &= ~ImGuiBackendFlags_RendererHasTextures;
#endif
  gl->driver_ = reinterpret_cast<const char*>(gl->f_->get_string(GL_RENDERER));
  return gl;
}

Gl::Gl(SDL_Window* window, void* context)
    : window_(window), context_(context), f_(std::make_unique<Functions>()) {}

Gl::~Gl() {
  if (ImGui::GetCurrentContext() != nullptr && ImGui::GetIO().BackendRendererUserData != nullptr)
    ImGui_ImplOpenGL3_Shutdown();
  SDL_GL_DeleteContext(context_);
}

bool Gl::is_software() const {
  for (const char* name : {"llvmpipe", "softpipe", "swrast", "Software"})
    if (driver_.find(name) != std::string::npos) return true;
  return false;
}

ImTextureID Gl::atlas(const uint8_t* alpha, int width, int height) {
  ImGui_ImplOpenGL3_NewFrame();  // the first one makes the backend's objects
  std::vector<uint32_t> texels(static_cast<size_t>(width) * static_cast<size_t>(height));
  std::transform(alpha, alpha + texels.size(), texels.begin(),
                 [](uint8_t a) { return 0xFFFFFFu | uint32_t{a} << 24; });
  if (texture_ != 0) f_->delete_textures(1, &texture_);
  f_->gen_textures(1, &texture_);
  f_->bind_texture(GL_TEXTURE_2D, texture_);
  f_->tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  f_->tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  f_->tex_image(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                texels.data());
  return (ImTextureID)(uintptr_t)texture_;
}

void Gl::draw(const ImDrawData& data, uint32_t ground) {
  const auto part = [ground](unsigned shift) {
    return static_cast<float>(ground >> shift & 255u) / 255.f;
  };
  f_->clear_color(part(16), part(8), part(0), 1);
  f_->clear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(const_cast<ImDrawData*>(&data));
}

std::vector<uint32_t> Gl::read(int width, int height) {
  std::vector<uint32_t> pixels(static_cast<size_t>(width) * static_cast<size_t>(height));
  f_->read_pixels(0, 0, width, height, GL_BGRA, GL_UNSIGNED_BYTE, pixels.data());
  for (int y = 0; y < height / 2; ++y)  // its first row is the bottom one
    std::swap_ranges(pixels.begin() + static_cast<ptrdiff_t>(y) * width,
                     pixels.begin() + static_cast<ptrdiff_t>(y + 1) * width,
                     pixels.end() - static_cast<ptrdiff_t>(y + 1) * width);
  return pixels;
}

void Gl::show() { SDL_GL_SwapWindow(window_); }

}  // namespace gui

// SPDX-License-Identifier: MIT
// ImGui 1.86 up to 1.92 behind one face. Everything that was renamed between
// those versions is spelt here and nowhere else.
#pragma once

#include <imgui.h>

#if IMGUI_VERSION_NUM < 18600
#error "Dear ImGui 1.86 or newer is needed"
#endif

#if __has_include(<imgui_stdlib.h>)
#include <imgui_stdlib.h>
#else
#include <misc/cpp/imgui_stdlib.h>
#endif
#if __has_include(<imgui_freetype.h>)
#include <imgui_freetype.h>
#else
#include <misc/freetype/imgui_freetype.h>
#endif

namespace gui::compat {

// FreeType with light hinting is clearly crisper than the default builder.
inline void use_freetype(ImFontAtlas* atlas) {
#if IMGUI_VERSION_NUM >= 19200
  atlas->SetFontLoader(ImGuiFreeType::GetFontLoader());
  atlas->FontLoaderFlags = ImGuiFreeTypeLoaderFlags_LightHinting;
#else
  atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas->FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#endif
}

inline void push_font(ImFont* font, float px) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, px);
#else
  (void)px;
  ImGui::PushFont(font);
#endif
}

inline void set_texture(ImFontAtlas* atlas, ImTextureID id) { atlas->SetTexID(id); }

inline void mouse_position(float x, float y) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(x, y);
#else
  io.MousePos = ImVec2(x, y);
#endif
}

inline void mouse_button(int button, bool down) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMouseButtonEvent(button, down);
#else
  io.MouseDown[button] = down;
#endif
}

inline void mouse_wheel(float x, float y) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMouseWheelEvent(x, y);
#else
  io.MouseWheelH += x;
  io.MouseWheel += y;
#endif
}

// Keys that text fields need; our own shortcuts never come through ImGui,
// because 1.86 has no names for letter keys.
inline void edit_key(ImGuiKey key, bool down) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(key, down);
#else
  io.KeysDown[io.KeyMap[key]] = down;
#endif
}

inline void modifiers(bool ctrl, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
#else
  io.KeyCtrl = ctrl;
  io.KeyShift = shift;
#endif
}

// Call once after the context is made, before edit_key(): identity map on 1.86.
inline void map_edit_keys() {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
#endif
}

}  // namespace gui::compat

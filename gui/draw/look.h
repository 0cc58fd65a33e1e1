// SPDX-License-Identifier: MIT
// What everything is drawn with: theme, scale and fonts.
#pragma once

#include <imgui.h>

#include <array>
#include <cmath>

#include "gui/draw/theme.h"

namespace gui {

enum class Font : unsigned { kUi, kBold, kSmall, kSmallBold, kMono, kMonoSmall, kBig, kTiny };
inline constexpr size_t kFonts = 8;

struct Face {
  ImFont* font = nullptr;
  float px = 0;
};

struct Look {
  const Theme* theme = &dark_theme();
  float scale = 1;
  std::array<Face, kFonts> faces{};

  const Face& face(Font f) const { return faces[static_cast<size_t>(f)]; }
  // Design pixels to screen pixels, whole ones: labels blur otherwise.
  float s(float design_px) const { return std::floor(design_px * scale + 0.5f); }
  float line(Font f) const { return face(f).px; }
};

// (Re)builds the atlas for look.scale. Needs an ImGui context; between frames.
void load_fonts(Look& look);

inline constexpr float kScales[] = {0.85f, 1.f, 1.15f, 1.25f, 1.5f, 2.f};

}  // namespace gui

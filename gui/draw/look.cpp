// SPDX-License-Identifier: MIT
#include "gui/draw/look.h"

#include <filesystem>

#include "gui/draw/compat.h"

namespace gui {
namespace {

// Latin, dashes and dots, arrows, a tick, Delta and mu.
constexpr ImWchar kGlyphs[] = {0x20,   0x17F,  0x394,  0x394,  0x3BC,  0x3BC,  0x2010, 0x2026,
                               0x2190, 0x2193, 0x2264, 0x2265, 0x2713, 0x2713, 0};

// The first of two files that exists; null when neither does.
const char* either(const char* wanted, const char* fallback) {
  std::error_code ignored;
  if (std::filesystem::exists(wanted, ignored)) return wanted;
  return std::filesystem::exists(fallback, ignored) ? fallback : nullptr;
}

}  // namespace

void load_fonts(Look& look) {
  const char* regular = either("/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                               "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
  const char* medium = either("/usr/share/fonts/opentype/inter/Inter-Medium.otf", regular);
  const char* bold = either("/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
                            "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf");
  const char* mono = either("/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
                            "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf");
  const struct {
    const char* file;
    float px;
  } wanted[kFonts] = {{regular, 16}, {bold, 16}, {medium, 14}, {bold, 14},
                      {mono, 15},    {mono, 14}, {bold, 22},   {medium, 12}};
  ImFontAtlas* const atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  compat::use_freetype(atlas);
  for (size_t i = 0; i < kFonts; ++i) {
    ImFontConfig config;
    config.OversampleH = config.OversampleV = 1;
    config.PixelSnapH = true;
    config.SizePixels = look.s(wanted[i].px);
    Face& face = look.faces[i];
    face.px = config.SizePixels;
    face.font = wanted[i].file == nullptr
                    ? atlas->AddFontDefault(&config)
                    : atlas->AddFontFromFileTTF(wanted[i].file, face.px, &config, kGlyphs);
  }
  atlas->Build();
}

}  // namespace gui

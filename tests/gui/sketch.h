// SPDX-License-Identifier: MIT
// One command over hand-made vertices, drawn with an atlas of 4 x 4 texels.
#pragma once

#include <vector>

#include "gui/draw/raster.h"

namespace gui {

inline constexpr int kSketchWidth = 64, kSketchHeight = 48;
inline constexpr uint32_t kClear = 0xFF101010u;

class Sketch {
 public:
  explicit Sketch(int width = kSketchWidth, int height = kSketchHeight)
      : width_(width), height_(height) {}

  unsigned vertex(float x, float y, ImU32 color, float u = 0, float v = 0) {
    ImDrawVert p;
    p.pos = {x, y};
    p.uv = {u, v};
    p.col = color;
    list_.VtxBuffer.push_back(p);
    return static_cast<unsigned>(list_.VtxBuffer.Size - 1);
  }
  void triangle(unsigned a, unsigned b, unsigned c) {
    for (const unsigned i : {a, b, c}) list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(i));
  }
  void quad(float x0, float y0, float x1, float y1, ImU32 color) {
    const unsigned q = vertex(x0, y0, color);
    vertex(x1, y0, color);
    vertex(x1, y1, color);
    vertex(x0, y1, color);
    triangle(q, q + 1, q + 2);
    triangle(q, q + 2, q + 3);
  }
  static void set_font(Raster& raster) {
    static const uint8_t kFont[16] = {0, 0, 0, 0, 0, 255, 128, 0, 0, 64, 255, 0, 0, 0, 0, 0};
    raster.set_font(kFont, 4, 4);
  }
  std::vector<uint32_t> draw() {
    return draw({0, 0, static_cast<float>(width_), static_cast<float>(height_)});
  }
  std::vector<uint32_t> draw(ImVec4 clip) {
    std::vector<uint32_t> pixels(static_cast<size_t>(width_) * static_cast<size_t>(height_));
    Raster raster;
    set_font(raster);
    draw_on(raster, pixels, clip, false);
    return pixels;
  }
  // What the raster says it wrote.
  std::vector<Box> draw_on(Raster& raster, std::vector<uint32_t>& pixels, ImVec4 clip, bool kept) {
    ImDrawCmd c;
    c.ClipRect = clip;
    c.ElemCount = static_cast<unsigned>(list_.IdxBuffer.Size);
    list_.CmdBuffer.clear();
    list_.CmdBuffer.push_back(c);
    ImDrawList* lists[1] = {&list_};
    ImDrawData data;
    data.Valid = true;
#if IMGUI_VERSION_NUM >= 18980
    data.CmdLists.push_back(&list_);
#else
    data.CmdLists = lists;
#endif
    (void)lists;
    data.CmdListsCount = 1;
    return raster.draw({pixels.data(), width_, height_, width_, kept}, data, kClear);
  }
  ImDrawList& list() { return list_; }

 private:
  int width_, height_;
  ImDrawList list_{nullptr};
};

}  // namespace gui

// SPDX-License-Identifier: MIT
#include "gui/draw/raster.h"

#include <algorithm>
#include <cmath>

#include "gui/draw/span.h"

namespace gui {
namespace {

int nearest(float v) { return static_cast<int>(std::floor(v + 0.5f)); }

}  // namespace

void Raster::set_font(const uint8_t* alpha, int width, int height) {
  font_ = alpha;
  font_width_ = width;
  font_height_ = height;
}

void Raster::draw(const Canvas& canvas, const ImDrawData& data, uint32_t clear) {
  canvas_ = canvas;
  for (int y = 0; y < canvas.height; ++y)
    span::fill(canvas.pixels + static_cast<ptrdiff_t>(y) * canvas.pitch, canvas.width, clear);
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& c : list.CmdBuffer)
      if (c.UserCallback == nullptr) command(list, c);
  }
}

void Raster::command(const ImDrawList& list, const ImDrawCmd& c) {
  const Clip clip = {std::max(0, static_cast<int>(c.ClipRect.x)),
                     std::max(0, static_cast<int>(c.ClipRect.y)),
                     std::min(canvas_.width, static_cast<int>(c.ClipRect.z)),
                     std::min(canvas_.height, static_cast<int>(c.ClipRect.w))};
  if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) return;
  const ImDrawIdx* index = list.IdxBuffer.Data + c.IdxOffset;
  const ImDrawVert* vertices = list.VtxBuffer.Data + c.VtxOffset;
  for (unsigned i = 0; i + 3 <= c.ElemCount;) {
    if (i + 6 <= c.ElemCount && quad(vertices, index + i, clip)) {
      i += 6;
      continue;
    }
    triangle(vertices[index[i]], vertices[index[i + 1]], vertices[index[i + 2]], clip);
    i += 3;
  }
}

// ImGui emits rectangles and glyphs as q,q+1,q+2,q,q+2,q+3. Six indices of
// that form, axis-aligned and of one colour, take the fast path.
bool Raster::quad(const ImDrawVert* v, const ImDrawIdx* index, const Clip& clip) {
  const unsigned q = index[0];
  if (index[1] != q + 1 || index[2] != q + 2 || index[3] != q || index[4] != q + 2 ||
      index[5] != q + 3)
    return false;
  const ImDrawVert &a = v[q], &b = v[q + 1], &c = v[q + 2], &d = v[q + 3];
  if (a.col != b.col || a.col != c.col || a.col != d.col) return false;
  const bool across =
      a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && a.pos.x == d.pos.x;
  const bool down =
      a.pos.x == b.pos.x && b.pos.y == c.pos.y && c.pos.x == d.pos.x && a.pos.y == d.pos.y;
  if (!across && !down) return false;
  if (a.uv.x == c.uv.x && a.uv.y == c.uv.y) {
    rect(a, c, clip);
    return true;
  }
  if (across && a.pos.x < c.pos.x && a.pos.y < c.pos.y && a.uv.x < c.uv.x && a.uv.y < c.uv.y) {
    glyph(a, c, clip);
    return true;
  }
  return false;
}

void Raster::rect(const ImDrawVert& a, const ImDrawVert& b, const Clip& clip) {
  const int x0 = std::max(clip.x0, span::first_pixel(std::min(a.pos.x, b.pos.x)));
  const int x1 = std::min(clip.x1, span::first_pixel(std::max(a.pos.x, b.pos.x)));
  const int y0 = std::max(clip.y0, span::first_pixel(std::min(a.pos.y, b.pos.y)));
  const int y1 = std::min(clip.y1, span::first_pixel(std::max(a.pos.y, b.pos.y)));
  if (x0 >= x1 || y0 >= y1) return;
  const uint32_t color = span::from_imgui(a.col), alpha = a.col >> 24;
  if (alpha == 0) return;
  for (int y = y0; y < y1; ++y) {
    uint32_t* const row = canvas_.pixels + static_cast<ptrdiff_t>(y) * canvas_.pitch + x0;
    if (alpha == 255)
      span::fill(row, x1 - x0, color);
    else
      span::blend_run(row, x1 - x0, color, alpha);
  }
}

void Raster::glyph(const ImDrawVert& a, const ImDrawVert& b, const Clip& clip) {
  const int left = nearest(a.pos.x), top = nearest(a.pos.y);
  const Clip box = {std::max(clip.x0, left), std::max(clip.y0, top),
                    std::min(clip.x1, nearest(b.pos.x)), std::min(clip.y1, nearest(b.pos.y))};
  if (box.x0 >= box.x1 || box.y0 >= box.y1) return;
  const float fw = static_cast<float>(font_width_), fh = static_cast<float>(font_height_);
  const float du = (b.uv.x - a.uv.x) * fw / (b.pos.x - a.pos.x);
  const float dv = (b.uv.y - a.uv.y) * fh / (b.pos.y - a.pos.y);
  if (std::fabs(du - 1) > 1e-3f || std::fabs(dv - 1) > 1e-3f) {
    glyph_scaled(a, b, box);
    return;
  }
  const uint32_t color = span::from_imgui(a.col) | 0xFF000000u, alpha = a.col >> 24;
  const int u = nearest(a.uv.x * fw) + box.x0 - left, v = nearest(a.uv.y * fh) + box.y0 - top;
  if (u < 0 || v < 0 || u + box.x1 - box.x0 > font_width_ || v + box.y1 - box.y0 > font_height_)
    return;
  for (int y = box.y0; y < box.y1; ++y) {
    const uint8_t* from = font_ + static_cast<ptrdiff_t>(v + y - box.y0) * font_width_ + u;
    uint32_t* const row = canvas_.pixels + static_cast<ptrdiff_t>(y) * canvas_.pitch;
    for (int x = box.x0; x < box.x1; ++x) {
      const uint32_t m = *from++ * alpha / 255;
      if (m != 0) row[x] = m == 255 ? color : span::blend(row[x], color, m);
    }
  }
}

void Raster::glyph_scaled(const ImDrawVert& a, const ImDrawVert& b, const Clip& box) {
  const float fw = static_cast<float>(font_width_), fh = static_cast<float>(font_height_);
  const float du = (b.uv.x - a.uv.x) * fw / (b.pos.x - a.pos.x);
  const float dv = (b.uv.y - a.uv.y) * fh / (b.pos.y - a.pos.y);
  const uint32_t color = span::from_imgui(a.col) | 0xFF000000u, alpha = a.col >> 24;
  for (int y = box.y0; y < box.y1; ++y) {
    const float v = a.uv.y * fh + (static_cast<float>(y) + 0.5f - a.pos.y) * dv;
    uint32_t* const row = canvas_.pixels + static_cast<ptrdiff_t>(y) * canvas_.pitch;
    for (int x = box.x0; x < box.x1; ++x) {
      const float u = a.uv.x * fw + (static_cast<float>(x) + 0.5f - a.pos.x) * du;
      const uint32_t m =
          static_cast<uint32_t>(texel(u, v) * static_cast<float>(alpha) / 255.f + 0.5f);
      if (m != 0) row[x] = m >= 255 ? color : span::blend(row[x], color, m);
    }
  }
}

float Raster::texel(float u, float v) const {
  const float fu = std::floor(u - 0.5f), fv = std::floor(v - 0.5f);
  const float du = u - 0.5f - fu, dv = v - 0.5f - fv;
  const int iu = static_cast<int>(fu), iv = static_cast<int>(fv);
  const auto at = [&](int x, int y) {
    x = std::clamp(x, 0, font_width_ - 1);
    y = std::clamp(y, 0, font_height_ - 1);
    return static_cast<float>(font_[static_cast<ptrdiff_t>(y) * font_width_ + x]);
  };
  const float top = at(iu, iv) * (1 - du) + at(iu + 1, iv) * du;
  const float bottom = at(iu, iv + 1) * (1 - du) + at(iu + 1, iv + 1) * du;
  return top * (1 - dv) + bottom * dv;
}

}  // namespace gui

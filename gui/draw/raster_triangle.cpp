// SPDX-License-Identifier: MIT
// Triangles: rounded corners, circles, lines and their anti-aliased fringes.
#include <algorithm>
#include <cmath>

#include "gui/draw/raster.h"
#include "gui/draw/span.h"

namespace gui {

// What is constant over one triangle. Weights are barycentric.
struct TriangleShade {
  const ImDrawVert *a, *b, *c;
  float inverse_area;
  bool flat;      // one colour
  bool textured;  // samples the atlas at more than one point
  bool fringe;    // one colour but for its alpha, as along an anti-aliased edge
};

namespace {

uint32_t mix(const TriangleShade& s, float wa, float wb, float wc) {
  uint32_t color = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const auto part = [shift](const ImDrawVert* v) {
      return static_cast<float>((v->col >> shift) & 255u);
    };
    const float v = part(s.a) * wa + part(s.b) * wb + part(s.c) * wc;
    color |= static_cast<uint32_t>(std::clamp(static_cast<int>(v + 0.5f), 0, 255)) << shift;
  }
  return color;
}

// A fringe's alpha is linear in x: one value and its slope serve a row.
void shade_fringe(uint32_t* row, int x0, int x1, float y, const TriangleShade& s) {
  const ImVec2 a = s.a->pos, b = s.b->pos, c = s.c->pos;
  const auto alpha_of = [](const ImDrawVert* v) { return static_cast<float>(v->col >> 24); };
  const float alpha_c = alpha_of(s.c);
  const float from_c_to_a = alpha_of(s.a) - alpha_c, from_c_to_b = alpha_of(s.b) - alpha_c;
  const float x = static_cast<float>(x0) + 0.5f;
  const float wa = ((b.x - x) * (c.y - y) - (b.y - y) * (c.x - x)) * s.inverse_area;
  const float wb = ((c.x - x) * (a.y - y) - (c.y - y) * (a.x - x)) * s.inverse_area;
  const float per_pixel = ((b.y - c.y) * from_c_to_a + (c.y - a.y) * from_c_to_b) * s.inverse_area;
  float alpha = alpha_c + wa * from_c_to_a + wb * from_c_to_b + 0.5f;
  const uint32_t color = span::from_imgui(s.a->col);
  for (int i = x0; i < x1; ++i, alpha += per_pixel) {
    const int m = std::clamp(static_cast<int>(alpha), 0, 255);
    if (m != 0) row[i] = span::blend(row[i], color, static_cast<uint32_t>(m));
  }
}

float slope(const ImDrawVert& from, const ImDrawVert& to) {
  const float dy = to.pos.y - from.pos.y;
  return dy > 0 ? (to.pos.x - from.pos.x) / dy : 0;
}

}  // namespace

void Raster::triangle(const ImDrawVert& va, const ImDrawVert& vb, const ImDrawVert& vc,
                      const Box& clip) {
  const float area =
      (vb.pos.x - va.pos.x) * (vc.pos.y - va.pos.y) - (vb.pos.y - va.pos.y) * (vc.pos.x - va.pos.x);
  if (std::fabs(area) < 1e-6f) return;
  const auto same_uv = [](const ImDrawVert& p, const ImDrawVert& q) {
    return p.uv.x == q.uv.x && p.uv.y == q.uv.y;
  };
  const bool flat = va.col == vb.col && vb.col == vc.col;
  const bool textured = !same_uv(va, vb) || !same_uv(vb, vc);
  const bool one_hue = ((va.col ^ vb.col) << 8) == 0 && ((vb.col ^ vc.col) << 8) == 0;
  const TriangleShade how = {&va, &vb, &vc, 1 / area, flat, textured, one_hue && !textured};
  const ImDrawVert *top = &va, *middle = &vb, *bottom = &vc;
  if (middle->pos.y < top->pos.y) std::swap(top, middle);
  if (bottom->pos.y < top->pos.y) std::swap(top, bottom);
  if (bottom->pos.y < middle->pos.y) std::swap(middle, bottom);
  const int y0 = std::max(clip.y0, span::first_pixel(top->pos.y));
  const int y1 = std::min(clip.y1, span::first_pixel(bottom->pos.y));
  const float across = slope(*top, *bottom), upper = slope(*top, *middle),
              lower = slope(*middle, *bottom);
  for (int y = y0; y < y1; ++y) {
    const float centre = static_cast<float>(y) + 0.5f;
    float left = top->pos.x + across * (centre - top->pos.y);
    float right = centre < middle->pos.y ? top->pos.x + upper * (centre - top->pos.y)
                                         : middle->pos.x + lower * (centre - middle->pos.y);
    if (left > right) std::swap(left, right);
    const int x0 = std::max(clip.x0, span::first_pixel(left));
    const int x1 = std::min(clip.x1, span::first_pixel(right));
    if (x0 < x1) shade(canvas_.row(y), x0, x1, centre, how);
  }
}

void Raster::shade(uint32_t* row, int x0, int x1, float y, const TriangleShade& s) const {
  if (s.flat && !s.textured) {
    const uint32_t color = span::from_imgui(s.a->col), alpha = s.a->col >> 24;
    if (alpha == 255)
      span::fill(row + x0, x1 - x0, color);
    else if (alpha != 0)
      span::blend_run(row + x0, x1 - x0, color, alpha);
    return;
  }
  if (s.fringe) {
    shade_fringe(row, x0, x1, y, s);
    return;
  }
  const ImVec2 a = s.a->pos, b = s.b->pos, c = s.c->pos;
  for (int i = x0; i < x1; ++i) {
    const float x = static_cast<float>(i) + 0.5f;
    const float wa = ((b.x - x) * (c.y - y) - (b.y - y) * (c.x - x)) * s.inverse_area;
    const float wb = ((c.x - x) * (a.y - y) - (c.y - y) * (a.x - x)) * s.inverse_area;
    const float wc = 1 - wa - wb;
    const uint32_t color = s.flat ? s.a->col : mix(s, wa, wb, wc);
    uint32_t alpha = color >> 24;
    if (s.textured) {
      const float u = s.a->uv.x * wa + s.b->uv.x * wb + s.c->uv.x * wc;
      const float v = s.a->uv.y * wa + s.b->uv.y * wb + s.c->uv.y * wc;
      const float t =
          texel(u * static_cast<float>(atlas_.width), v * static_cast<float>(atlas_.height));
      alpha = static_cast<uint32_t>(static_cast<float>(alpha) * t / 255.f + 0.5f);
    }
    if (alpha != 0) row[i] = span::blend(row[i], span::from_imgui(color), alpha);
  }
}

}  // namespace gui

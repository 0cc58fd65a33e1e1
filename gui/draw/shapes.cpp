// SPDX-License-Identifier: MIT
#include "gui/draw/shapes.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "gui/draw/hash.h"
#include "gui/draw/span.h"

namespace gui {
namespace {

int nearest(float v) { return static_cast<int>(std::floor(v + 0.5f)); }

class Lister {
 public:
  Lister(const Box& canvas, AtlasSize atlas, std::vector<Shape>& to)
      : canvas_(canvas), atlas_(atlas), to_(to) {}

  void command(const ImDrawList& list, const ImDrawCmd& c) {
    clip_ = common(canvas_, {static_cast<int>(c.ClipRect.x), static_cast<int>(c.ClipRect.y),
                             static_cast<int>(c.ClipRect.z), static_cast<int>(c.ClipRect.w)});
    if (clip_.empty()) return;
    const ImDrawIdx* index = list.IdxBuffer.Data + c.IdxOffset;
    const ImDrawVert* v = list.VtxBuffer.Data + c.VtxOffset;
    for (unsigned i = 0; i + 3 <= c.ElemCount;) {
      if (i + 6 <= c.ElemCount && quad(v, index + i)) {
        i += 6;
        continue;
      }
      triangle(v[index[i]], v[index[i + 1]], v[index[i + 2]]);
      i += 3;
    }
  }

 private:
  void add(const Shape& shape) {
    if (!shape.box.empty()) to_.push_back(shape);
  }

  // ImGui emits rectangles and glyphs as q,q+1,q+2,q,q+2,q+3. Six indices of
  // that form, axis-aligned and of one colour, are one shape.
  bool quad(const ImDrawVert* v, const ImDrawIdx* index) {
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
      fill(a, c);
      return true;
    }
    if (across && a.pos.x < c.pos.x && a.pos.y < c.pos.y && a.uv.x < c.uv.x && a.uv.y < c.uv.y) {
      glyph(a, c);
      return true;
    }
    return false;
  }

  void fill(const ImDrawVert& a, const ImDrawVert& b) {
    if (a.col >> 24 == 0) return;
    Shape s;
    s.color = span::from_imgui(a.col);
    s.box = common(clip_, {span::first_pixel(std::min(a.pos.x, b.pos.x)),
                           span::first_pixel(std::min(a.pos.y, b.pos.y)),
                           span::first_pixel(std::max(a.pos.x, b.pos.x)),
                           span::first_pixel(std::max(a.pos.y, b.pos.y))});
    add(s);
  }

  void glyph(const ImDrawVert& a, const ImDrawVert& b) {
    const int left = nearest(a.pos.x), top = nearest(a.pos.y);
    Shape s;
    s.color = span::from_imgui(a.col);
    s.box = common(clip_, {left, top, nearest(b.pos.x), nearest(b.pos.y)});
    if (s.box.empty() || a.col >> 24 == 0) return;
    const float fw = static_cast<float>(atlas_.width), fh = static_cast<float>(atlas_.height);
    const float du = (b.uv.x - a.uv.x) * fw / (b.pos.x - a.pos.x);
    const float dv = (b.uv.y - a.uv.y) * fh / (b.pos.y - a.pos.y);
    if (std::fabs(du - 1) > 1e-3f || std::fabs(dv - 1) > 1e-3f) {
      s.kind = Shape::Kind::kScaled;
      s.a = &a;
      s.b = &b;
      add(s);
      return;
    }
    s.kind = Shape::Kind::kGlyph;
    s.u = nearest(a.uv.x * fw) + s.box.x0 - left;
    s.v = nearest(a.uv.y * fh) + s.box.y0 - top;
    const bool inside = s.u >= 0 && s.v >= 0 && s.u + s.box.x1 - s.box.x0 <= atlas_.width &&
                        s.v + s.box.y1 - s.box.y0 <= atlas_.height;
    if (inside) add(s);
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
    const auto [left, right] = std::minmax({a.pos.x, b.pos.x, c.pos.x});
    const auto [top, bottom] = std::minmax({a.pos.y, b.pos.y, c.pos.y});
    Shape s;
    s.kind = Shape::Kind::kTriangle;
    s.box = common(clip_, {span::first_pixel(left), span::first_pixel(top),
                           span::first_pixel(right), span::first_pixel(bottom)});
    s.a = &a;
    s.b = &b;
    s.c = &c;
    add(s);
  }

  const Box canvas_;
  const AtlasSize atlas_;
  std::vector<Shape>& to_;
  Box clip_;
};

uint64_t pair(int a, int b) {
  return uint64_t{static_cast<uint32_t>(a)} << 32 | static_cast<uint32_t>(b);
}

uint64_t hash_vertex(uint64_t h, const ImDrawVert& v) {
  h = mix_hash(h, std::bit_cast<uint64_t>(v.pos));
  h = mix_hash(h, std::bit_cast<uint64_t>(v.uv));
  return mix_hash(h, v.col);
}

}  // namespace

uint64_t Shape::hash() const {
  uint64_t h = mix_hash(static_cast<uint64_t>(kind), color);
  h = mix_hash(h, pair(box.x0, box.y0));
  h = mix_hash(h, pair(box.x1, box.y1));
  h = mix_hash(h, pair(u, v));
  for (const ImDrawVert* vertex : {a, b, c})
    if (vertex != nullptr) h = hash_vertex(h, *vertex);
  return h;
}

void list_shapes(const ImDrawData& data, const Box& canvas, AtlasSize atlas,
                 std::vector<Shape>& to) {
  to.clear();
  Lister lister(canvas, atlas, to);
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& c : list.CmdBuffer)
      if (c.UserCallback == nullptr) lister.command(list, c);
  }
}

}  // namespace gui

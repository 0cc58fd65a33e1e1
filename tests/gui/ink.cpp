// SPDX-License-Identifier: MIT
#include "tests/gui/ink.h"

#include <fmt/format.h>

#include <algorithm>

namespace ink {
namespace {

struct Quad {
  gui::Rect box;
  bool glyph, opaque;
};

// ImGui's rectangles and glyphs are q,q+1,q+2,q,q+2,q+3; everything else is not
// text and covers nothing.
bool read_quad(const ImDrawVert* v, const ImDrawIdx* index, Quad& out) {
  const unsigned q = index[0];
  if (index[1] != q + 1 || index[2] != q + 2 || index[3] != q || index[5] != q + 3) return false;
  const ImDrawVert &a = v[q], &c = v[q + 2];
  out.box = {std::min(a.pos.x, c.pos.x), std::min(a.pos.y, c.pos.y), std::abs(c.pos.x - a.pos.x),
             std::abs(c.pos.y - a.pos.y)};
  out.glyph = a.uv.x != c.uv.x || a.uv.y != c.uv.y;
  out.opaque = (a.col >> 24) == 255;
  return true;
}

float overlap(float a0, float a1, float b0, float b1) {
  return std::min(a1, b1) - std::max(a0, b0);
}

bool within(const gui::Rect& in, const gui::Rect& out) {
  return in.x >= out.x - 1 && in.right() <= out.right() + 1 && in.y >= out.y - 1 &&
         in.bottom() <= out.bottom() + 1;
}

bool touches(const gui::Rect& a, const gui::Rect& b) {
  return overlap(a.x, a.right(), b.x, b.right()) > 0 &&
         overlap(a.y, a.bottom(), b.y, b.bottom()) > 0;
}

void read_command(const ImDrawList& list, const ImDrawCmd& c, int number, std::vector<Glyph>& out) {
  const gui::Rect clip = {c.ClipRect.x, c.ClipRect.y, c.ClipRect.z - c.ClipRect.x,
                          c.ClipRect.w - c.ClipRect.y};
  const ImDrawIdx* index = list.IdxBuffer.Data + c.IdxOffset;
  const ImDrawVert* vertices = list.VtxBuffer.Data + c.VtxOffset;
  for (unsigned i = 0; i + 6 <= c.ElemCount;) {
    Quad q{};
    if (!read_quad(vertices, index + i, q)) {
      i += 3;
      continue;
    }
    i += 6;
    if (q.glyph) {
      if (touches(q.box, clip)) out.push_back({q.box, clip, number});
    } else if (q.opaque) {
      std::erase_if(out, [&](const Glyph& g) { return within(g.box, q.box); });
    }
  }
}

}  // namespace

std::vector<Glyph> glyphs(const ImDrawData& data) {
  std::vector<Glyph> out;
  for (int n = 0; n < data.CmdListsCount; ++n)
    for (const ImDrawCmd& c : data.CmdLists[n]->CmdBuffer)
      if (c.UserCallback == nullptr) read_command(*data.CmdLists[n], c, n, out);
  return out;
}

std::vector<std::string> faults(const ImDrawData& data, float width, float height) {
  std::vector<std::string> out;
  const auto fault = [&](const char* what, const gui::Rect& r) {
    out.push_back(fmt::format("{} at {:.0f},{:.0f} ({:.0f}x{:.0f})", what, r.x, r.y, r.w, r.h));
  };
  std::vector<Glyph> all = glyphs(data);
  for (const Glyph& g : all) {
    if (g.box.x < -1 || g.box.right() > width + 1 || g.box.y < -1 || g.box.bottom() > height + 1)
      fault("text outside the window", g.box);
    else if (g.box.x < g.clip.x - 1 || g.box.right() > g.clip.right() + 1)
      fault("text cut off", g.box);
  }
  std::sort(all.begin(), all.end(),
            [](const Glyph& a, const Glyph& b) { return a.box.x < b.box.x; });
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t k = i + 1; k < all.size() && all[k].box.x < all[i].box.right(); ++k) {
      const gui::Rect &a = all[i].box, &b = all[k].box;
      const float w = overlap(a.x, a.right(), b.x, b.right());
      const float h = overlap(a.y, a.bottom(), b.y, b.bottom());
      if (w > 0.5f * std::min(a.w, b.w) && w > 2 && h > 2) fault("text on text", b);
    }
  return out;
}

}  // namespace ink

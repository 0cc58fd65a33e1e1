// SPDX-License-Identifier: MIT
#include "gui/draw/raster.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/draw/span.h"

namespace gui {

void Raster::set_font(const uint8_t* alpha, int width, int height) {
  font_ = alpha;
  atlas_ = {width, height};
  font_changed_ = true;
}

std::vector<Box> Raster::draw(const Canvas& canvas, const ImDrawData& data, uint32_t clear) {
  canvas_ = canvas;
  list_shapes(data, {0, 0, canvas.width, canvas.height}, atlas_, shapes_);
  tiles_.begin(canvas.width, canvas.height, clear);
  if (std::exchange(font_changed_, false) || !canvas.kept) tiles_.forget();
  for (uint32_t i = 0; i < shapes_.size(); ++i)
    tiles_.add(i, shapes_[i].box, shapes_[i].opaque_fill(), shapes_[i].hash());
  for (size_t i = 0; i < tiles_.all().size(); ++i)
    if (tiles_.all()[i].changed()) draw_tile(tiles_.all()[i], tiles_.box_of(i), clear);
  return tiles_.changed_boxes();
}

void Raster::draw_tile(const Tiles::Tile& tile, const Box& box, uint32_t clear) {
  if (!tile.covered) fill(box, clear | 0xFF000000u);
  for (const uint32_t i : tile.shapes) {
    const Shape& s = shapes_[i];
    const Box part = common(box, s.box);
    switch (s.kind) {
      case Shape::Kind::kFill:
        fill(part, s.color);
        break;
      case Shape::Kind::kGlyph:
        glyph(s, part);
        break;
      case Shape::Kind::kScaled:
        glyph_scaled(s, part);
        break;
      case Shape::Kind::kTriangle:
        triangle(*s.a, *s.b, *s.c, part);
        break;
    }
  }
}

void Raster::fill(const Box& box, uint32_t color) {
  const uint32_t alpha = color >> 24;
  for (int y = box.y0; y < box.y1; ++y) {
    uint32_t* const to = canvas_.row(y) + box.x0;
    if (alpha == 255)
      span::fill(to, box.x1 - box.x0, color);
    else
      span::blend_run(to, box.x1 - box.x0, color, alpha);
  }
}

void Raster::glyph(const Shape& shape, const Box& box) {
  const uint32_t color = shape.color | 0xFF000000u, alpha = shape.color >> 24;
  const int u = shape.u + box.x0 - shape.box.x0, v = shape.v + box.y0 - shape.box.y0;
  for (int y = box.y0; y < box.y1; ++y) {
    const uint8_t* from = font_ + static_cast<ptrdiff_t>(v + y - box.y0) * atlas_.width + u;
    uint32_t* const row = canvas_.row(y);
    for (int x = box.x0; x < box.x1; ++x) {
      const uint32_t m = *from++ * alpha / 255;
      if (m != 0) row[x] = m == 255 ? color : span::blend(row[x], color, m);
    }
  }
}

void Raster::glyph_scaled(const Shape& shape, const Box& box) {
  const ImDrawVert &a = *shape.a, &b = *shape.b;
  const float fw = static_cast<float>(atlas_.width), fh = static_cast<float>(atlas_.height);
  const float du = (b.uv.x - a.uv.x) * fw / (b.pos.x - a.pos.x);
  const float dv = (b.uv.y - a.uv.y) * fh / (b.pos.y - a.pos.y);
  const uint32_t color = shape.color | 0xFF000000u, alpha = shape.color >> 24;
  for (int y = box.y0; y < box.y1; ++y) {
    const float v = a.uv.y * fh + (static_cast<float>(y) + 0.5f - a.pos.y) * dv;
    uint32_t* const row = canvas_.row(y);
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
    x = std::clamp(x, 0, atlas_.width - 1);
    y = std::clamp(y, 0, atlas_.height - 1);
    return static_cast<float>(font_[static_cast<ptrdiff_t>(y) * atlas_.width + x]);
  };
  const float top = at(iu, iv) * (1 - du) + at(iu + 1, iv) * du;
  const float bottom = at(iu, iv + 1) * (1 - du) + at(iu + 1, iv + 1) * du;
  return top * (1 - dv) + bottom * dv;
}

}  // namespace gui

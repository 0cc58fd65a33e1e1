// SPDX-License-Identifier: MIT
#include "gui/draw/paint.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <string>

#include "gui/draw/corner.h"

namespace gui {
namespace {

ImVec2 whole(float x, float y) { return {std::floor(x + 0.5f), std::floor(y + 0.5f)}; }

// Where the character before `end` starts, in UTF-8.
size_t one_back(std::string_view text, size_t end) {
  do --end;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  return end;
}

Rect snapped(const Rect& r) {
  const float x = std::floor(r.x + 0.5f), y = std::floor(r.y + 0.5f);
  return {x, y, std::floor(r.right() + 0.5f) - x, std::floor(r.bottom() + 0.5f) - y};
}

int whole_radius(const Rect& r, float rounding) {
  const float most = std::min({r.w / 2, r.h / 2, static_cast<float>(Corner::kMost)});
  return std::max(0, static_cast<int>(std::min(rounding + 0.5f, most)));
}

constexpr uint32_t kWhole = 244;  // of 255: nobody sees what is missing

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

}  // namespace

float Paint::width(Font font, std::string_view text) const {
  const Face& f = look_.face(font);
  return f.font->CalcTextSizeA(f.px, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

void Paint::text(Font font, float x, float y, ImU32 color, std::string_view text) const {
  const Face& f = look_.face(font);
  list_->AddText(f.font, f.px, whole(x, y), color, text.data(), text.data() + text.size());
}

bool Paint::fitted(Font font, float x, float y, float room, ImU32 color,
                   std::string_view whole_text) const {
  if (whole_text.empty() || room <= 0) return false;
  if (width(font, whole_text) <= room) {
    text(font, x, y, color, whole_text);
    return true;
  }
  const float dots = width(font, kEllipsis);
  const Face& f = look_.face(font);
  const char* rest = nullptr;
  f.font->CalcTextSizeA(f.px, room - dots, 0, whole_text.data(),
                        whole_text.data() + whole_text.size(), &rest);
  size_t end = rest == nullptr ? 0 : static_cast<size_t>(rest - whole_text.data());
  if (end < 3) return false;
  while (end > 3 && width(font, whole_text.substr(0, end)) > room - dots)
    end = one_back(whole_text, end);
  std::string cut(whole_text.substr(0, end));
  cut += kEllipsis;
  text(font, x, y, color, cut);
  return true;
}

float Paint::text_left_of(Font font, float right, float y, ImU32 color,
                          std::string_view words) const {
  const float x = std::floor(right - width(font, words));
  text(font, x, y, color, words);
  return x;
}

void Paint::centred(Font font, const Rect& box, ImU32 color, std::string_view words) const {
  text(font, box.x + (box.w - width(font, words)) / 2, box.y + (box.h - look_.line(font)) / 2,
       color, words);
}

float Paint::wrapped(Font font, float x, float y, float room, ImU32 color,
                     std::string_view words) const {
  const Face& f = look_.face(font);
  const char *begin = words.data(), *end = begin + words.size();
  list_->AddText(f.font, f.px, whole(x, y), color, begin, end, room);
  return f.font->CalcTextSizeA(f.px, FLT_MAX, room, begin, end).y;
}

void Paint::box(float x0, float y0, float x1, float y1, ImU32 color) const {
  if (x0 < x1 && y0 < y1) list_->AddRectFilled({x0, y0}, {x1, y1}, color);
}

// The pixels of the four corners that are covered in part, or all of them.
void Paint::corners(const Rect& r, ImU32 color, const Corner& corner, bool below,
                    bool parts_only) const {
  const int n = corner.radius();
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x) {
      const uint32_t cover = corner.cover(x, y);
      if (cover == 0 || (parts_only && cover >= kWhole)) continue;
      const ImU32 part = (color & 0xFFFFFFu) | ((color >> 24) * cover / 255) << 24;
      const float left = r.x + static_cast<float>(x), right = r.right() - static_cast<float>(x) - 1;
      const float top = r.y + static_cast<float>(y), low = r.bottom() - static_cast<float>(y) - 1;
      box(left, top, left + 1, top + 1, part);
      box(right, top, right + 1, top + 1, part);
      if (!below) continue;
      box(left, low, left + 1, low + 1, part);
      box(right, low, right + 1, low + 1, part);
    }
}

void Paint::rect(const Rect& r, ImU32 color, float rounding) const {
  const int radius = whole_radius(r, rounding);
  if (radius == 0)
    box(r.x, r.y, r.right(), r.bottom(), color);
  else
    rounded(snapped(r), color, radius, true);
}

void Paint::rect_round_on_top(const Rect& r, ImU32 color, float rounding) const {
  rounded(snapped(r), color, whole_radius(r, rounding), false);
}

void Paint::rounded(const Rect& r, ImU32 color, int radius, bool below) const {
  const Corner& corner = corner_of(radius);
  for (int y = 0; y < radius; ++y) {
    int x = 0;
    while (x < radius && corner.cover(x, y) < kWhole) ++x;
    const float left = r.x + static_cast<float>(x), right = r.right() - static_cast<float>(x);
    const float top = r.y + static_cast<float>(y), low = r.bottom() - static_cast<float>(y) - 1;
    box(left, top, right, top + 1, color);
    if (below) box(left, low, right, low + 1, color);
  }
  const auto n = static_cast<float>(radius);
  box(r.x, r.y + n, r.right(), r.bottom() - (below ? n : 0), color);
  corners(r, color, corner, below, true);
}

void Paint::frame(const Rect& wanted, ImU32 color, float rounding, float thickness) const {
  const Rect r = snapped(wanted);
  const int radius = whole_radius(r, rounding);
  const auto n = static_cast<float>(radius);
  const float t = std::max(1.f, std::floor(thickness + 0.5f)), inset = radius == 0 ? t : n;
  box(r.x + n, r.y, r.right() - n, r.y + t, color);
  box(r.x + n, r.bottom() - t, r.right() - n, r.bottom(), color);
  box(r.x, r.y + inset, r.x + t, r.bottom() - inset, color);
  box(r.right() - t, r.y + inset, r.right(), r.bottom() - inset, color);
  if (radius > 0) corners(r, color, corner_of(radius, static_cast<int>(t)), true, false);
}

void Paint::hatch(const Rect& r, ImU32 base, ImU32 stripe) const {
  rect(r, base);
  const float step = look_.s(8), half = look_.s(3);
  list_->PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, true);
  for (float x = std::floor((r.x - r.h) / step) * step; x < r.right(); x += step)
    list_->AddQuadFilled({x, r.bottom()}, {x + half, r.bottom()}, {x + half + r.h, r.y},
                         {x + r.h, r.y}, stripe);
  list_->PopClipRect();
}

void Paint::line(float x0, float y0, float x1, float y1, ImU32 color, float thickness) const {
  if (x0 == x1)
    rect({std::floor(x0), std::min(y0, y1), thickness, std::fabs(y1 - y0)}, color);
  else if (y0 == y1)
    rect({std::min(x0, x1), std::floor(y0), std::fabs(x1 - x0), thickness}, color);
  else
    list_->AddLine({x0, y0}, {x1, y1}, color, thickness);
}

float Paint::badge_width(std::string_view words) const {
  return std::ceil(width(Font::kTiny, words)) + look_.s(12);
}

float Paint::badge(float x, float y, std::string_view words, ImU32 ground, ImU32 color) const {
  const float w = badge_width(words);
  rect({std::floor(x), std::floor(y), w, badge_height()}, ground, look_.s(3));
  text(Font::kTiny, x + look_.s(6), y + look_.s(1), color, words);
  return w;
}

void Paint::chip(float x, float y, unsigned cpu, float size, bool lit) const {
  const Rect box = {std::floor(x), std::floor(y), size, size};
  const bool outlined = !lit || cpu % 8 >= 4;
  const ImU32 color = lit ? cpu_color(cpu) : theme().border;
  if (outlined)
    frame(box, color, look_.s(4), lit ? look_.s(2) : 1);
  else
    rect(box, color, look_.s(4));
  const ImU32 ink = !lit ? theme().faint : outlined ? theme().text : theme().cpu_text[cpu % 4];
  centred(size < look_.s(16) || cpu > 9 ? Font::kTiny : Font::kSmallBold, box, ink,
          std::to_string(cpu));
}

}  // namespace gui

// SPDX-License-Identifier: MIT
// Runs of pixels: the inner loops of the rasteriser. Pixels are 0xAARRGGBB.
#pragma once

#include <cmath>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace gui::span {

// The first pixel whose centre lies behind an edge.
inline int first_pixel(float edge) { return static_cast<int>(std::ceil(edge - 0.5f)); }

// ImGui packs colours 0xAABBGGRR.
inline uint32_t from_imgui(uint32_t c) {
  return (c & 0xFF00FF00u) | ((c & 0xFFu) << 16) | ((c >> 16) & 0xFFu);
}

// One pixel over another; alpha is 0-255 and 255 covers exactly.
inline uint32_t blend(uint32_t under, uint32_t over, uint32_t alpha) {
  const uint32_t a = alpha + (alpha >> 7);
  const uint32_t rb = (((under & 0xFF00FFu) * (256 - a) + (over & 0xFF00FFu) * a) >> 8) & 0xFF00FFu;
  const uint32_t g = (((under & 0xFF00u) * (256 - a) + (over & 0xFF00u) * a) >> 8) & 0xFF00u;
  return 0xFF000000u | rb | g;
}

inline void fill(uint32_t* to, int n, uint32_t color) {
  int i = 0;
#if defined(__SSE2__)
  const __m128i v = _mm_set1_epi32(static_cast<int>(color));
  for (; i + 4 <= n; i += 4) _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), v);
#endif
  for (; i < n; ++i) to[i] = color;
}

// The same arithmetic as blend(), four pixels at a time.
inline void blend_run(uint32_t* to, int n, uint32_t color, uint32_t alpha) {
  int i = 0;
#if defined(__SSE2__)
  const uint32_t a = alpha + (alpha >> 7);
  const __m128i zero = _mm_setzero_si128();
  const __m128i rest = _mm_set1_epi16(static_cast<short>(256 - a));
  const __m128i opaque = _mm_set1_epi32(static_cast<int>(0xFF000000u));
  __m128i over = _mm_unpacklo_epi8(_mm_set1_epi32(static_cast<int>(color)), zero);
  over = _mm_mullo_epi16(over, _mm_set1_epi16(static_cast<short>(a)));
  for (; i + 4 <= n; i += 4) {
    __m128i* const p = reinterpret_cast<__m128i*>(to + i);
    const __m128i v = _mm_loadu_si128(p);
    __m128i lo = _mm_mullo_epi16(_mm_unpacklo_epi8(v, zero), rest);
    __m128i hi = _mm_mullo_epi16(_mm_unpackhi_epi8(v, zero), rest);
    lo = _mm_srli_epi16(_mm_add_epi16(lo, over), 8);
    hi = _mm_srli_epi16(_mm_add_epi16(hi, over), 8);
    _mm_storeu_si128(p, _mm_or_si128(_mm_packus_epi16(lo, hi), opaque));
  }
#endif
  for (; i < n; ++i) to[i] = blend(to[i], color, alpha);
}

}  // namespace gui::span

// SPDX-License-Identifier: MIT
// The visible span of time, and how it moves.
//
// Times are double: from nanoseconds to days they are exact enough, and zoom
// needs fractions. The view never leaves the data by more than its margin and
// never shows less than kNarrowest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gui {

class View {
 public:
  static constexpr double kNarrowest = 20;  // ns

  double t0 = 0, t1 = 100'000;

  double span() const { return t1 - t0; }
  double ns_per_px(double width) const { return span() / (width > 1 ? width : 1); }
  // Relative to the left edge of the lanes; clamped, so that far off-screen
  // times stay representable as float.
  float x(double time, double width) const;
  double time(double x, double width) const { return t0 + x * ns_per_px(width); }

  void zoom(double at, double factor, double data_end);  // factor < 1: closer
  void pan(double ns, double data_end);
  void show(double from, double to, double data_end);
  void clamp(double data_end);
  // One frame of animation towards another view; false when it has arrived.
  bool approach(const View& target, double seconds);
};

// Ruler marks: at most one every `min_px`, at 1, 2 or 5 times a power of ten.
// Far from the start they count from a round base, or they would all read alike.
struct Tick {
  double time;
  std::string label;
};
struct Ruler {
  double base = 0;  // ns; 0: marks tell the time itself
  std::vector<Tick> ticks;
  double unit_ns = 1;
  const char* unit = "ns";
  int decimals = 0;
  // A time as the marks tell theirs, with one digit more.
  std::string label(double time) const;
};
Ruler ruler(const View& view, double width, double min_px);

// "46.0 us", "1.20 ms": three digits, fixed decimals, the unit always.
std::string duration_text(double ns);
// "0.001 234 567 s": a moment, digits in groups.
std::string moment_text(uint64_t ns);
// "18,204,551"
std::string count_text(uint64_t n);
// "1 CPU", "4 CPUs"
std::string cpus_text(uint64_t n);

}  // namespace gui

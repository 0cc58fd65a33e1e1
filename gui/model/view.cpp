// SPDX-License-Identifier: MIT
#include "gui/model/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

constexpr const char* kMicro = "\xC2\xB5s";
constexpr double kMargin = 0.08;  // of the span, beyond the data on either side

struct Unit {
  double ns;
  const char* name;
};
Unit unit_of(double ns) {
  if (ns < 1e3) return {1, "ns"};
  if (ns < 1e6) return {1e3, kMicro};
  if (ns < 1e9) return {1e6, "ms"};
  return {1e9, "s"};
}

}  // namespace

float View::x(double time, double width) const {
  return static_cast<float>(std::clamp((time - t0) / ns_per_px(width), -4.0, width + 4));
}

void View::clamp(double data_end) {
  const double end = std::max(data_end, kNarrowest);
  const double widest = end * (1 + 2 * kMargin);
  double s = std::clamp(span(), kNarrowest, std::max(widest, kNarrowest));
  t0 = std::clamp(t0, -s * kMargin, std::max(-s * kMargin, end - s * (1 - kMargin)));
  t1 = t0 + s;
}

void View::zoom(double at, double factor, double data_end) {
  const double widest = std::max(data_end, kNarrowest) * (1 + 2 * kMargin);
  const double wanted = std::clamp(span() * factor, kNarrowest, std::max(widest, kNarrowest));
  const double f = wanted / span();
  t0 = at - (at - t0) * f;
  t1 = t0 + wanted;
  clamp(data_end);
}

void View::pan(double ns, double data_end) {
  t0 += ns;
  t1 += ns;
  clamp(data_end);
}

void View::show(double from, double to, double data_end) {
  t0 = from;
  t1 = std::max(to, from + kNarrowest);
  clamp(data_end);
}

bool View::approach(const View& target, double seconds) {
  const double share = 1 - std::exp(-seconds * 14);
  t0 += (target.t0 - t0) * share;
  t1 += (target.t1 - t1) * share;
  const double left = std::fabs(target.t0 - t0) + std::fabs(target.t1 - t1);
  if (left > target.span() * 1e-3) return true;
  *this = target;
  return false;
}

Ruler ruler(const View& view, double width, double min_px) {
  Ruler out;
  const double least = std::max(1.0, view.ns_per_px(width) * min_px);
  double step = std::pow(10, std::floor(std::log10(least)));
  for (const double f : {1.0, 2.0, 5.0, 10.0})
    if (step * f >= least * 0.999) {
      step *= f;
      break;
    }
  const double round = std::pow(10, std::ceil(std::log10(std::max(1.0, view.span()))));
  out.base = view.t0 > round ? std::floor(view.t0 / round) * round : 0;
  const double largest = std::max(std::fabs(view.t0 - out.base), view.t1 - out.base);
  const Unit unit = unit_of(std::max(step, largest / 2));
  out.unit_ns = unit.ns;
  out.unit = unit.name;
  out.decimals = std::clamp(static_cast<int>(std::ceil(std::log10(unit.ns / step) - 1e-9)), 0, 9);
  for (double k = std::max(0.0, std::ceil(view.t0 / step)); k * step <= view.t1; ++k)
    out.ticks.push_back({k * step, fmt::format("{:.{}f} {}", (k * step - out.base) / unit.ns,
                                               out.decimals, unit.name)});
  return out;
}

std::string Ruler::label(double time) const {
  const int digits = unit_ns > 1 ? decimals + 1 : 0;
  return fmt::format("{:.{}f} {}", (time - base) / unit_ns, digits, unit);
}

std::string duration_text(double ns) {
  const Unit u = unit_of(ns);
  const double v = ns / u.ns;
  const int decimals = u.ns == 1 ? 0 : v < 10 ? 2 : v < 100 ? 1 : 0;
  return fmt::format("{:.{}f} {}", v, decimals, u.name);
}

std::string moment_text(uint64_t ns) {
  return fmt::format("{}.{:03} {:03} {:03} s", ns / 1'000'000'000, ns / 1'000'000 % 1000,
                     ns / 1000 % 1000, ns % 1000);
}

std::string cpus_text(uint64_t n) { return std::to_string(n) + (n == 1 ? " CPU" : " CPUs"); }

std::string count_text(uint64_t n) {
  const std::string digits = std::to_string(n);
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

}  // namespace gui

// SPDX-License-Identifier: MIT
// The interrupt controller: sources with rate, pattern and the CPUs they go to.
// What each local APIC has, and softirqs: gui/panels/interrupts_cpus.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/panels/interrupts_parts.h"

namespace gui {
namespace {

constexpr double kSlowest = 10, kFastest = 1e6;  // per second of virtual time

float slider_of(double rate) {
  if (rate <= 0) return 0;
  return static_cast<float>(
      std::clamp(std::log(rate / kSlowest) / std::log(kFastest / kSlowest), 0.02, 1.0));
}

double rate_of(float slider) {
  if (slider < 0.015f) return 0;
  return std::round(kSlowest * std::pow(kFastest / kSlowest, static_cast<double>(slider)));
}

std::string rate_text(double rate) {
  if (rate <= 0) return "off";
  if (rate < 1000) return fmt::format("{:.0f} /s", rate);
  if (rate < 100'000) return fmt::format("{:.3g} /ms", rate / 1000);
  return fmt::format("{:.0f} /ms", rate / 1000);
}

std::string next_pattern(const std::string& pattern) {
  return pattern == "periodic" ? "poisson" : pattern == "poisson" ? "burst" : "periodic";
}

// One source in two rows: name, rate and "Fire"; pattern, counts and CPUs.
class SourceRow {
 public:
  SourceRow(Desk& desk, const run::SourceView& now, const Rect& r)
      : desk_(desk),
        look_(desk.look),
        theme_(*desk.look.theme),
        paint_(paint_of(desk)),
        now_(now),
        r_(r),
        id_("irq." + now.name) {
    source_.name = now.name;
    source_.rate_hz = now.rate_hz;
    source_.pattern = now.pattern;
  }

  void draw() {
    on_off();
    paint_.fitted(Font::kSmallBold, r_.x + look_.s(38), r_.y + look_.s(2), look_.s(72), theme_.text,
                  source_.name);
    rate();
    const Rect pattern = {r_.x + look_.s(38), r_.y + look_.s(21), look_.s(60), look_.s(16)};
    if (desk_.widgets.hit(id_ + ".pattern", pattern, source_.pattern)) {
      run::Source wanted = source_;
      wanted.pattern = next_pattern(source_.pattern);
      change(wanted);
    }
    desk_.widgets.tip("Pattern: periodic, poisson, burst");
    paint_.text(Font::kTiny, pattern.x, pattern.y,
                desk_.widgets.hovered() ? theme_.accent : theme_.muted, source_.pattern);
    const float right = affinity();
    const std::string counts =
        fmt::format("irq {} \xC2\xB7 {}{}{}", now_.line, count_text(now_.raised),
                    now_.lost > 0 ? " \xC2\xB7 " + count_text(now_.lost) + " lost" : "",
                    now_.enabled ? "" : " \xC2\xB7 masked");
    paint_.fitted(Font::kTiny, pattern.right() + look_.s(6), pattern.y,
                  right - pattern.right() - look_.s(10), now_.enabled ? theme_.muted : theme_.warn,
                  counts);
    desk_.probes.add(id_ + ".counts", {pattern.right(), pattern.y, look_.s(60), look_.s(16)},
                     counts);
  }

 private:
  void change(const run::Source& wanted) {
    for (run::Source& s : desk_.config.sources)
      if (s.name == wanted.name) s = wanted;
    if (desk_.machine) desk_.machine->with([wanted](run::Session& s) { s.set_source(wanted); });
  }

  void on_off() {
    const bool on = source_.rate_hz > 0;
    std::string& kept = desk_.text_of[id_];  // the rate before it was switched off
    if (on) kept = std::to_string(source_.rate_hz);
    if (!desk_.widgets.toggle(id_ + ".on", r_.x, r_.y + look_.s(4), on)) return;
    run::Source wanted = source_;
    wanted.rate_hz = on ? 0 : std::stod(kept.empty() ? "1000" : kept);
    change(wanted);
  }

  // The slider sends when it is let go.
  void rate() {
    const float fire = look_.s(48), words = look_.s(66);
    const float left = r_.x + look_.s(112), width = r_.right() - fire - words - left - look_.s(6);
    int& dragged = desk_.choice_of[id_ + ".drag"];
    float value = dragged > 0 ? static_cast<float>(dragged) / 1000 : slider_of(source_.rate_hz);
    if (desk_.widgets.slider(id_ + ".rate", {left, r_.y + look_.s(2), width, look_.s(20)}, &value,
                             theme_.hardirq)) {
      dragged = std::max(1, static_cast<int>(value * 1000));
    } else if (dragged > 0) {
      run::Source wanted = source_;
      wanted.rate_hz = rate_of(static_cast<float>(dragged) / 1000);
      dragged = 0;
      change(wanted);
    }
    paint_.text_left_of(Font::kTiny, r_.right() - fire - look_.s(8), r_.y + look_.s(5), theme_.text,
                        rate_text(dragged > 0 ? rate_of(value) : source_.rate_hz));
    const Rect button = {r_.right() - fire, r_.y, fire, look_.s(24)};
    if (desk_.widgets.button(id_ + ".fire", button, "Fire") && desk_.machine)
      desk_.machine->with([name = source_.name](run::Session& s) { s.fire(name); });
  }

  // A chip a CPU, lit if the line may go there; a click turns it over. Returns
  // the left edge.
  float affinity() {
    const size_t cpus = std::min<size_t>(desk_.state.cpus.size(), 8);
    const float chip = look_.s(17), step = chip + look_.s(4);
    const float left = r_.right() - step * static_cast<float>(cpus);
    for (unsigned n = 0; n < cpus; ++n) {
      const Rect box = {left + step * static_cast<float>(n), r_.y + look_.s(26), chip, chip};
      const bool lit = (now_.cpus >> n & 1) != 0;
      const uint64_t wanted = now_.cpus ^ (uint64_t{1} << n);
      if (desk_.widgets.hit(id_ + ".cpu" + std::to_string(n), box, lit ? "1" : "0") &&
          wanted != 0 && desk_.machine)
        desk_.machine->with(
            [name = source_.name, wanted](run::Session& s) { s.route(name, wanted); });
      desk_.widgets.tip("May CPU " + std::to_string(n) + " take it?");
      paint_.chip(box.x, box.y, n, chip, lit);
    }
    return left;
  }

  Desk& desk_;
  const Look& look_;
  const Theme& theme_;
  Paint paint_;
  const run::SourceView& now_;
  run::Source source_;  // what it would be set to
  Rect r_;
  std::string id_;
};

}  // namespace

void draw_interrupts(Desk& desk, const Rect& body) {
  if (!desk.is_open()) return;
  const Look& look = desk.look;
  Scroll area(desk, "irq.body", body);
  const Paint p = paint_of(desk);
  float y = area.y() + look.s(8);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24);
  for (const run::SourceView& source : desk.state.sources_now) {
    SourceRow(desk, source, {x, y, w, look.s(44)}).draw();
    y += look.s(52);
  }
  if (desk.state.sources_now.empty()) {
    p.fitted(
        Font::kTiny, x, y, w, look.theme->faint,
        "no devices here; the timer ticks " + std::to_string(desk.state.config.hz) + " times/s");
    y += look.s(22);
  }
  y = draw_local_apics(desk, x, y, w);
  y = draw_softirqs(desk, x, y, w);
  area.reach(y);
}

}  // namespace gui

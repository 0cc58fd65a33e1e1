// SPDX-License-Identifier: MIT
// Interrupt sources with their rates, and what each CPU has pending.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/panels/panel.h"
#include "irq/regs.h"

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
  return rate >= 1000 ? fmt::format("{:.3g} /ms", rate / 1000) : fmt::format("{:.0f} /s", rate);
}

void change(Desk& desk, const run::Source& source) {
  for (run::Source& s : desk.config.sources)
    if (s.name == source.name) s = source;
  if (desk.machine) desk.machine->with([source](run::Session& s) { s.set_source(source); });
}

std::string next_pattern(const std::string& pattern) {
  return pattern == "periodic" ? "poisson" : pattern == "poisson" ? "burst" : "periodic";
}

// One source; the slider sends when it is let go.
void draw_source_row(Desk& desk, const run::Source& source, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const std::string id = "irq." + source.name;
  const bool on = source.rate_hz > 0;
  run::Source wanted = source;
  if (desk.widgets.toggle(id + ".on", r.x, r.y + look.s(8), on)) {
    double& kept =
        desk.text_of[id].empty() ? (desk.text_of[id] = "1000", wanted.rate_hz) : wanted.rate_hz;
    kept = on ? 0 : std::stod(desk.text_of[id]);
    change(desk, wanted);
  }
  if (on) desk.text_of[id] = std::to_string(source.rate_hz);
  p.fitted(Font::kSmallBold, r.x + look.s(38), r.y + look.s(1), look.s(76), t.text, source.name);
  const Rect pattern = {r.x + look.s(38), r.y + look.s(17), look.s(76), look.s(16)};
  if (desk.widgets.hit(id + ".pattern", pattern, source.pattern)) {
    wanted.pattern = next_pattern(source.pattern);
    change(desk, wanted);
  }
  p.text(Font::kTiny, pattern.x, pattern.y, desk.widgets.hovered() ? t.accent : t.muted,
         source.pattern);
  const float fire = look.s(48), words = look.s(72);
  const float left = r.x + look.s(118), width = r.right() - fire - words - left - look.s(8);
  int& dragged = desk.choice_of[id + ".drag"];
  float value = dragged > 0 ? static_cast<float>(dragged) / 1000 : slider_of(source.rate_hz);
  if (desk.widgets.slider(id + ".rate", {left, r.y + look.s(6), width, look.s(20)}, &value,
                          t.hardirq)) {
    dragged = std::max(1, static_cast<int>(value * 1000));
  } else if (dragged > 0) {
    wanted.rate_hz = rate_of(static_cast<float>(dragged) / 1000);
    dragged = 0;
    change(desk, wanted);
  }
  p.text_left_of(Font::kTiny, r.right() - fire - look.s(8), r.y + look.s(9), t.text,
                 rate_text(dragged > 0 ? rate_of(value) : source.rate_hz));
  if (desk.widgets.button(id + ".fire", {r.right() - fire, r.y + look.s(3), fire, look.s(26)},
                          "Fire") &&
      desk.machine)
    desk.machine->with([name = source.name](run::Session& s) { s.fire(name); });
}

std::string vector_words(unsigned vector) {
  switch (vector) {
    case VECTOR_NMI:
      return "NMI";
    case VECTOR_LOCAL_TIMER:
      return "timer";
    case VECTOR_IRQ_WORK:
      return "irq_work";
    case VECTOR_CALL_SINGLE:
      return "call";
    case VECTOR_CALL_FUNCTION:
      return "call all";
    case VECTOR_RESCHEDULE:
      return "resched";
    default:
      return fmt::format("0x{:02x}", vector);
  }
}

// Taken, pending and in service, by vector, as the trace has counted them.
float draw_vectors(Desk& desk, float x, float y, float w) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const auto& vectors = desk.timeline().vectors;
  for (size_t cpu = 0; cpu < vectors.size(); ++cpu) {
    p.chip(x, y, static_cast<unsigned>(cpu), look.s(17));
    float at = x + look.s(26);
    for (unsigned v = 0; v < 256; ++v) {
      const IrqCount& n = vectors[cpu][v];
      if (n.delivered == 0 && n.raised == 0) continue;
      const bool pending = n.raised > n.delivered;
      const bool serving = v != VECTOR_NMI && n.delivered > n.eoi;
      const std::string words = vector_words(v) + " " + count_text(n.delivered) +
                                (pending ? " IRR" : "") + (serving ? " ISR" : "");
      const float width = p.badge_width(words);
      if (at + width > x + w) break;
      at += p.badge(at, y, words,
                    serving   ? t.hardirq
                    : pending ? t.warn_soft
                              : t.raised,
                    serving   ? t.hardirq_text
                    : pending ? t.warn
                              : t.muted) +
            look.s(4);
    }
    y += look.s(22);
  }
  return y;
}

}  // namespace

void draw_interrupts(Desk& desk, const Rect& body) {
  if (!desk.is_open()) return;
  const Look& look = desk.look;
  Scroll area(desk, "irq.body", body);
  const Paint p = paint_of(desk);
  float y = area.y() + look.s(8);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24);
  for (const run::Source& source : desk.state.config.sources) {
    draw_source_row(desk, source, {x, y, w, look.s(34)});
    y += look.s(38);
  }
  if (desk.state.config.sources.empty()) {
    p.text(Font::kTiny, x, y, look.theme->faint,
           "no devices here; the timer ticks " + std::to_string(desk.state.config.hz) + " times/s");
    y += look.s(22);
  }
  p.text(Font::kTiny, x, y, look.theme->faint, "TAKEN BY EACH CPU");
  y = draw_vectors(desk, x, y + look.s(18), w);
  area.reach(y);
}

}  // namespace gui

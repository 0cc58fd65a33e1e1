// SPDX-License-Identifier: MIT
// Each CPU's side of interrupts: what its local APIC has requested and in
// service, its priority, NMI; which softirqs are pending, and how many tasklets
// wait for theirs. The buttons send an
// interrupt whose handler does what they say.
#include <fmt/format.h>

#include <algorithm>

#include "gui/panels/interrupts_parts.h"
#include "irq/regs.h"

namespace gui {

std::string vector_words(const Desk& desk, unsigned vector) {
  for (const run::SourceView& s : desk.state.sources_now)
    if (vector == VECTOR_IRQ_BASE + s.line) return s.name;
  if (vector >= VECTOR_SOFTIRQ && vector < VECTOR_SOFTIRQ + 10)
    return "raise " + std::string(softirq_name(vector - VECTOR_SOFTIRQ));
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

namespace {

constexpr unsigned kHi = 0, kTasklet = 6;  // HI_SOFTIRQ, TASKLET_SOFTIRQ

void send(Desk& desk, unsigned cpu, unsigned vector) {
  if (desk.machine) desk.machine->with([cpu, vector](run::Session& s) { s.send(cpu, vector); });
}

// Badges of a set of vectors, as far as there is room.
float vectors(Desk& desk, const std::vector<unsigned>& set, float x, float y, float right,
              ImU32 ground, ImU32 ink) {
  const Paint p = paint_of(desk);
  for (const unsigned v : set) {
    const std::string words = vector_words(desk, v);
    if (x + p.badge_width(words) > right) break;
    x += p.badge(x, y, words, ground, ink) + desk.look.s(3);
  }
  return x;
}

// Tasklets that wait for this softirq.
unsigned tasklets_of(const run::ApicView& apic, unsigned softirq) {
  return softirq == kHi ? apic.hi_tasklets : softirq == kTasklet ? apic.tasklets : 0;
}

// "TLT", with tasklets "TLT 2", or only their number where there is little room.
std::string words_in(const Paint& p, float room, const char* name, unsigned tasklets) {
  if (tasklets == 0) return name;
  const std::string full = fmt::format("{} {}", name, tasklets);
  return p.width(Font::kTiny, full) <= room ? full : fmt::format("\xC3\x97{}", tasklets);
}

void draw_softirq(Desk& desk, unsigned cpu, unsigned n, const char* name, const Rect& box) {
  const Theme& t = *desk.look.theme;
  const Paint p = paint_of(desk);
  const run::ApicView& apic = desk.state.apics[cpu];
  const bool pending = (apic.softirqs_pending >> n & 1) != 0;
  const unsigned tasklets = tasklets_of(apic, n);
  const std::string id = fmt::format("softirq.{}.{}", cpu, softirq_name(n));
  if (desk.widgets.hit(id, box, pending ? "pending" : "")) send(desk, cpu, VECTOR_SOFTIRQ + n);
  std::string tip = "Raise " + std::string(softirq_name(n)) + " on this CPU";
  if (tasklets > 0) tip += fmt::format("; tasklets that wait for it: {}", tasklets);
  desk.widgets.tip(tip);
  if (n == kHi || n == kTasklet)
    desk.probes.add(fmt::format("tasklets.{}.{}", cpu, softirq_name(n)), box,
                    std::to_string(tasklets));
  p.rect(box, pending ? t.softirq : desk.widgets.hovered() ? t.hover : t.raised, desk.look.s(3));
  p.centred(Font::kTiny, box, pending ? t.softirq_text : t.muted,
            words_in(p, box.w - 2, name, tasklets));
}

}  // namespace

float draw_local_apics(Desk& desk, float x, float y, float w) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const float nmi = look.s(46), serve = x + std::floor(w * 0.5f), row = look.s(25);
  p.text(Font::kTiny, x + look.s(26), y, t.faint, "REQUESTED (IRR)");
  p.text(Font::kTiny, serve, y, t.faint, "IN SERVICE (ISR)");
  y += look.s(18);
  for (unsigned n = 0; n < desk.state.apics.size(); ++n, y += row) {
    const run::ApicView& apic = desk.state.apics[n];
    p.chip(x, y + look.s(2), n, look.s(17));
    const float in = y + look.s(1);
    if (vectors(desk, apic.requested, x + look.s(26), in, serve, t.warn_soft, t.warn) <=
        x + look.s(26))
      p.text(Font::kTiny, x + look.s(26), in + look.s(1), t.faint, "\xE2\x80\x93");
    const float room = x + w - nmi - look.s(48);
    if (vectors(desk, apic.serving, serve, in, room, t.hardirq, t.hardirq_text) <= serve)
      p.text(Font::kTiny, serve, in + look.s(1), t.faint, "\xE2\x80\x93");
    p.text_left_of(Font::kTiny, x + w - nmi - look.s(6), in + look.s(1), t.muted,
                   fmt::format("TPR {}", apic.task_priority >> 4));
    const std::string id = "irq.nmi" + std::to_string(n);
    if (desk.widgets.button(id, {x + w - nmi, y, nmi, look.s(22)}, "NMI"))
      send(desk, n, VECTOR_NMI);
    desk.widgets.tip(apic.nmi_pending ? "One is pending" : "Send an NMI to this CPU");
    desk.probes.add("apic" + std::to_string(n), {x, y, w, row},
                    fmt::format("irr {} isr {}", apic.requested.size(), apic.serving.size()));
  }
  return y + look.s(8);
}

float draw_softirqs(Desk& desk, float x, float y, float w) {
  static constexpr const char* kShort[] = {"HI",  "TIM", "TX",  "RX",  "BLK",
                                           "POL", "TLT", "SCH", "HRT", "RCU"};
  const Look& look = desk.look;
  const Paint p = paint_of(desk);
  p.text(Font::kTiny, x, y, look.theme->faint,
         "SOFTIRQS PENDING, WITH TASKLETS \xC2\xB7 click to raise");
  y += look.s(18);
  const float gap = look.s(3), first = x + look.s(26);
  const float cell = std::floor((w - look.s(26)) / 10) - gap;
  for (unsigned cpu = 0; cpu < desk.state.apics.size(); ++cpu, y += look.s(22)) {
    p.chip(x, y, cpu, look.s(17));
    for (unsigned n = 0; n < 10; ++n) {
      const Rect box = {first + (cell + gap) * static_cast<float>(n), y, cell, look.s(18)};
      draw_softirq(desk, cpu, n, kShort[n], box);
    }
  }
  return y + look.s(6);
}

}  // namespace gui

// SPDX-License-Identifier: MIT
// Each CPU as the machine has it: function, context, preempt_count, flags.
#include <algorithm>

#include "gui/panels/panel.h"

namespace gui {
namespace {

const char* level_name(sim::Level level) {
  switch (level) {
    case sim::Level::kTask:
      return "task";
    case sim::Level::kSoftirq:
      return "softirq";
    case sim::Level::kHardirq:
      return "hardirq";
    case sim::Level::kNmi:
      return "NMI";
  }
  return "";
}

ImU32 level_color(const Theme& t, sim::Level level) {
  switch (level) {
    case sim::Level::kTask:
      return t.task[0];
    case sim::Level::kSoftirq:
      return t.softirq;
    case sim::Level::kHardirq:
      return t.hardirq;
    case sim::Level::kNmi:
      return t.nmi;
  }
  return t.task[0];
}

// The four counts of preempt_count: preempt, softirq, hardirq, NMI.
void counts(const Paint& p, float x, float y, uint32_t count) {
  const struct {
    char letter;
    unsigned value;
  } fields[] = {{'P', count & 0xffu},
                {'S', (count >> 8) & 0xffu},
                {'H', (count >> 16) & 0xfu},
                {'N', (count >> 20) & 0xfu}};
  for (const auto& f : fields) {
    const std::string words = f.letter + std::to_string(f.value);
    x += p.badge(x, y, words, f.value ? p.theme().accent_soft : p.theme().raised,
                 f.value ? p.theme().text : p.theme().faint) +
         p.look().s(3);
  }
}

void draw_card(Desk& desk, unsigned n, const Rect& r) {
  const run::CpuView& cpu = desk.state.cpus[n];
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const bool waits = n < desk.moment.cpus.size() && desk.moment.cpus[n].waits_for.has_value();
  if (desk.widgets.hit("cpu." + std::to_string(n), r, level_name(cpu.level)))
    desk.step_cpu = desk.step_cpu == n ? std::nullopt : std::optional<unsigned>(n);
  desk.widgets.tip(cpu.next + "\n" + cpu.task.comm + "/" + std::to_string(cpu.task.pid) +
                   "\nclick: steps are for this CPU");
  p.rect(r, t.header, look.s(5));
  p.frame(r, waits ? t.bad : desk.step_cpu == n ? t.accent : t.border, look.s(5));
  const float x = r.x + look.s(8), y = r.y + look.s(7);
  p.chip(x, y, n, look.s(18));
  const std::string level = !cpu.online ? "off" : cpu.halted ? "halted" : level_name(cpu.level);
  const float badge = r.right() - look.s(8) - p.badge_width(level);
  const bool in_task = cpu.level == sim::Level::kTask;
  p.badge(badge, y + look.s(1), level, cpu.halted ? t.raised : level_color(t, cpu.level),
          cpu.halted ? t.muted
          : in_task  ? t.task_text
                     : t.softirq_text);
  const std::string function =
      cpu.user_where ? cpu.user_where->function + "()" : cpu.where.function + "()";
  p.fitted(Font::kMonoSmall, x + look.s(24), y + look.s(1), badge - x - look.s(30), t.text,
           function);
  counts(p, x, r.y + look.s(34), cpu.preempt_count);
  const std::string irqs = cpu.irqs_on ? "irqs on" : "irqs off";
  p.badge(r.right() - look.s(8) - p.badge_width(irqs), r.y + look.s(34), irqs,
          cpu.irqs_on ? t.raised : t.warn_soft, cpu.irqs_on ? t.muted : t.warn);
  p.fitted(Font::kTiny, x, r.y + look.s(57), r.w - look.s(16), t.muted,
           cpu.task.comm + "/" + std::to_string(cpu.task.pid) + "  " + cpu.next);
}

}  // namespace

void draw_cpus(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  Scroll area(desk, "cpus.body", body);
  const float gap = look.s(8), w = std::floor((area.width() - 3 * gap) / 2), h = look.s(78);
  float y = area.y() + gap;
  for (unsigned n = 0; n < desk.state.cpus.size(); ++n) {
    draw_card(desk, n, {area.x() + gap + static_cast<float>(n % 2) * (w + gap), y, w, h});
    if (n % 2 == 1 || n + 1 == desk.state.cpus.size()) y += h + gap;
  }
  area.reach(y);
}

}  // namespace gui

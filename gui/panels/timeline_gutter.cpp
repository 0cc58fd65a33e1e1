// SPDX-License-Identifier: MIT
// Left of the lanes: what each is, and its state at the cursor.
#include <algorithm>

#include "gui/panels/timeline_rows.h"

namespace gui {
namespace {

class Gutter {
 public:
  Gutter(Desk& desk, const TimelineParts& parts)
      : desk_(desk),
        look_(desk.look),
        theme_(*desk.look.theme),
        parts_(parts),
        paint_(paint_of(desk)) {}

  void cpu(const Lane& lane) {
    const float x = lane.box.x + look_.s(12), y = lane.box.y + look_.s(5), chip = look_.s(18);
    const float room = parts_.gutter.right() - x - look_.s(8);
    const unsigned n = lane.index;
    paint_.chip(x, y, n, chip);
    paint_.text(Font::kSmallBold, x + chip + look_.s(8), y + look_.s(1), theme_.text,
                "CPU " + std::to_string(n));
    desk_.probes.add("lane.cpu" + std::to_string(n), lane.box);
    if (n >= desk_.moment.cpus.size()) return;
    const CpuMoment& m = desk_.moment.cpus[n];
    const std::string task =
        m.frames.empty() ? "off" : desk_.timeline().things.label(m.frames[0].ref);
    paint_.fitted(Font::kTiny, x, y + look_.s(23), room, theme_.muted, task);
    if (m.waits_for)
      paint_.rect({lane.box.x + 1, lane.box.y + 1, look_.s(3), lane.box.h - 2}, theme_.spin_stripe);
    badges(m, x, y + look_.s(40), parts_.gutter.right());
  }

  void badges(const CpuMoment& m, float x, float y, float right) {
    const auto add = [&](const std::string& words, ImU32 ground, ImU32 ink) {
      if (x + paint_.badge_width(words) > right) return;
      x += paint_.badge(x, y, words, ground, ink) + look_.s(4);
    };
    if (m.waits_for) add("WAITS", theme_.spin_stripe, 0xFFFFFFFFu);
    if (m.holds > 0) add("HOLDS " + std::to_string(m.holds), theme_.raised, theme_.text);
    if (!m.waits_for && m.holds == 0 && !m.frames.empty()) {
      const bool idle = is_idle(desk_.timeline(), m.frames[0].ref) && m.frames.size() == 1;
      add(idle ? "IDLE" : "RUNS", theme_.raised, idle ? theme_.faint : theme_.text);
    }
    add(m.irqs_off ? "irqs off" : "irqs on", m.irqs_off ? theme_.warn_soft : theme_.raised,
        m.irqs_off ? theme_.warn : theme_.muted);
  }

  void heading(const Lane& lane, const char* words, bool first) {
    const float x = lane.box.x + look_.s(12), y = lane.box.y + look_.s(4);
    if (first) {
      paint_.text(Font::kTiny, x, y, theme_.faint, words);
      paint_.rect({lane.box.x, lane.box.y, lane.box.w, 1}, theme_.border);
    }
  }

  void lock(const Lane& lane, bool first) {
    heading(lane, "LOCKS", first);
    const std::string name =
        desk_.timeline().things.label(desk_.timeline().locks[lane.index].thing);
    const float x = lane.box.x + look_.s(60);
    paint_.fitted(Font::kTiny, x, lane.box.y + look_.s(4), parts_.gutter.right() - x - look_.s(6),
                  theme_.text, name);
    desk_.probes.add("lane.lock." + name, lane.box);
  }

  void rcu(const Lane& lane) {
    heading(lane, "RCU", true);
    const float x = lane.box.x + look_.s(60);
    paint_.text(Font::kTiny, x, lane.box.y + look_.s(4), theme_.muted, "grace period");
    paint_.text(Font::kTiny, x, lane.box.y + look_.s(21), theme_.muted, "readers + QS");
  }

 private:
  Desk& desk_;
  const Look& look_;
  const Theme& theme_;
  const TimelineParts& parts_;
  Paint paint_;
};

}  // namespace

void draw_gutter(Desk& desk, const TimelineParts& parts) {
  const Paint paint = paint_of(desk);
  const Rect& g = parts.gutter;
  paint.list()->PushClipRect({g.x, g.y}, {g.right(), g.bottom()}, true);
  Gutter gutter(desk, parts);
  bool first_lock = true;
  for (const Lane& lane : parts.all) {
    if (lane.box.bottom() < g.y || lane.box.y > g.bottom()) continue;
    if (lane.what == Lane::What::kCpu) gutter.cpu(lane);
    if (lane.what == Lane::What::kLock) gutter.lock(lane, std::exchange(first_lock, false));
    if (lane.what == Lane::What::kRcu) gutter.rcu(lane);
  }
  paint.list()->PopClipRect();
  paint.rect({g.right() - 1, g.y, 1, g.h}, paint.theme().border);
}

}  // namespace gui

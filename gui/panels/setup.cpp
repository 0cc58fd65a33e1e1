// SPDX-License-Identifier: MIT
// What the next machine is made from: CPUs, seed, preemption, spinlock, executor,
// arbiter.
#include <algorithm>

#include "gui/panels/panel.h"

namespace gui {
namespace {

// Label, then choices; a click makes the machine anew. `greyed`: by bit.
void choice(Desk& desk, const char* id, const char* label, float x, float& y,
            const std::vector<std::string_view>& values, std::string& setting,
            uint32_t greyed = 0) {
  const Look& look = desk.look;
  paint_of(desk).text(Font::kSmall, x, y + look.s(6), look.theme->muted, label);
  const auto at = std::find(values.begin(), values.end(), setting);
  const int picked = desk.widgets.segmented(std::string("setup.") + id, x + look.s(88), y, values,
                                            static_cast<int>(at - values.begin()), greyed);
  if (picked >= 0 && values[static_cast<size_t>(picked)] != setting) {
    setting = values[static_cast<size_t>(picked)];
    desk.reopen();
  }
  y += look.s(34);
}

// A number with - and +.
uint64_t number_field(Desk& desk, const char* id, const char* label, float x, float& y,
                      uint64_t value, uint64_t least, uint64_t most) {
  const Look& look = desk.look;
  const Paint p = paint_of(desk);
  p.text(Font::kSmall, x, y + look.s(6), look.theme->muted, label);
  const float side = look.s(28), left = x + look.s(88);
  const std::string name = std::string("setup.") + id;
  uint64_t wanted = value;
  if (desk.widgets.button(name + ".less", {left, y, side, side}, "-", false, value > least))
    --wanted;
  const Rect box = {left + side, y, look.s(64), side};
  p.centred(Font::kSmallBold, box, look.theme->text, std::to_string(value));
  desk.probes.add(name, box, std::to_string(value));
  if (desk.widgets.button(name + ".more", {box.right(), y, side, side}, "+", false, value < most))
    ++wanted;
  y += look.s(34);
  return wanted;
}

// Threads choose by themselves who goes next: of the arbiters only "live" is left.
void executor(Desk& desk, float x, float& y, float w) {
  constexpr uint32_t kAllButLive = ~1u;
  run::Config& config = desk.config;
  choice(desk, "executor", "Executor", x, y, {"lockstep", "threads"}, config.executor);
  const bool threads = config.executor == "threads";
  choice(desk, "arbiter", "Arbiter", x, y, {"live", "random", "round_robin", "manual"},
         config.arbiter, threads ? kAllButLive : 0);
  if (!threads) return;
  static constexpr const char* kWords =
      "A host thread for each CPU, truly parallel: no run is like another. So there are no steps, "
      "no way back, no choice of who goes next, and races are not judged.";
  const Paint p = paint_of(desk);
  const float h = p.wrapped(Font::kSmall, x, y, w, desk.look.theme->muted, kWords);
  desk.probes.add("setup.threads", {x, y, w, h}, kWords);
  y += h + desk.look.s(8);
}

}  // namespace

void draw_setup(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  Scroll area(desk, "setup.body", body);
  const float x = area.x() + look.s(12);
  float y = area.y() + look.s(8);
  const uint64_t cpus = number_field(desk, "cpus", "CPUs", x, y, desk.config.cpus, 1, 64);
  const uint64_t seed = number_field(desk, "seed", "Seed", x, y, desk.config.seed, 0, UINT64_MAX);
  if (cpus != desk.config.cpus || seed != desk.config.seed) {
    desk.config.cpus = static_cast<unsigned>(cpus);
    desk.config.seed = seed;
    desk.reopen();
  }
  choice(desk, "preempt", "Preemption", x, y, {"none", "voluntary", "full"}, desk.config.preempt);
  choice(desk, "spinlock", "Spinlock", x, y, {"tas", "ticket", "mcs", "queued"},
         desk.config.spinlock);
  executor(desk, x, y, area.width() - look.s(24));
  if (desk.widgets.toggle("setup.draw", x, y + look.s(4), desk.draw_while_running,
                          "Draw while it runs"))
    desk.draw_while_running = !desk.draw_while_running;
  y += look.s(26);
  if (desk.widgets.toggle("setup.stop", x, y + look.s(4), desk.stop_at_warnings,
                          "Stop at warnings, too"))
    desk.act(Action::kStopAtWarnings);
  area.reach(y + look.s(34));
}

}  // namespace gui

// SPDX-License-Identifier: MIT
// /proc of the guest, as `lockstep run --proc` prints it, where the machine stands.
//
// A view is made from the whole trace, so it is asked for while the tab is seen
// and the machine rests, one at a time.
#include "sim/run/proc.h"

#include <fmt/format.h>

#include <memory>
#include <mutex>
#include <string_view>

#include "gui/panels/panel.h"

namespace gui {
namespace {

// On the machine's thread; the panel reads the answer later. The question is open
// for as long as the job exists, whether it was answered, failed, or fell away.
void ask_for_view(Desk& desk, const std::string& name) {
  if (!desk.proc_question.expired()) return;
  const auto question = std::make_shared<const bool>();
  desk.proc_question = question;
  desk.machine->with(
      [name, question, epoch = desk.state.epoch, to = desk.answers](run::Session& s) {
        ProcView view{name, run::proc_text(s, name), s.position().step, epoch};
        const std::lock_guard hold(to->mutex);
        to->proc = std::move(view);
      });
}

}  // namespace

void draw_proc(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  std::string& chosen = desk.text_of["proc.name"];
  if (chosen.empty()) chosen = "interrupts";
  Scroll area(desk, "proc.body", body);
  const Paint p = paint_of(desk);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24);
  float y = area.y() + look.s(6);
  const int picked = desk.widgets.choices("proc", x, y, w, run::proc_names(), chosen);
  if (picked >= 0) chosen = run::proc_names()[static_cast<size_t>(picked)];

  ProcView seen;
  {
    const std::lock_guard hold(desk.answers->mutex);
    seen = desk.answers->proc;
  }
  const bool same = seen.name == chosen && seen.epoch == desk.state.epoch;
  const uint64_t now = desk.state.position.step;
  if (desk.machine && desk.is_open() && (!same || (!desk.state.playing && seen.step != now)))
    ask_for_view(desk, chosen);
  const std::string_view text = same ? std::string_view(seen.text) : "";
  if (same && seen.step != now) {
    p.text(Font::kSmall, x, y, look.theme->muted, fmt::format("As of step {}", seen.step));
    y += look.s(20);
  }
  size_t number = 0;
  for (size_t from = 0; from < text.size(); ++number) {
    const size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    const Rect r = {x, y, w, look.s(18)};
    p.fitted(Font::kMonoSmall, x, y, w, look.theme->text, line);
    desk.widgets.hit(fmt::format("proc.line.{}", number), r, line);
    if (p.width(Font::kMonoSmall, line) > w) desk.widgets.tip(line);
    y += look.s(18);
    from = end + 1;
  }
  desk.probes.add("proc.step", body, std::to_string(same ? seen.step : 0));
  area.reach(y + look.s(4));
}

}  // namespace gui

// SPDX-License-Identifier: MIT
#include "gui/app/line_watch.h"

#include <algorithm>

#include "cpu/events.h"
#include "cpu/window.h"

namespace gui {
namespace {

constexpr uint32_t kUnknown = UINT32_MAX, kNowhere = UINT32_MAX - 1;

// Calls made since `step`, in order of steps.
void collect_calls(const sim::Trace& trace, uint64_t step, std::vector<sim::Event>& calls) {
  calls.clear();
  for (unsigned cpu = 0; cpu < trace.cpus(); ++cpu) {
    const sim::Lane& lane = trace.lane(cpu);
    for (uint64_t i = lane.size(); i > lane.first() && lane[i - 1].step >= step; --i)
      if (lane[i - 1].kind == EV_FUNC_ENTER && cpu::in_module(lane[i - 1].object))
        calls.push_back(lane[i - 1]);
  }
  std::reverse(calls.begin(), calls.end());
  std::stable_sort(calls.begin(), calls.end(),
                   [](const sim::Event& a, const sim::Event& b) { return a.step < b.step; });
}

}  // namespace

uint32_t LineWatch::place_of(const run::Session& session, uint32_t pc, std::vector<Place>& places) {
  const uint32_t at = pc - static_cast<uint32_t>(HW_MODULE_BASE);
  if (at >= by_pc_.size()) by_pc_.resize(at + 4096, kUnknown);
  uint32_t& place = by_pc_[at];
  if (place != kUnknown) return place;
  place = kNowhere;
  const run::Location& where = session.symbols().at(pc);
  if (where.line == 0) return place;
  const auto same = std::find_if(known_.begin(), known_.end(), [&](const Place& p) {
    return p.line == where.line && p.file == where.file;
  });
  place = static_cast<uint32_t>(same - known_.begin());
  if (same == known_.end()) {
    known_.push_back({where.file, where.line});
    places.push_back(known_.back());
  }
  return place;
}

void LineWatch::hit(const run::Session& session, const sim::Event& e, uint32_t pc,
                    std::vector<LineHit>& hits, std::vector<Place>& places) {
  const uint32_t place = place_of(session, pc, places);
  if (place == kNowhere) return;
  Seen& last = last_[e.cpu];
  const bool again = last.place == place && pc > last.pc;
  last = {place, pc};
  if (!again) hits.push_back({e.step, e.time, e.cpu, 0, place});
}

void LineWatch::look(const run::Session& session, std::vector<LineHit>& hits,
                     std::vector<Place>& places) {
  const sim::Trace& trace = session.trace();
  last_.resize(session.cpus());
  uint64_t from = trace.detail_size();
  while (from > trace.detail_first() && trace.detail(from - 1).step >= next_step_) --from;
  collect_calls(trace, next_step_, calls_);
  auto call = calls_.begin();
  for (uint64_t i = from; i < trace.detail_size(); ++i) {
    const sim::Event& e = trace.detail(i);
    if (!e.user()) continue;
    for (; call != calls_.end() && call->step < e.step; ++call)
      hit(session, *call, call->object, hits, places);
    hit(session, e, e.pc, hits, places);
  }
  for (; call != calls_.end(); ++call) hit(session, *call, call->object, hits, places);
  next_step_ = std::max(next_step_, session.position().step + 1);
}

void LineWatch::skip(const run::Session& session) {
  sampled_from_ = std::min(sampled_from_, next_step_);
  next_step_ = std::max(next_step_, session.position().step + 1);
  last_.clear();
}

bool LineWatch::still_there(const run::Session& session, unsigned cpu, uint32_t pc) const {
  if (cpu >= last_.size() || last_[cpu].place >= known_.size() || pc <= last_[cpu].pc) return false;
  const Place& last = known_[last_[cpu].place];
  const run::Location& next = session.symbols().at(pc);
  return last.line == next.line && last.file == next.file;
}

void LineWatch::rewrite(uint64_t step) {
  next_step_ = std::min(next_step_, step + 1);
  if (sampled_from_ > step) sampled_from_ = UINT64_MAX;
  last_.clear();
}

}  // namespace gui

// SPDX-License-Identifier: MIT
#include "sim/run/perfetto_tasks.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/run/event_text.h"

namespace run {

PerfettoTasks::PerfettoTasks(const RunView& view, StepDetails& details, JsonTrace& json,
                             unsigned group)
    : view_(view), details_(details), json_(json), group_(group), running_(view.trace().cpus()) {}

const std::string& PerfettoTasks::name(uint32_t task) {
  std::string& name = names_[task];
  if (name.empty()) name = task != 0 ? view_.task_name(task) : "boot";
  return name;
}

// Another one may have lived at that address.
void PerfettoTasks::born(const sim::Event& e) {
  names_.erase(e.object);
  frames_.erase(e.object);
  woken_.erase(e.object);
}

void PerfettoTasks::run(const sim::Event& e) {
  uint32_t& current = running_[e.cpu];
  const Track where = track(e);
  for (size_t n = frames_[current].size(); n > 0; --n) json_.end(where, e.time);
  if (current != 0) json_.end(where, e.time);
  current = e.object;
  json_.begin(where, e.time, name(current), details_.of(e));
  for (const Frame& frame : frames_[current]) json_.begin(where, e.time, frame.name, frame.details);
  const auto flow = woken_.find(current);
  if (flow == woken_.end()) return;
  json_.end_flow(where, flow->second, e.time, "wake-up");
  woken_.erase(flow);
}

void PerfettoTasks::wake(const sim::Event& e) {
  // Flows of wake-ups have even numbers, those of locks odd ones.
  woken_[e.object] = 2 * ++flows_;
  json_.begin_flow(track(e), woken_[e.object], e.time, "wake-up");
}

// It still runs a little: its slice ends with the switch away from it.
void PerfettoTasks::exit(const sim::Event& e) {
  auto& frames = frames_[e.object];
  if (running_[e.cpu] == e.object)
    for (size_t n = frames.size(); n > 0; --n) json_.end(track(e), e.time);
  frames.clear();
}

void PerfettoTasks::enter(const sim::Event& e, const std::string& name) {
  auto& frames = frames_[running_[e.cpu]];
  // Arrows at the front are for text; in a picture the slice says it.
  frames.push_back({static_cast<unsigned>(e.kind), e.object,
                    name.starts_with("> ") ? name.substr(2) : name, details_.of(e)});
  json_.begin(track(e), e.time, frames.back().name, frames.back().details);
}

void PerfettoTasks::leave(const sim::Event& e, unsigned begun_by, uint32_t object) {
  auto& frames = frames_[running_[e.cpu]];
  const auto found = std::find_if(frames.rbegin(), frames.rend(), [&](const Frame& frame) {
    return frame.kind == begun_by && (object == 0 || frame.object == object);
  });
  if (found == frames.rend()) return;
  for (auto n = found - frames.rbegin() + 1; n > 0; --n) {
    json_.end(track(e), e.time);
    frames.pop_back();
  }
}

std::string StepDetails::of(const sim::Event& event) {
  const auto [entry, fresh] = places_.try_emplace(uint64_t{event.kind} << 32 | event.pc);
  if (fresh) {
    const std::string place = place_text(view_, event);
    if (!place.empty()) entry->second = R"(,"where":)" + json_string(place);
  }
  return fmt::format(R"("step":{}{})", uint64_t{event.step}, entry->second);
}

}  // namespace run

// SPDX-License-Identifier: MIT
#include "gui/model/timeline.h"

#include <algorithm>

namespace gui {

bool is_idle(const Timeline& t, uint32_t thing) {
  return t.things[thing].role == Role::kTask && t.things[thing].name.starts_with("swapper/");
}

TrackNumber Timeline::make_track() {
  tracks.emplace_back();
  open.emplace_back();
  return static_cast<TrackNumber>(tracks.size() - 1);
}

TrackNumber Timeline::slot(std::vector<TrackNumber>& list, size_t n) {
  while (list.size() <= n) list.push_back(make_track());
  return list[n];
}

void Timeline::begin(TrackNumber track, uint64_t time, Kind kind, uint32_t ref, unsigned on_cpu) {
  open[track] = {time, kind, true, static_cast<uint8_t>(on_cpu), ref};
}

void Timeline::end(TrackNumber track, uint64_t time) {
  Open& o = open[track];
  if (!o.on) return;
  tracks[track].append(o.start, time, o.kind, o.ref, o.cpu);
  o.on = false;
}

std::optional<Interval> Timeline::covering(TrackNumber track, uint64_t time) const {
  if (track == kNoTrack) return {};
  const Open& o = open[track];
  if (o.on && o.start <= time) {
    Interval e{};
    e.start = o.start & ((uint64_t{1} << 48) - 1);
    e.kind = static_cast<unsigned>(o.kind);
    e.cpu = o.cpu;
    e.dur = static_cast<uint32_t>(
        std::min<uint64_t>(std::max(last_time, time) - o.start, Interval::kLongest));
    e.ref = o.ref;
    return e;
  }
  const Track& t = tracks[track];
  const size_t i = t.at(time);
  if (i == t.size()) return {};
  return t[i];
}

uint64_t Timeline::step_at(uint64_t time) const {
  if (time >= last_time) return last_step;
  size_t low = 0, high = samples.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (samples[middle].time <= time)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0) return 0;
  const TimeSample a = samples[low - 1];
  const TimeSample b = low < samples.size() ? samples[low] : TimeSample{last_time, last_step};
  if (b.time <= a.time) return a.step;
  const double share = static_cast<double>(time - a.time) / static_cast<double>(b.time - a.time);
  return a.step + static_cast<uint64_t>(share * static_cast<double>(b.step - a.step));
}

uint64_t Timeline::time_at(uint64_t step) const {
  if (step >= last_step) return last_time;
  size_t low = 0, high = samples.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (samples[middle].step <= step)
      low = middle + 1;
    else
      high = middle;
  }
  return low == 0 ? 0 : samples[low - 1].time;
}

size_t Timeline::bytes() const {
  size_t n = flows.bytes() + contentions.bytes() + samples.bytes() + callbacks_queued.bytes() +
             callbacks_invoked.bytes();
  for (const Track& t : tracks) n += t.bytes() + sizeof(Track);
  return n;
}

}  // namespace gui

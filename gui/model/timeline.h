// SPDX-License-Identifier: MIT
// The index of a run: all tracks, and where they belong.
//
// The builder (gui/model/builder.h) fills it from trace events in order of
// steps; panels query it. Times are ns of virtual time. An interval that has
// not ended yet is "open" and is drawn up to now().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "gui/model/thing.h"
#include "gui/model/track.h"

namespace gui {

struct Open {
  uint64_t start = 0;
  Kind kind = Kind::kTask;
  bool on = false;
  uint8_t cpu = 0;
  uint32_t ref = 0;
};

using TrackNumber = uint32_t;
inline constexpr TrackNumber kNoTrack = UINT32_MAX;

struct CpuTracks {
  std::vector<TrackNumber> flame;  // by depth: 0 is the task
  TrackNumber irqs_off = kNoTrack, preempt_off = kNoTrack;
  TrackNumber reader = kNoTrack, quiescent = kNoTrack;
};

struct LockTracks {
  uint32_t thing = 0;
  std::vector<TrackNumber> hold, wait;  // slots: readers and waiters may be many
  uint64_t acquisitions = 0, contentions = 0;
  uint64_t longest_hold = 0, longest_wait = 0, total_hold = 0, total_wait = 0;
};

enum class FlowKind : uint8_t { kIpi, kWake, kHandoff };

// An arrow: cause on one CPU, effect on another.
struct Flow {
  uint64_t from_time, to_time;
  uint8_t from_cpu, to_cpu, from_depth, to_depth;
  FlowKind kind;
};

// Somebody began to wait for a lock.
struct Contention {
  uint64_t time;
  uint32_t lock;  // index into locks
  uint8_t cpu;
};

// Virtual time (of the furthest CPU) when a step happened.
struct TimeSample {
  uint64_t time, step;
};

struct IrqCount {
  uint64_t raised = 0, delivered = 0, eoi = 0;
};

// By vector, in Linux's order.
struct SoftirqCounts {
  std::array<uint64_t, 10> runs{}, ns{};
};

struct Timeline;
// The task that runs when there is nothing to run.
bool is_idle(const Timeline& t, uint32_t thing);

struct Timeline {
  explicit Timeline(unsigned cpus = 0) : cpu(cpus) {}

  Things things;
  std::vector<CpuTracks> cpu;
  std::vector<LockTracks> locks;
  std::unordered_map<uint32_t, uint32_t> lock_by_address;
  TrackNumber grace = kNoTrack;
  Chunked<Flow, 8> flows;
  Chunked<Contention, 8> contentions;
  Chunked<TimeSample, 8> samples;
  Chunked<uint64_t, 8> callbacks_queued, callbacks_invoked;  // times
  std::unordered_map<uint32_t, uint32_t> irq_names;          // irq -> address of its name
  std::vector<std::vector<IrqCount>> vectors;                // [cpu][vector]
  SoftirqCounts softirqs;
  uint64_t events = 0;
  uint64_t last_time = 0, last_step = 0;
  uint64_t user_time = UINT64_MAX;  // when the user's own code first ran

  std::vector<Track> tracks;
  std::vector<Open> open;  // by track

  TrackNumber make_track();
  // A track of a list, made when it is first needed.
  TrackNumber slot(std::vector<TrackNumber>& list, size_t n);
  void begin(TrackNumber track, uint64_t time, Kind kind, uint32_t ref, unsigned cpu = 0);
  void end(TrackNumber track, uint64_t time);

  // The interval of a track that covers `time`, open ones included.
  std::optional<Interval> covering(TrackNumber track, uint64_t time) const;
  // Between steps and time. Steps are the finer measure: an answer is the
  // step before which everything up to `time` has happened.
  uint64_t step_at(uint64_t time) const;
  uint64_t time_at(uint64_t step) const;
  size_t bytes() const;
};

}  // namespace gui

// SPDX-License-Identifier: MIT
// The timeline's parts: which lanes there are, where each row is, how they are
// drawn and how the mouse moves them.
#pragma once

#include <vector>

#include "gui/panels/panel.h"

namespace gui {

struct Row {
  TrackNumber track;
  Rect box;    // screen, whole width of the lanes
  bool strip;  // thin: interrupts off, a waiter, a reader
};

struct Lane {
  enum class What { kCpu, kLock, kRcu } what;
  unsigned index;  // CPU, or lock in Timeline::locks
  Rect box;        // gutter and lanes
  std::vector<Row> rows;
};

struct TimelineParts {
  Rect panel, overview, ruler, gutter, lanes, status;
  std::vector<Lane> all;
  float height = 0;  // of all lanes
  Ruler marks;
};

TimelineParts lay_out_timeline(Desk& desk, const Rect& r, const Rect& body);

void draw_lanes(Desk& desk, const TimelineParts& parts);
void draw_gutter(Desk& desk, const TimelineParts& parts);
void draw_overview(Desk& desk, const TimelineParts& parts);
void draw_ruler(Desk& desk, const TimelineParts& parts);
void draw_cursor(Desk& desk, const TimelineParts& parts);
void draw_flows(Desk& desk, const TimelineParts& parts);
void draw_status(Desk& desk, const TimelineParts& parts);
void timeline_mouse(Desk& desk, const TimelineParts& parts);

// The row under a point, and the interval there (or the nearest within 4 px).
const Row* row_at(const TimelineParts& parts, ImVec2 at);
std::optional<Interval> interval_near(const Desk& desk, const Row& row, double time);

// Locks worth a lane: contended first, then the user's, then the most used.
std::vector<unsigned> lock_lanes(const Timeline& t, size_t most);

}  // namespace gui

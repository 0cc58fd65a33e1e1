// SPDX-License-Identifier: MIT
// Who waits for whom: tasks and locks, with a place for each in a unit square.
//
// Edges go from a waiting task to the lock and from the lock to its holder. A
// cycle through them is a deadlock (of what cannot be interrupted); its nodes
// are laid out on a ring, everything else in columns from waiter to holder.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/model/moment.h"

namespace gui {

struct WaitGraph {
  struct Node {
    bool is_lock;
    uint32_t ref;  // Thing of the task or lock
    unsigned cpu;  // of a task
    bool in_cycle = false;
    float x = 0, y = 0;  // centre, 0-1
  };
  struct Edge {
    size_t from, to;
    bool in_cycle = false;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  bool cycle = false;
};

// Only locks that somebody waits for.
WaitGraph wait_graph(const Timeline& t, const Moment& m);

}  // namespace gui

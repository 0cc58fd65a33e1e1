// SPDX-License-Identifier: MIT
// lockdep's order graph: classes of locks, and which was taken under which,
// with a place for each in a unit square.
//
// It is read from the text that the checker publishes (Session::checkers_view,
// "lock_order"). Of a large graph a part is drawn: the reported circle, then
// what the user's own code ordered, then the rest as long as there is room; all
// edges stay in the list. A node stands below everything that is taken before it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

struct OrderGraph {
  struct Node {
    std::string name;  // "&s.a"
    bool in_cycle = false;
    float x = 0, y = 0;  // centre, 0-1
  };
  struct Edge {
    size_t from, to;  // nodes; kNowhere: not drawn
    std::string held, taken, place;
    bool in_cycle = false;
    bool implied = false;  // others lead from one to the other: no arrow
  };
  static constexpr size_t kNowhere = SIZE_MAX;

  std::vector<Node> nodes;  // those that are drawn
  std::vector<Edge> edges;  // all; the circle first, then the user's own
  size_t layers = 0;
  bool cycle = false;
};

// At most `most` nodes are drawn. A place is "file.c:12".
OrderGraph order_graph(std::string_view text, size_t most,
                       const std::vector<std::string>& own_files);

}  // namespace gui

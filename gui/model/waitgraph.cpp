// SPDX-License-Identifier: MIT
#include "gui/model/waitgraph.h"

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

size_t node_of(WaitGraph& g, bool is_lock, uint32_t ref, unsigned cpu) {
  for (size_t i = 0; i < g.nodes.size(); ++i)
    if (g.nodes[i].is_lock == is_lock && g.nodes[i].ref == ref) return i;
  g.nodes.push_back({is_lock, ref, cpu});
  return g.nodes.size() - 1;
}

// Depth-first from `at`; true when it comes back to a node on the path. The
// path's part from that node on is the cycle.
bool walk(const WaitGraph& g, size_t at, std::vector<size_t>& path, std::vector<uint8_t>& seen) {
  const auto loop = std::find(path.begin(), path.end(), at);
  if (loop != path.end()) {
    path.erase(path.begin(), loop);
    return true;
  }
  if (seen[at] != 0) return false;
  seen[at] = 1;
  path.push_back(at);
  for (const auto& e : g.edges)
    if (e.from == at && walk(g, e.to, path, seen)) return true;
  path.pop_back();
  return false;
}

std::vector<size_t> find_cycle(const WaitGraph& g) {
  std::vector<uint8_t> seen(g.nodes.size());
  for (size_t i = 0; i < g.nodes.size(); ++i) {
    std::vector<size_t> path;
    if (walk(g, i, path, seen)) return path;
  }
  return {};
}

void mark_cycle(WaitGraph& g, const std::vector<size_t>& cycle) {
  g.cycle = !cycle.empty();
  for (size_t i = 0; i < cycle.size(); ++i) {
    g.nodes[cycle[i]].in_cycle = true;
    const size_t next = cycle[(i + 1) % cycle.size()];
    for (auto& e : g.edges)
      if (e.from == cycle[i] && e.to == next) e.in_cycle = true;
  }
}

// Columns: a node stands right of everything that points to it.
std::vector<int> columns(const WaitGraph& g) {
  std::vector<int> column(g.nodes.size(), 0);
  for (size_t round = 0; round < g.nodes.size(); ++round)
    for (const auto& e : g.edges)
      if (!e.in_cycle) column[e.to] = std::max(column[e.to], column[e.from] + 1);
  return column;
}

void place_columns(WaitGraph& g, float from, float to) {
  const std::vector<int> column = columns(g);
  int last = 0;
  for (size_t i = 0; i < g.nodes.size(); ++i)
    if (!g.nodes[i].in_cycle) last = std::max(last, column[i]);
  for (int c = 0; c <= last; ++c) {
    std::vector<size_t> here;
    for (size_t i = 0; i < g.nodes.size(); ++i)
      if (!g.nodes[i].in_cycle && column[i] == c) here.push_back(i);
    for (size_t k = 0; k < here.size(); ++k) {
      WaitGraph::Node& n = g.nodes[here[k]];
      n.x = last == 0 ? (from + to) / 2
                      : from + (to - from) * static_cast<float>(c) / static_cast<float>(last);
      n.y = (static_cast<float>(k) + 0.5f) / static_cast<float>(here.size());
    }
  }
}

// The ring: a task at the left, then clockwise in the order of the cycle.
void place_ring(WaitGraph& g, std::vector<size_t> cycle, float centre, float radius) {
  const auto task =
      std::find_if(cycle.begin(), cycle.end(), [&](size_t i) { return !g.nodes[i].is_lock; });
  std::rotate(cycle.begin(), task == cycle.end() ? cycle.begin() : task, cycle.end());
  for (size_t i = 0; i < cycle.size(); ++i) {
    const float turn =
        6.2831853f * static_cast<float>(i) / static_cast<float>(cycle.size()) + 3.1415927f;
    g.nodes[cycle[i]].x = centre + radius * std::cos(turn);
    g.nodes[cycle[i]].y = 0.5f + 0.36f * std::sin(turn);
  }
}

}  // namespace

WaitGraph wait_graph(const Timeline& t, const Moment& m) {
  WaitGraph g;
  for (const LockMoment& lock : m.locks) {
    if (lock.waiters.empty()) continue;
    const size_t l = node_of(g, true, t.locks[lock.lock].thing, 0);
    for (const Interval& w : lock.waiters) g.edges.push_back({node_of(g, false, w.ref, w.cpu), l});
    for (const Interval& h : lock.holders) g.edges.push_back({l, node_of(g, false, h.ref, h.cpu)});
  }
  const std::vector<size_t> cycle = find_cycle(g);
  mark_cycle(g, cycle);
  const bool others = cycle.size() < g.nodes.size();
  if (g.cycle) {
    place_columns(g, 0.12f, 0.3f);
    place_ring(g, cycle, others ? 0.7f : 0.5f, others ? 0.2f : 0.33f);
  } else {
    place_columns(g, 0.14f, 0.86f);
  }
  return g;
}

}  // namespace gui

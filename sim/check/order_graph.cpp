// SPDX-License-Identifier: MIT
#include "sim/check/order_graph.h"

#include <algorithm>

#include "sim/core/error.h"

namespace check {

namespace {
constexpr uint8_t kArrivesN = OrderGraph::kSN | OrderGraph::kEN;
constexpr uint8_t kArrivesR = OrderGraph::kSR | OrderGraph::kER;
constexpr uint8_t kLeavesE = OrderGraph::kER | OrderGraph::kEN;
constexpr uint8_t kLeavesS = OrderGraph::kSR | OrderGraph::kSN;
}  // namespace

uint32_t OrderGraph::add_node() {
  const uint32_t id = ++s_->node_count;
  Node& n = s_->nodes.ensure(arena_, id);
  n.rank[0] = ++s_->ranks;
  n.rank[1] = ++s_->ranks;
  return id;
}

uint8_t OrderGraph::kinds(uint32_t a, uint32_t b) const {
  const uint32_t e = find_edge(a, b);
  return e ? s_->edges[e].kinds : uint8_t{0};
}

template <typename Visit>
void OrderGraph::successors(uint32_t state, Visit visit) const {
  for (uint32_t e = s_->nodes[state >> 1].out; e; e = s_->edges[e].next_out) {
    const Edge& edge = s_->edges[e];
    const unsigned kinds = (state & 1) ? edge.kinds & kLeavesE : edge.kinds;
    if (kinds & kArrivesN) visit(edge.to * 2, e);
    if (kinds & kArrivesR) visit(edge.to * 2 + 1, e);
  }
}

template <typename Visit>
void OrderGraph::predecessors(uint32_t state, Visit visit) {
  const uint8_t arrives = (state & 1) ? kArrivesR : kArrivesN;
  for (uint32_t e = s_->nodes[state >> 1].in; e; e = s_->edges[e].next_in) {
    const Edge& edge = s_->edges[e];
    const unsigned kinds = edge.kinds & arrives;
    if (kinds) visit(edge.from * 2, e);
    if (kinds & kLeavesE) visit(edge.from * 2 + 1, e);
  }
}

// Completes ahead_ (down) or behind_ with all states up to the rank `limit` to
// which those in it lead; false if one of the targets is among them.
bool OrderGraph::reach(uint32_t limit, const uint32_t* targets, unsigned count, bool down) {
  std::vector<uint32_t>& found = down ? ahead_ : behind_;
  seen_.resize(size_t{s_->node_count} * 2 + 2);
  for (uint32_t state : found) seen_[state] = true;
  bool clear = true;
  auto visit = [&](uint32_t state, uint32_t) {
    for (unsigned i = 0; i < count; ++i) clear &= state != targets[i];
    if (seen_[state] || (down ? rank(state) > limit : rank(state) < limit)) return;
    seen_[state] = true;
    found.push_back(state);
  };
  for (size_t i = 0; i < found.size() && clear; ++i) {
    if (down)
      successors(found[i], visit);
    else
      predecessors(found[i], visit);
  }
  for (uint32_t state : found) seen_[state] = false;
  return clear;
}

// Gives the states of behind_ and ahead_ their ranks again, behind_ first.
void OrderGraph::merge() {
  auto by_rank = [this](uint32_t a, uint32_t b) { return rank(a) < rank(b); };
  std::sort(behind_.begin(), behind_.end(), by_rank);
  std::sort(ahead_.begin(), ahead_.end(), by_rank);
  behind_.insert(behind_.end(), ahead_.begin(), ahead_.end());
  work_.clear();
  for (uint32_t state : behind_) work_.push_back(rank(state));
  std::sort(work_.begin(), work_.end());
  for (size_t i = 0; i < behind_.size(); ++i) rank(behind_[i]) = work_[i];
}

// Makes room for from[i] -> to in the order; false if `to` leads to one of them.
bool OrderGraph::order(const uint32_t* from, unsigned count, uint32_t to) {
  uint32_t high = 0;
  behind_.clear();
  for (unsigned i = 0; i < count; ++i) {
    if (from[i] == to) return false;
    if (rank(from[i]) < rank(to)) continue;
    high = std::max(high, rank(from[i]));
    behind_.push_back(from[i]);
  }
  if (behind_.empty()) return true;
  ahead_.assign(1, to);
  if (!reach(high, from, count, true)) return false;
  reach(rank(to), nullptr, 0, false);
  merge();
  return true;
}

uint32_t OrderGraph::insert_edge(uint32_t a, uint32_t b, uint32_t data) {
  uint32_t e = s_->free_edges;
  if (e)
    s_->free_edges = s_->edges[e].next_out;
  else
    e = ++s_->edge_last;
  Node &from = s_->nodes[a], &to = s_->nodes[b];
  s_->edges.ensure(arena_, e) = Edge{a, b, from.out, to.in, data, 0, {}};
  from.out = to.in = e;
  s_->by_ends.insert(arena_, uint64_t{a} << 32 | b, e);
  ++s_->edge_count;
  return e;
}

bool OrderGraph::add(uint32_t a, uint32_t b, Kind kind, uint32_t data) {
  uint32_t e = find_edge(a, b);
  if (e && (s_->edges[e].kinds & kind)) return true;
  const uint32_t to = b * 2 + ((kind & kArrivesR) ? 1 : 0);
  const uint32_t from[] = {a * 2, a * 2 + 1};
  if (!order(from, (kind & kLeavesE) ? 2 : 1, to)) return false;
  if (!e) e = insert_edge(a, b, data);
  s_->edges[e].kinds = static_cast<uint8_t>(s_->edges[e].kinds | kind);
  spread(a);
  spread(b);
  return true;
}

void OrderGraph::set_marks(uint32_t node, uint32_t marks, uint32_t weak_marks) {
  s_->nodes[node].marks[0] = marks;
  s_->nodes[node].marks[1] = weak_marks;
  spread(node);
}

bool OrderGraph::refresh_below(uint32_t node) {
  Node& n = s_->nodes[node];
  uint32_t sum[2] = {n.marks[0], n.marks[1]};
  for (unsigned weak = 0; weak < 2; ++weak)
    successors(node * 2 + weak,
               [&](uint32_t s, uint32_t) { sum[weak] |= s_->nodes[s >> 1].below[s & 1]; });
  const bool changed = sum[0] != n.below[0] || sum[1] != n.below[1];
  n.below[0] = sum[0];
  n.below[1] = sum[1];
  return changed;
}

// Upwards the states are "leaves as E" and "leaves as S": a node that leaves
// as S must have been reached by N.
bool OrderGraph::refresh_above(uint32_t node) {
  Node& n = s_->nodes[node];
  uint32_t sum[2] = {n.marks[0], n.marks[1]};
  for (uint32_t e = n.in; e; e = s_->edges[e].next_in) {
    const Edge& edge = s_->edges[e];
    for (unsigned shared = 0; shared < 2; ++shared) {
      const unsigned kinds = shared ? edge.kinds & kArrivesN : edge.kinds;
      if (kinds & kLeavesE) sum[shared] |= s_->nodes[edge.from].above[0];
      if (kinds & kLeavesS) sum[shared] |= s_->nodes[edge.from].above[1];
    }
  }
  const bool changed = sum[0] != n.above[0] || sum[1] != n.above[1];
  n.above[0] = sum[0];
  n.above[1] = sum[1];
  return changed;
}

// Marks only grow between resets, so this ends, and what it costs is paid
// back by never searching for marks.
void OrderGraph::spread(uint32_t node) {
  work_.assign(1, node);
  while (!work_.empty()) {
    const uint32_t n = work_.back();
    work_.pop_back();
    if (!refresh_below(n)) continue;
    for (uint32_t e = s_->nodes[n].in; e; e = s_->edges[e].next_in)
      work_.push_back(s_->edges[e].from);
  }
  work_.assign(1, node);
  while (!work_.empty()) {
    const uint32_t n = work_.back();
    work_.pop_back();
    if (!refresh_above(n)) continue;
    for (uint32_t e = s_->nodes[n].out; e; e = s_->edges[e].next_out)
      work_.push_back(s_->edges[e].to);
  }
}

void OrderGraph::unlink(uint32_t e) {
  Edge& edge = s_->edges[e];
  uint32_t* link = &s_->nodes[edge.from].out;
  while (*link != e) link = &s_->edges[*link].next_out;
  *link = edge.next_out;
  link = &s_->nodes[edge.to].in;
  while (*link != e) link = &s_->edges[*link].next_in;
  *link = edge.next_in;
  s_->by_ends.erase(uint64_t{edge.from} << 32 | edge.to);
  edge.next_out = s_->free_edges;
  s_->free_edges = e;
  --s_->edge_count;
}

void OrderGraph::remove_edges(uint32_t node) {
  while (const uint32_t e = s_->nodes[node].out) unlink(e);
  while (const uint32_t e = s_->nodes[node].in) unlink(e);
  s_->nodes[node].marks[0] = s_->nodes[node].marks[1] = 0;
  recompute_marks();
}

void OrderGraph::recompute_marks() {
  for (uint32_t n = 1; n <= s_->node_count; ++n)
    for (unsigned i = 0; i < 2; ++i) s_->nodes[n].above[i] = s_->nodes[n].below[i] = 0;
  for (uint32_t n = 1; n <= s_->node_count; ++n) spread(n);
}

std::vector<uint32_t> OrderGraph::neighbours(uint32_t node, bool down) const {
  std::vector<uint32_t> found;
  const Node& n = s_->nodes[node];
  for (uint32_t e = down ? n.out : n.in; e; e = down ? s_->edges[e].next_out : s_->edges[e].next_in)
    found.push_back(down ? s_->edges[e].to : s_->edges[e].from);
  return found;
}

std::vector<OrderGraph::Hop> OrderGraph::path(uint32_t root, bool weak, bool down,
                                              const Match& match) const {
  struct Step {
    Hop hop;
    size_t parent;
  };
  std::vector<Step> steps{{{root, 0, weak}, 0}};
  std::vector<bool> seen(size_t{s_->node_count} * 2 + 2);
  seen[root * 2 + weak] = true;
  auto visit = [&](size_t parent, uint32_t state, uint32_t edge) {
    if (seen[state]) return;
    seen[state] = true;
    steps.push_back({{state >> 1, edge, (state & 1) != 0}, parent});
  };
  for (size_t i = 0; i < steps.size(); ++i) {
    const Hop hop = steps[i].hop;
    if (match(hop.node, hop.weak)) {
      std::vector<Hop> found;
      for (size_t s = i; s; s = steps[s].parent) found.push_back(steps[s].hop);
      found.push_back(steps[0].hop);
      std::reverse(found.begin(), found.end());
      return found;
    }
    if (down) {
      successors(hop.node * 2 + hop.weak, [&](uint32_t s, uint32_t e) { visit(i, s, e); });
      continue;
    }
    for (uint32_t e = s_->nodes[hop.node].in; e; e = s_->edges[e].next_in) {
      const Edge& edge = s_->edges[e];
      const unsigned kinds = hop.weak ? edge.kinds & kArrivesN : edge.kinds;
      if (kinds & kLeavesE) visit(i, edge.from * 2, e);
      if (kinds & kLeavesS) visit(i, edge.from * 2 + 1, e);
    }
  }
  return {};
}

}  // namespace check

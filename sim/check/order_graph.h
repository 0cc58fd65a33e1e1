// SPDX-License-Identifier: MIT
// The order graph: "b was taken while a was held", told four ways, acyclic.
//
// It knows no locks: nodes are numbers, edges have kinds, nodes carry two sets
// of marks. What it knows is which paths count:
//
//   kind   the first end was held    the second end was taken
//   kEN    exclusively (E)           so that it may wait for readers (N)
//   kSN    shared (S)                N
//   kER    E                         as a recursive reader (R)
//   kSR    S                         R
//
// A path is strong unless some edge arrives as R and the next one leaves as S:
// a recursive reader does not wait for readers. Only strong circles deadlock.
//
// So every node has two states, reached by N or by R; an edge joins states,
// and a strong path is simply a path of states. add() keeps the states in a
// topological order (Pearce and Kelly, "A dynamic topological sort algorithm
// for directed acyclic graphs", 2006): an edge that agrees with the order costs
// O(1), one that does not costs the disagreeing part only, and one that closes
// a circle is refused and changes nothing.
//
// Marks: above(a) are the marks of everything from which a strong path leads
// to a, below(a) of everything to which one leads, each with its own; kept up
// to date as edges and marks are added. `weak` marks are what remains of a
// node's marks where the path ends at it as R, or begins at it as S.
#pragma once

#include <cstdint>
#include <functional>
#include <type_traits>
#include <vector>

#include "sim/check/address_map.h"
#include "sim/check/table.h"

namespace check {

class OrderGraph {
 public:
  enum Kind : uint8_t { kSR = 1, kER = 2, kSN = 4, kEN = 8 };
  // What a path element looks like: how it was reached (root: as asked).
  struct Hop {
    uint32_t node;
    uint32_t edge;  // by which it was reached; 0 for the root
    bool weak;      // reached as R (down), or leaves as S (up)
  };
  using Match = std::function<bool(uint32_t node, bool weak)>;

  explicit OrderGraph(sim::Arena& arena) : arena_(arena), s_(arena.make<State>()) {}

  uint32_t add_node();               // ids from 1 on
  void remove_edges(uint32_t node);  // the node stays, without marks
  // False: it would close a strong circle. `data` stays with a new edge.
  bool add(uint32_t a, uint32_t b, Kind kind, uint32_t data);
  void set_marks(uint32_t node, uint32_t marks, uint32_t weak_marks);

  uint8_t kinds(uint32_t a, uint32_t b) const;                             // 0: no edge
  uint32_t edge(uint32_t a, uint32_t b) const { return find_edge(a, b); }  // 0: none
  uint32_t data(uint32_t edge) const { return s_->edges[edge].data; }
  uint32_t above(uint32_t node, bool shared) { return s_->nodes[node].above[shared]; }
  uint32_t below(uint32_t node, bool recursive) { return s_->nodes[node].below[recursive]; }
  uint32_t nodes() const { return s_->node_count; }
  uint32_t edges() const { return s_->edge_count; }
  // Direct successors (down) or predecessors, for views.
  std::vector<uint32_t> neighbours(uint32_t node, bool down) const;

  // A shortest strong path from `root` to the first node that matches, root
  // first; empty if there is none. For reports: it allocates.
  std::vector<Hop> path(uint32_t root, bool weak, bool down, const Match& match) const;

 private:
  struct Node {
    uint32_t out, in;   // edges
    uint32_t rank[2];   // of the states N and R; 0: not placed yet
    uint32_t marks[2];  // own: all, weak
    uint32_t above[2], below[2];
  };
  struct Edge {
    uint32_t from, to, next_out, next_in, data;
    uint8_t kinds, rest[3];  // no bytes are left over, for checkpoints are compared
  };
  static_assert(std::has_unique_object_representations_v<Edge>);
  struct State {
    Table<Node> nodes;
    Table<Edge> edges;
    AddressMap<> by_ends;
    uint32_t node_count, edge_count, edge_last, free_edges, ranks;
  };
  // A state is node * 2 + (reached by R).
  uint32_t& rank(uint32_t state) { return s_->nodes[state >> 1].rank[state & 1]; }
  template <typename Visit>
  void successors(uint32_t state, Visit visit) const;
  template <typename Visit>
  void predecessors(uint32_t state, Visit visit);
  bool order(const uint32_t* from, unsigned count, uint32_t to);
  bool reach(uint32_t limit, const uint32_t* targets, unsigned count, bool down);
  void merge();
  uint32_t find_edge(uint32_t a, uint32_t b) const {
    return s_->by_ends.find(uint64_t{a} << 32 | b);
  }
  uint32_t insert_edge(uint32_t a, uint32_t b, uint32_t data);
  void unlink(uint32_t edge);
  void spread(uint32_t node);
  bool refresh_above(uint32_t node);
  bool refresh_below(uint32_t node);
  void recompute_marks();

  sim::Arena& arena_;
  State* s_;
  // Scratch of one call; nothing in it outlives the call.
  std::vector<uint32_t> work_, ahead_, behind_;
  std::vector<bool> seen_;
};

}  // namespace check

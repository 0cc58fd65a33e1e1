// SPDX-License-Identifier: MIT
#include "gui/model/ordergraph.h"

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

std::string_view cut(std::string_view& rest, char at) {
  const size_t n = std::min(rest.find(at), rest.size());
  const std::string_view part = rest.substr(0, n);
  rest.remove_prefix(std::min(n + 1, rest.size()));
  return part;
}

std::vector<OrderGraph::Edge> parse(std::string_view text) {
  std::vector<OrderGraph::Edge> edges;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    OrderGraph::Edge e{OrderGraph::kNowhere, OrderGraph::kNowhere, {}, {}, {}};
    e.held = cut(line, '\t');
    e.taken = cut(line, '\t');
    e.place = cut(line, '\t');
    e.in_cycle = line == "cycle";
    if (!e.held.empty() && !e.taken.empty()) edges.push_back(std::move(e));
  }
  return edges;
}

bool is_own(const std::string& place, const std::vector<std::string>& own_files) {
  const std::string file = place.substr(0, place.rfind(':'));
  return std::any_of(own_files.begin(), own_files.end(), [&](const std::string& own) {
    return !file.empty() && (own == file || own.ends_with("/" + file));
  });
}

size_t class_node(OrderGraph& g, const std::string& name, size_t most) {
  for (size_t i = 0; i < g.nodes.size(); ++i)
    if (g.nodes[i].name == name) return i;
  if (g.nodes.size() >= most) return OrderGraph::kNowhere;
  g.nodes.push_back({name});
  return g.nodes.size() - 1;
}

bool drawn(const OrderGraph::Edge& e) {
  return e.from != OrderGraph::kNowhere && e.to != OrderGraph::kNowhere && e.from != e.to;
}

// The longest way down to each node. The one edge that closes the circle is the
// first in the list, and goes up.
std::vector<size_t> layers_of(const OrderGraph& g) {
  std::vector<size_t> layer(g.nodes.size(), 0);
  for (size_t round = 0; round < g.nodes.size(); ++round)
    for (size_t i = g.cycle ? 1 : 0; i < g.edges.size(); ++i)
      if (const auto& e = g.edges[i]; drawn(e))
        layer[e.to] = std::min(std::max(layer[e.to], layer[e.from] + 1), g.nodes.size() - 1);
  return layer;
}

// Where the mean of what points to a node lies, so that edges cross little.
float wanted_x(const OrderGraph& g, size_t node) {
  float sum = 0, n = 0;
  for (const auto& e : g.edges)
    if (drawn(e) && e.to == node && g.nodes[e.from].y < g.nodes[node].y)
      sum += g.nodes[e.from].x, n += 1;
  return n > 0 ? sum / n : 0.5f;
}

void place(OrderGraph& g) {
  const std::vector<size_t> layer = layers_of(g);
  for (const size_t l : layer) g.layers = std::max(g.layers, l + 1);
  for (size_t l = 0; l < g.layers; ++l) {
    std::vector<size_t> here;
    for (size_t i = 0; i < g.nodes.size(); ++i)
      if (layer[i] == l) here.push_back(i);
    const float y = (static_cast<float>(l) + 0.5f) / static_cast<float>(g.layers);
    for (const size_t i : here) g.nodes[i].y = y;
    std::stable_sort(here.begin(), here.end(),
                     [&](size_t a, size_t b) { return wanted_x(g, a) < wanted_x(g, b); });
    for (size_t k = 0; k < here.size(); ++k)
      g.nodes[here[k]].x = (static_cast<float>(k) + 0.5f) / static_cast<float>(here.size());
  }
}

bool leads(const OrderGraph& g, size_t from, size_t to, size_t without) {
  std::vector<size_t> reached = {from};
  for (size_t i = 0; i < reached.size(); ++i)
    for (size_t k = 0; k < g.edges.size(); ++k) {
      const auto& e = g.edges[k];
      if (k == without || !drawn(e) || e.in_cycle || e.from != reached[i]) continue;
      if (e.to == to) return true;
      if (std::find(reached.begin(), reached.end(), e.to) == reached.end()) reached.push_back(e.to);
    }
  return false;
}

}  // namespace

OrderGraph order_graph(std::string_view text, size_t most,
                       const std::vector<std::string>& own_files) {
  OrderGraph g;
  g.edges = parse(text);
  const auto rank = [&](const OrderGraph::Edge& e) {
    return e.in_cycle ? 0 : is_own(e.place, own_files) ? 1 : 2;
  };
  std::stable_sort(g.edges.begin(), g.edges.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  for (auto& e : g.edges) {
    e.from = class_node(g, e.held, most);
    e.to = class_node(g, e.taken, most);
    g.cycle = g.cycle || e.in_cycle;
    if (!e.in_cycle) continue;
    for (const size_t n : {e.from, e.to})
      if (n != OrderGraph::kNowhere) g.nodes[n].in_cycle = true;
  }
  for (size_t k = 0; k < g.edges.size(); ++k)
    if (auto& e = g.edges[k]; drawn(e) && !e.in_cycle) e.implied = leads(g, e.from, e.to, k);
  place(g);
  return g;
}

}  // namespace gui

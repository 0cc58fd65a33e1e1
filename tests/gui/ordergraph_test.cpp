// SPDX-License-Identifier: MIT
#include "gui/model/ordergraph.h"

#include <gtest/gtest.h>

#include <map>

namespace gui {
namespace {

const std::vector<std::string> kOwn = {"somewhere/mine.c"};

std::map<std::string, OrderGraph::Node> by_name(const OrderGraph& g) {
  std::map<std::string, OrderGraph::Node> out;
  for (const auto& n : g.nodes) out[n.name] = n;
  return out;
}

TEST(OrderGraph, a_lock_stands_below_all_that_is_held_when_it_is_taken) {
  const OrderGraph g = order_graph(
      "&c\t&d\tmine.c:9\n&a\t&c\tmine.c:3\n&b\t&c\tmine.c:5\n&a\t&d\tmine.c:7\n", 10, kOwn);
  auto at = by_name(g);
  ASSERT_EQ(g.nodes.size(), 4u);
  EXPECT_EQ(g.layers, 3u);
  for (const auto& e : g.edges) EXPECT_LT(at[e.held].y, at[e.taken].y) << e.held << e.taken;
  EXPECT_NE(at["&a"].x, at["&b"].x) << "in one layer, side by side";
  EXPECT_FALSE(g.cycle);
  EXPECT_TRUE(g.edges[3].implied) << "a, c, d says it";
  EXPECT_FALSE(g.edges[1].implied);
  EXPECT_EQ(g.edges[0].place, "mine.c:9");
}

TEST(OrderGraph, the_circle_comes_first_and_only_its_nodes_are_marked) {
  const OrderGraph g =
      order_graph("&b\t&a\tmine.c:8\tcycle\n&x\t&a\tmine.c:1\n&a\t&b\tmine.c:4\tcycle\n", 10, kOwn);
  auto at = by_name(g);
  EXPECT_TRUE(g.cycle);
  EXPECT_TRUE(at["&a"].in_cycle && at["&b"].in_cycle);
  EXPECT_FALSE(at["&x"].in_cycle);
  EXPECT_TRUE(g.edges[0].in_cycle && g.edges[1].in_cycle);
  EXPECT_FALSE(g.edges[2].in_cycle);
  for (const auto& n : g.nodes) EXPECT_TRUE(n.y > 0 && n.y < 1 && n.x > 0 && n.x < 1);
}

TEST(OrderGraph, of_many_the_users_own_are_drawn_and_all_are_listed) {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += "&k" + std::to_string(i) + "\t&k" + std::to_string(i + 1) + "\tkernel/x.cpp:1\n";
  text += "&mine\t&k30\tmine.c:7\n";
  const OrderGraph g = order_graph(text, 6, kOwn);
  EXPECT_EQ(g.nodes.size(), 6u);
  EXPECT_EQ(g.edges.size(), 41u);
  EXPECT_EQ(g.edges[0].held, "&mine");
  EXPECT_TRUE(by_name(g).contains("&mine"));
  EXPECT_EQ(g.edges[40].from, OrderGraph::kNowhere);
}

TEST(OrderGraph, what_is_no_edge_is_left_out) {
  EXPECT_TRUE(order_graph("", 10, {}).edges.empty());
  EXPECT_TRUE(order_graph("nonsense\n\t\t\n", 10, {}).edges.empty());
  const OrderGraph self = order_graph("&a\t&a\tmine.c:3\tcycle\n", 10, kOwn);
  EXPECT_TRUE(self.cycle);
  EXPECT_EQ(self.nodes.size(), 1u);
}

}  // namespace
}  // namespace gui

// SPDX-License-Identifier: MIT
#include "gui/model/builder.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "gui/model/moment.h"
#include "gui/model/waitgraph.h"
#include "tests/gui/scene.h"

namespace gui {
namespace {

constexpr uint32_t kNginx = 0x20001000, kRedis = 0x20002000, kA = 0x11000100, kB = 0x11000200;

uint32_t thing(Timeline& t, Role role, uint32_t address) { return t.things.get(role, address); }

TEST(Builder, an_interrupt_nests_on_the_function_it_hit) {
  scene::Writer w(1);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx);
  w.at(10).event(0, EV_FUNC_ENTER, 0, 0, 0x11001000);
  w.at(20).event(0, EV_HARDIRQ_ENTER, 0, 24);
  w.at(25).event(0, EV_FUNC_ENTER, 0, 0, 0x11002000);
  w.at(30).event(0, EV_FUNC_EXIT);
  w.at(40).event(0, EV_HARDIRQ_EXIT, 0, 24);
  w.at(50).event(0, EV_FUNC_EXIT);
  Feed feed(1);
  scene::index(feed, w.trace);
  const Moment inside = moment_at(feed.timeline(), 27), after = moment_at(feed.timeline(), 45);
  ASSERT_EQ(inside.cpus[0].frames.size(), 4u);
  EXPECT_EQ(inside.cpus[0].frames[2].what(), Kind::kHardirq);
  ASSERT_EQ(after.cpus[0].frames.size(), 2u);
  EXPECT_EQ(after.cpus[0].frames[1].dur, 40u);
}

TEST(Builder, a_switched_out_task_gets_its_functions_back) {
  scene::Writer w(1);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx);
  w.at(10).event(0, EV_FUNC_ENTER, 0, 0, 0x11001000);
  w.at(20).event(0, EV_TASK_SWITCH, kRedis);
  w.at(30).event(0, EV_TASK_SWITCH, kNginx);
  w.at(40).event(0, EV_FUNC_EXIT);
  w.at(41).event(0, EV_TASK_SWITCH, kRedis);
  Feed feed(1);
  scene::index(feed, w.trace);
  EXPECT_EQ(moment_at(feed.timeline(), 15).cpus[0].frames.size(), 2u);
  EXPECT_EQ(moment_at(feed.timeline(), 25).cpus[0].frames.size(), 1u);
  EXPECT_EQ(moment_at(feed.timeline(), 35).cpus[0].frames.size(), 2u);
  EXPECT_EQ(moment_at(feed.timeline(), 40).cpus[0].frames.size(), 1u);
}

TEST(Builder, a_trylock_that_tells_twice_holds_once) {
  constexpr uint64_t kTry = LOCK_ARG(0, 1, 1, 1), kRead = LOCK_ARG(0, 0, 1, 1);
  scene::Writer w(1);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx);
  w.at(10).event(0, EV_LOCK_ACQUIRE, kA, kTry).event(0, EV_LOCK_ACQUIRED, kA);
  w.at(20).event(0, EV_LOCK_RELEASE, kA);
  // One that tells once, and another reader's turn of the same task within it.
  w.at(30).event(0, EV_LOCK_ACQUIRE, kA, kTry);
  w.at(40).event(0, EV_LOCK_ACQUIRE, kA, kRead).event(0, EV_LOCK_ACQUIRED, kA);
  w.at(50).event(0, EV_LOCK_RELEASE, kA);
  w.at(60).event(0, EV_LOCK_RELEASE, kA);
  Feed feed(1);
  scene::index(feed, w.trace);
  EXPECT_EQ(feed.timeline().locks[0].acquisitions, 3u);
  EXPECT_EQ(moment_at(feed.timeline(), 15).locks[0].holders.size(), 1u);
  EXPECT_EQ(moment_at(feed.timeline(), 25).locks[0].holders.size(), 0u);
  EXPECT_EQ(moment_at(feed.timeline(), 45).locks[0].holders.size(), 2u);
  EXPECT_EQ(moment_at(feed.timeline(), 70).locks[0].holders.size(), 0u);
}

void contend(scene::Writer& w) {
  w.at(0).event(0, EV_TASK_SWITCH, kNginx).event(1, EV_TASK_SWITCH, kRedis);
  w.at(10).event(0, EV_LOCK_ACQUIRE, kA).event(0, EV_LOCK_ACQUIRED, kA);
  w.at(20).event(1, EV_LOCK_ACQUIRE, kA).event(1, EV_LOCK_CONTENDED, kA);
  w.at(21).event(1, EV_SPIN_BEGIN, kA + 4);
  w.at(50).event(0, EV_LOCK_RELEASE, kA);
  w.at(55).event(1, EV_SPIN_END, kA + 4, 1);
  w.at(56).event(1, EV_LOCK_ACQUIRED, kA);
}

TEST(Builder, holder_and_waiter_are_told_apart) {
  scene::Writer w(2);
  contend(w);
  Feed feed(2);
  scene::index(feed, w.trace);
  Timeline& t = feed.timeline();
  const Moment m = moment_at(t, 30);
  ASSERT_EQ(m.locks.size(), 1u);
  ASSERT_EQ(m.locks[0].holders.size(), 1u);
  EXPECT_EQ(m.locks[0].holders[0].ref, thing(t, Role::kTask, kNginx));
  ASSERT_EQ(m.locks[0].waiters.size(), 1u);
  EXPECT_EQ(m.locks[0].waiters[0].cpu, 1u);
  EXPECT_EQ(m.cpus[1].waits_for, thing(t, Role::kLock, kA));
  EXPECT_EQ(m.cpus[0].holds, 1u);
  // One waiting frame, not two: the parked loop inside belongs to the lock.
  EXPECT_EQ(m.cpus[1].frames.size(), 2u);
  EXPECT_EQ(t.locks[0].longest_wait, 36u);
  EXPECT_EQ(t.locks[0].longest_hold, 40u);
  ASSERT_EQ(t.flows.size(), 1u);
  EXPECT_EQ(t.flows[0].kind, FlowKind::kHandoff);
  EXPECT_EQ(moment_at(t, 60).locks[0].holders[0].cpu, 1u);
}

TEST(Builder, a_trylock_that_succeeds_holds) {
  scene::Writer w(1);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx);
  w.at(5).event(0, EV_LOCK_ACQUIRE, kA, LOCK_ARG(0, 1, 0, 1));
  w.at(9).event(0, EV_LOCK_RELEASE, kA);
  w.at(10).event(0, EV_FUNC_ENTER);
  Feed feed(1);
  scene::index(feed, w.trace);
  EXPECT_EQ(moment_at(feed.timeline(), 7).locks[0].holders.size(), 1u);
  EXPECT_TRUE(moment_at(feed.timeline(), 9).locks[0].holders.empty());
}

TEST(WaitGraph, a_cycle_is_found_and_ringed) {
  scene::Writer w(2);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx).event(1, EV_TASK_SWITCH, kRedis);
  w.at(1).event(0, EV_LOCK_ACQUIRED, kA).event(1, EV_LOCK_ACQUIRED, kB);
  w.at(2).event(0, EV_LOCK_CONTENDED, kB);
  w.at(3).event(1, EV_LOCK_CONTENDED, kA);
  Feed feed(2);
  scene::index(feed, w.trace);
  Timeline& t = feed.timeline();
  const WaitGraph before = wait_graph(t, moment_at(t, 2)), after = wait_graph(t, moment_at(t, 3));
  EXPECT_FALSE(before.cycle);
  EXPECT_TRUE(after.cycle);
  EXPECT_EQ(after.nodes.size(), 4u);
  for (const auto& node : after.nodes) EXPECT_TRUE(node.in_cycle);
  for (const auto& edge : after.edges) EXPECT_TRUE(edge.in_cycle);
}

TEST(WaitGraph, who_wants_what_is_held_waits_before_it_has_tried) {
  scene::Writer w(2);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx).event(1, EV_TASK_SWITCH, kRedis);
  w.at(1).event(0, EV_LOCK_ACQUIRED, kA).event(0, EV_LOCK_ACQUIRE, kB);
  w.at(2).event(1, EV_LOCK_ACQUIRED, kB).event(1, EV_LOCK_ACQUIRE, kA);
  w.at(3).event(1, EV_LOCK_CONTENDED, kA);
  Feed feed(2);
  scene::index(feed, w.trace);
  EXPECT_TRUE(wait_graph(feed.timeline(), moment_at(feed.timeline(), 3)).cycle);
  EXPECT_EQ(feed.timeline().contentions.size(), 1u);
}

TEST(WaitGraph, one_that_waits_for_itself_is_a_cycle) {
  scene::Writer w(1);
  w.at(0).event(0, EV_TASK_SWITCH, kNginx).event(0, EV_LOCK_ACQUIRED, kA);
  w.at(1).event(0, EV_HARDIRQ_ENTER, 0, 24);
  w.at(2).event(0, EV_LOCK_CONTENDED, kA, 0, 0, sim::Level::kHardirq);
  Feed feed(1);
  scene::index(feed, w.trace);
  EXPECT_TRUE(wait_graph(feed.timeline(), moment_at(feed.timeline(), 2)).cycle);
}

scene::Writer random_world(uint32_t seed, size_t n) {
  constexpr unsigned kKinds[] = {
      EV_FUNC_ENTER,     EV_FUNC_EXIT,     EV_HARDIRQ_ENTER, EV_HARDIRQ_EXIT, EV_TASK_SWITCH,
      EV_LOCK_CONTENDED, EV_LOCK_ACQUIRED, EV_LOCK_RELEASE,  EV_IRQS_OFF,     EV_IRQS_ON,
      EV_RCU_LOCK,       EV_RCU_UNLOCK,    EV_SPIN_BEGIN,    EV_SPIN_END,     EV_TASK_WAKE,
      EV_SOFTIRQ_ENTER,  EV_SOFTIRQ_EXIT,  EV_RCU_GP_START};
  std::mt19937 random(seed);
  scene::Writer w(3);
  for (size_t i = 0; i < n; ++i) {
    const unsigned kind = kKinds[random() % std::size(kKinds)];
    const auto pick = [&](uint32_t below) { return static_cast<uint32_t>(random() % below); };
    w.at(w.time + pick(50));
    w.event(pick(3), kind, kA + pick(4) * 64, pick(8), 0x11001000 + pick(9));
  }
  return w;
}

std::vector<std::vector<Interval>> contents(const Timeline& t) {
  std::vector<std::vector<Interval>> out;
  for (const Track& track : t.tracks) {
    out.emplace_back();
    for (size_t i = 0; i < track.size(); ++i) out.back().push_back(track[i]);
  }
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

bool same(const std::vector<std::vector<Interval>>& a,
          const std::vector<std::vector<Interval>>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].size() != b[i].size()) return false;
    for (size_t k = 0; k < a[i].size(); ++k)
      if (std::memcmp(&a[i][k], &b[i][k], sizeof(Interval)) != 0) return false;
  }
  return true;
}

TEST(Feed, a_rewritten_index_equals_a_fresh_one) {
  const scene::Writer w = random_world(5, 60'000);
  Feed fresh(3), again(3);
  scene::index(fresh, w.trace);
  scene::index(again, w.trace);
  for (const uint64_t step : {59'999u, 40'000u, 20'000u, 3u}) {
    again.rewrite(step);
    EXPECT_LE(again.timeline().last_step, step);
    scene::index(again, w.trace);
    EXPECT_EQ(again.timeline().events, fresh.timeline().events);
    EXPECT_TRUE(same(contents(again.timeline()), contents(fresh.timeline())));
  }
}

TEST(Feed, small_portions_make_the_same_index) {
  const scene::Writer w = random_world(6, 5'000);
  Feed whole(3), bits(3);
  scene::index(whole, w.trace);
  for (bool more = true; more;) {
    more = bits.collect(w.trace, 7);
    more = bits.drain(5) || more;
  }
  EXPECT_EQ(bits.timeline().events, whole.timeline().events);
  EXPECT_TRUE(same(contents(bits.timeline()), contents(whole.timeline())));
}

TEST(Timeline, steps_and_times_agree) {
  const scene::Writer w = random_world(8, 5'000);
  Feed feed(3);
  scene::index(feed, w.trace);
  const Timeline& t = feed.timeline();
  uint64_t before = 0;
  for (uint64_t time = 0; time < t.last_time; time += 997) {
    const uint64_t step = t.step_at(time);
    EXPECT_GE(step, before);
    EXPECT_LE(t.time_at(step), time);
    before = step;
  }
}

}  // namespace
}  // namespace gui

// SPDX-License-Identifier: MIT
// Exports, read back as a viewer would: valid JSON, slices that nest on every
// track, times that never go back, arrows with both ends.
#include "sim/run/perfetto.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>

#include "sim/core/error.h"
#include "sim/run/cache.h"
#include "sim/run/file.h"
#include "tests/lanes/fake_view.h"

namespace {

using namespace test;
using Json = nlohmann::json;
using Key = std::pair<int, int>;

// What a viewer makes of it; fails the test where a viewer would complain.
struct Viewer {
  explicit Viewer(const FakeView& view) {
    std::ostringstream out;
    run::write_perfetto(view, out);
    const Json file = Json::parse(out.str());
    for (const Json& event : file["traceEvents"]) read(event);
    for (const auto& [track, stack] : open) EXPECT_TRUE(stack.empty()) << "never ended";
    for (const auto& [id, n] : spans) EXPECT_EQ(n, 0) << id;
  }

  void read(const Json& e) {
    const std::string phase = e["ph"], name = e.value("name", "");
    const Key track{e["pid"], e["tid"]};
    const double ts = e["ts"];
    if (phase == "M") {
      if (name == "thread_name") names[track] = e["args"]["name"];
      return;
    }
    if (phase == "b") {
      ++spans[e["id"]];
      span_names.insert(name);
      return;
    }
    if (phase == "e") {
      EXPECT_GE(--spans[e["id"]], 0) << e;
      return;
    }
    EXPECT_GE(ts, last[track]) << e;
    last[track] = ts;
    auto& stack = open[track];
    if (phase == "B") {
      stack.push_back(name);
      std::string path;
      for (const std::string& part : stack) path += "/" + part;
      slices[track].push_back(path);
    } else if (phase == "E") {
      ASSERT_FALSE(stack.empty()) << e;
      stack.pop_back();
    } else if (phase == "s") {
      EXPECT_TRUE(flows.insert(e["id"].get<int>()).second) << e;
    } else if (phase == "f") {
      EXPECT_TRUE(flows.contains(e["id"].get<int>())) << e;
      arrows.push_back(name + " to " + names[track]);
    } else {
      EXPECT_EQ(phase, "i") << e;
    }
  }

  std::map<Key, std::string> names;
  std::map<Key, double> last;
  std::map<Key, std::vector<std::string>> open, slices;
  std::map<std::string, int> spans;
  std::set<std::string> span_names;
  std::set<int> flows;
  std::vector<std::string> arrows;
};

TEST(Perfetto, frames_nest_and_go_with_their_task) {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(0, 2, EV_FUNC_ENTER, 0, 0, kUserPc + 4);
  r.add(0, 3, EV_HARDIRQ_ENTER, 0, 4);
  r.add(0, 4, EV_HARDIRQ_EXIT, 0, 4);
  r.add(0, 5, EV_TASK_SWITCH, kTaskIdle);
  r.add(1, 6, EV_TASK_SWITCH, kTaskAb);
  r.add(1, 7, EV_FUNC_EXIT);
  r.add(1, 8, EV_TASK_SWITCH, kTaskBa);
  const Viewer v(r);
  EXPECT_EQ(v.slices.at({1, 0}),
            (std::vector<std::string>{"/ab/0/5", "/ab/0/5/worker()", "/ab/0/5/worker()/hardirq 4",
                                      "/swapper/0/0"}));
  EXPECT_EQ(v.slices.at({1, 1}),
            (std::vector<std::string>{"/ab/0/5", "/ab/0/5/worker()", "/ba/1/6"}));
  EXPECT_EQ(v.names.at({1, 1}), "CPU 1");
}

TEST(Perfetto, locks_show_holder_and_waiter_and_the_hand_over) {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(1, 1, EV_TASK_SWITCH, kTaskBa);
  take(r, 0, 2, kLockA, 10);
  r.add(1, 4, EV_LOCK_ACQUIRE, kLockA, 0, kUserPc + 20);
  r.add(1, 4, EV_LOCK_CONTENDED, kLockA, 0, kUserPc + 20);
  r.add(0, 5, EV_LOCK_RELEASE, kLockA, 0, kUserPc + 11);
  r.add(1, 6, EV_LOCK_ACQUIRED, kLockA, 0, kUserPc + 20);
  const Viewer v(r);
  EXPECT_EQ(v.names.at({2, 1}), "&s.a");
  EXPECT_EQ(v.slices.at({2, 1}), (std::vector<std::string>{"/ab/0/5", "/ba/1/6"}));
  EXPECT_EQ(v.slices.at({1, 1}), (std::vector<std::string>{"/ba/1/6", "/ba/1/6/waits for &s.a"}));
  EXPECT_TRUE(v.span_names.contains("ba/1/6 waits for &s.a"));
  EXPECT_EQ(v.arrows, std::vector<std::string>{"hand-over to CPU 1"});
}

TEST(Perfetto, a_holder_that_the_clocks_put_before_its_predecessor_follows_it) {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(1, 1, EV_TASK_SWITCH, kTaskBa);
  take(r, 0, 2, kLockA, 10);
  r.add(0, 5, EV_LOCK_RELEASE, kLockA).time = 90'000;
  take(r, 1, 6, kLockA, 20);  // CPU 1's clock is behind: 7 us
  EXPECT_EQ(Viewer(r).slices.at({2, 1}), (std::vector<std::string>{"/ab/0/5", "/ba/1/6"}));
}

TEST(Perfetto, readers_overlap_and_a_writer_may_become_one) {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(1, 1, EV_TASK_SWITCH, kTaskBa);
  take(r, 0, 2, kLockA, 10);
  r.add(0, 4, EV_LOCK_DOWNGRADE, kLockA);
  take(r, 1, 5, kLockA, 20, LOCK_ARG(0, 0, 1, 1));
  r.add(0, 7, EV_LOCK_RELEASE, kLockA);
  const Viewer v(r);
  EXPECT_EQ(v.slices.at({2, 1}), std::vector<std::string>{"/ab/0/5"});
  EXPECT_TRUE(v.span_names.contains("ab/0/5 reads under &s.a"));
  EXPECT_TRUE(v.span_names.contains("ba/1/6 reads under &s.a"));
}

TEST(Perfetto, a_wake_up_points_to_where_the_task_runs) {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(0, 2, EV_TASK_WAKE, kTaskBa, 1);
  r.add(1, 3, EV_TASK_SWITCH, kTaskIdle);
  r.add(1, 4, EV_TASK_SWITCH, kTaskBa);
  EXPECT_EQ(Viewer(r).arrows, std::vector<std::string>{"wake-up to CPU 1"});
}

TEST(Perfetto, grace_periods_have_a_track) {
  FakeView r(1);
  r.add(0, 1, EV_RCU_LOCK, kLockB);
  r.add(0, 2, EV_RCU_GP_START, kLockB, 7);
  r.add(0, 3, EV_RCU_UNLOCK, kLockB);
  r.add(0, 4, EV_RCU_QS, kLockB, 0);
  r.add(0, 5, EV_RCU_GP_END, kLockB, 7);
  const Viewer v(r);
  EXPECT_EQ(v.slices.at({3, 0}), std::vector<std::string>{"/grace period 7"});
  EXPECT_EQ(v.names.at({3, 0}), "&s.b");
  EXPECT_TRUE(v.span_names.contains("boot reads"));
}

TEST(Perfetto, any_events_make_a_file_that_can_be_read) {
  std::mt19937 random(7);
  for (unsigned round = 0; round < 30; ++round) {
    FakeView r(3);
    for (unsigned i = 0; i < 2000; ++i) {
      const uint32_t objects[] = {kLockA, kLockB, kTaskAb, kTaskBa, kTaskIdle, 0};
      auto& e = r.add(static_cast<unsigned>(random() % 3), i, static_cast<unsigned>(random() % 142),
                      objects[random() % 6], random() % 4, kUserPc + i % 50);
      e.context |= static_cast<uint8_t>(random() % 4);
    }
    const Viewer v(r);
    ASSERT_FALSE(HasFailure()) << round;
  }
}

TEST(Perfetto, the_same_run_gives_the_same_file_and_it_appears_whole) {
  const run::ScratchFolder scratch(std::filesystem::temp_directory_path());
  FakeView r(2);
  take(r, 0, 2, kLockA, 10);
  take(r, 1, 2, kLockB, 10);
  run::export_perfetto(r, scratch.path() / "a.json");
  run::export_perfetto(r, scratch.path() / "b.json");
  EXPECT_EQ(run::read_file(scratch.path() / "a.json"), run::read_file(scratch.path() / "b.json"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 2);
  EXPECT_THROW(run::export_perfetto(r, scratch.path() / "no" / "c.json"), sim::UserError);
}

}  // namespace

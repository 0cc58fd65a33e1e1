// SPDX-License-Identifier: MIT
#include "gui/model/feed.h"

#include <gtest/gtest.h>

#include "gui/model/pace.h"
#include "tests/gui/scene.h"

namespace gui {
namespace {

void fill(scene::Writer& w, uint64_t events) {
  for (uint64_t i = 0; i < events; ++i)
    w.at(i * 10).event(static_cast<unsigned>(i % 2), EV_IRQ_RAISE, 0, i % 200);
}

TEST(Feed, a_small_budget_leaves_the_index_behind_and_nothing_out) {
  scene::Writer w(2);
  fill(w, 1000);
  Feed feed(2);
  EXPECT_TRUE(feed.collect(w.trace, 300));
  EXPECT_EQ(feed.behind(), 1000u);
  while (feed.drain(100)) {
  }
  EXPECT_EQ(feed.behind() + feed.timeline().events, 1000u);
  EXPECT_GT(feed.behind(), 600u);
  scene::index(feed, w.trace);
  EXPECT_EQ(feed.behind(), 0u);
  EXPECT_EQ(feed.timeline().events, 1000u);
  EXPECT_EQ(feed.lost(), 0u);
}

TEST(Feed, a_machine_that_went_back_is_not_ahead) {
  scene::Writer w(2);
  fill(w, 1000);
  Feed feed(2);
  scene::index(feed, w.trace);
  for (unsigned cpu = 0; cpu < 2; ++cpu) w.trace.lane(cpu).truncate(100);
  feed.collect(w.trace, 1000);
  EXPECT_EQ(feed.behind(), 0u);
  EXPECT_EQ(feed.timeline().events, 1000u) << "the known future stays";
}

TEST(Feed, what_the_trace_dropped_unread_is_counted) {
  constexpr uint64_t kEvents = 12 * sim::Lane::kChunkEvents;
  scene::Writer w(1);
  w.trace.set_budget(4 * sim::Lane::kChunkEvents * sizeof(sim::Event));
  for (uint64_t i = 0; i < kEvents; ++i) w.at(i).event(0, EV_IRQ_RAISE);
  Feed feed(1);
  scene::index(feed, w.trace);
  EXPECT_EQ(feed.lost(), w.trace.lane(0).first());
  EXPECT_GT(feed.lost(), 0u);
  EXPECT_EQ(feed.timeline().events + feed.lost(), kEvents);
}

TEST(Pace, a_frame_gets_what_fits_into_its_time) {
  Pace pace;
  for (int i = 0; i < 200; ++i) pace.took(50'000, 50'000 * 100e-6);
  EXPECT_NEAR(static_cast<double>(pace.events(true)), Pace::kRunningMs * 1e6 / 100, 300);
  EXPECT_GT(pace.events(false), pace.events(true));
  pace.took(50'000, 1e9);
  EXPECT_GE(pace.events(true), Pace::kLeast) << "it goes on, however slow";
}

}  // namespace
}  // namespace gui

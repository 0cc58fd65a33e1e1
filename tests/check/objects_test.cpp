// SPDX-License-Identifier: MIT
#include "sim/check/objects.h"

#include <gtest/gtest.h>

#include "tests/check/fake_bench.h"

namespace {

constexpr uint32_t kHead = HW_RAM_START + 0x1000;
constexpr uint64_t kFunction = 5000;

struct ObjectsTest : testing::Test {
  sim::Arena arena{size_t{1} << 24};
  FakeBench bench;
  check::Objects objects{arena, bench};

  void SetUp() override {
    bench.add(objects);
    bench.run(0, 12);
  }
};

TEST_F(ObjectsTest, queued_once_called_and_freed_is_clean) {
  for (int round = 0; round < 3; ++round) {
    bench.event(0, EV_RCU_QUEUE, kHead + 16, kFunction);
    EXPECT_EQ(objects.answer(HW_ASK_OBJECT_ACTIVE, kHead + 16, 0), 1);
    bench.event(1, EV_RCU_INVOKE, kHead + 16, kFunction);
    EXPECT_EQ(objects.answer(HW_ASK_OBJECT_ACTIVE, kHead + 16, 0), 0);
  }
  bench.event(0, EV_FREE, kHead, 64);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(ObjectsTest, a_head_queued_twice_is_told) {
  bench.event(0, EV_RCU_QUEUE, kHead, kFunction);
  bench.event(1, EV_RCU_QUEUE, kHead, kFunction);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title().find("ODEBUG: activate active (active state 1) object type: rcu_head"),
            0u);
}

TEST_F(ObjectsTest, memory_freed_with_something_queued_in_it_is_told) {
  bench.event(0, EV_WORK_QUEUE, kHead + 24, kFunction);
  bench.event(0, EV_RCU_QUEUE, kHead + 64, kFunction);  // of a neighbour
  bench.event(0, EV_FREE, kHead, 64);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title().find("ODEBUG: free active (active state 0) object type: work_struct"),
            0u);
}

}  // namespace

// SPDX-License-Identifier: MIT
#include "sim/check/lifetime.h"

#include <gtest/gtest.h>

#include "cpu/hw.h"
#include "tests/check/fake_bench.h"

namespace {

constexpr uint32_t kObject = HW_RAM_START + 0x1000;

struct LifetimeTest : testing::Test {
  sim::Arena arena{size_t{1} << 24};
  FakeBench bench;
  check::Lifetime lifetime{arena, bench};

  void SetUp() override {
    bench.add(lifetime);
    bench.run(0, 12);
  }
  void alloc(uint32_t at, uint32_t size, uint32_t pc = 10) {
    bench.event(0, EV_ALLOC, at, size, pc);
  }
  void free(uint32_t at, uint32_t pc = 20) { bench.event(0, EV_FREE, at, 0, pc); }
  void touch(uint32_t at, uint32_t size, uint32_t pc = 30, unsigned kind = EV_READ) {
    sim::Event e{};
    e.kind = kind & 0xff;
    e.object = at;
    e.pc = pc;
    e.info = size & 31;
    if (size > 16) e.info = 31, e.arg = size;
    lifetime.on_event(e);
  }
  void reported(const std::string& title) {
    ASSERT_EQ(bench.reports.size(), 1u);
    EXPECT_EQ(bench.title(), title);
  }
};

TEST_F(LifetimeTest, use_within_life_and_bounds_is_clean) {
  alloc(kObject, 40);
  for (uint32_t i = 0; i < 40; ++i) touch(kObject + i, 1);
  touch(kObject, 40);
  free(kObject);
  alloc(kObject, 64);
  touch(kObject + 56, 8);
  free(kObject);
  bench.event(0, EV_EXIT_DONE);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(LifetimeTest, use_after_free_names_who_allocated_and_who_freed) {
  alloc(kObject, 40);
  free(kObject);
  touch(kObject + 8, 4, 30, EV_WRITE);
  reported("BUG: KASAN: use-after-free in f30+0x0/0x10");
  EXPECT_EQ(bench.reports[0].finding.kind, "use-after-free");
  EXPECT_EQ(bench.text(), std::string(66, '=') +
                              "\nBUG: KASAN: use-after-free in f30+0x0/0x10\n"
                              "Write of size 4 at addr 0000000020001008 by task t/12\n"
                              "\n"
                              "CPU: 0 PID: 12 Comm: t Not tainted 6.1.0-lockstep #1\n"
                              "Call Trace:\n <TASK>\n </TASK>\n"
                              "\n"
                              "Allocated by task 12:\n f10+0x0/0x10\n\n"
                              "Freed by task 12:\n f20+0x0/0x10\n\n"
                              "The buggy address belongs to the object at 0000000020001000\n"
                              " which belongs to the cache kmalloc-64 of size 64\n"
                              "The buggy address is located 8 bytes inside of\n"
                              " 40-byte region [0000000020001000, 0000000020001028)\n" +
                              std::string(66, '=') + "\n");
}

TEST_F(LifetimeTest, the_allocator_may_poison_what_it_frees) {
  alloc(kObject, 40);
  free(kObject);
  const std::string line = "kernel/core/slab.cpp:9";
  bench.lines[40] = line;
  bench.stack = {40, 41};
  touch(kObject, 40, 40, EV_WRITE);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(LifetimeTest, out_of_bounds_in_the_red_zone) {
  alloc(kObject, 40);
  alloc(kObject + 64, 64);
  touch(kObject + 36, 8);
  reported("BUG: KASAN: slab-out-of-bounds in f30+0x0/0x10");
  touch(kObject + 41, 1, 31);
  EXPECT_EQ(bench.reports.size(), 2u);
  EXPECT_NE(bench.text().find("located 1 bytes to the right of\n 40-byte region"),
            std::string::npos);
  touch(kObject + 64, 8, 32);
  EXPECT_EQ(bench.reports.size(), 2u);
}

TEST_F(LifetimeTest, a_red_zone_does_not_hide_an_odd_neighbour) {
  alloc(kObject + 40, 40);
  alloc(kObject, 40);
  touch(kObject + 40, 8);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(LifetimeTest, double_free_and_invalid_free) {
  alloc(kObject, 40);
  free(kObject);
  free(kObject, 21);
  reported("BUG: KASAN: double-free in f21+0x0/0x10");
  bench.reports.clear();
  alloc(kObject, 40);
  free(kObject + 8, 22);
  reported("BUG: KASAN: invalid-free in f22+0x0/0x10");
}

TEST_F(LifetimeTest, leaks_of_the_module_are_told_at_its_exit) {
  alloc(kObject, 40, HW_MODULE_BASE + 4);
  alloc(kObject + 64, 40, HW_KERNEL_BASE + 4);
  alloc(kObject + 128, 40, HW_MODULE_BASE + 8);
  free(kObject + 128);
  bench.event(0, EV_EXIT_DONE);
  reported("unreferenced objects after module_exit: 1 never freed");
}

TEST_F(LifetimeTest, a_free_that_readers_may_still_see_is_told_apart) {
  alloc(kObject, 40);
  bench.event(1, EV_RCU_LOCK);
  free(kObject);
  touch(kObject, 4);
  EXPECT_NE(bench.reports.at(0).finding.explain.find("kfree_rcu"), std::string::npos);
}

TEST_F(LifetimeTest, steady_use_takes_no_more_memory) {
  for (int i = 0; i < 100; ++i) alloc(kObject, 40), free(kObject);
  const size_t used = arena.used();
  for (int i = 0; i < 10000; ++i) alloc(kObject, 40), free(kObject);
  EXPECT_EQ(arena.used(), used);
}

}  // namespace

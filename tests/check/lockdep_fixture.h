// SPDX-License-Identifier: MIT
// A validator on a fake bench, and short words for what happens there.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "cpu/hw.h"
#include "sim/check/lockdep.h"
#include "tests/check/fake_bench.h"

inline constexpr unsigned kHard = EV_HARDIRQ_ENTER, kHardEnd = EV_HARDIRQ_EXIT;
inline constexpr unsigned kSoft = EV_SOFTIRQ_ENTER, kSoftEnd = EV_SOFTIRQ_EXIT;

struct LockdepTest : testing::Test {
  sim::Arena arena{size_t{1} << 26};
  FakeBench bench;
  check::Lockdep lockdep{arena, bench};

  void SetUp() override {
    bench.add(lockdep);
    for (unsigned cpu = 0; cpu < 4; ++cpu) bench.run(cpu, 12 + cpu);
    bench.stack = {77};
  }
  void one(unsigned cpu, uint32_t a, unsigned read = 0) {
    bench.lock(cpu, a, 0, read);
    bench.release(cpu, a);
  }
  // a, then b under it, then neither.
  void nested(unsigned cpu, uint32_t a, uint32_t b, unsigned read_a = 0, unsigned read_b = 0) {
    bench.lock(cpu, a, 10 + a, read_a);
    bench.lock(cpu, b, 10 + b, read_b);
    bench.release(cpu, b);
    bench.release(cpu, a);
  }
  void in(unsigned kind, uint32_t lock, unsigned read = 0, unsigned cpu = 0) {
    bench.enter(cpu, kind);
    bench.lock(cpu, lock, 50, read);
    bench.release(cpu, lock);
    bench.exit(cpu, kind == kHard ? kHardEnd : kind == kSoft ? kSoftEnd : unsigned{EV_NMI_EXIT});
  }
  void irqs_off(unsigned cpu, auto body) {
    bench.irqs(cpu, false);
    body();
    bench.irqs(cpu, true);
  }
  void clean() { EXPECT_TRUE(bench.reports.empty()) << bench.text(); }
  void reported(const std::string& title) {
    ASSERT_EQ(bench.reports.size(), 1u) << bench.text();
    EXPECT_EQ(bench.title(), title) << bench.text();
    EXPECT_FALSE(bench.reports[0].finding.explain.empty());
  }
};

inline constexpr const char* kCircular = "WARNING: possible circular locking dependency detected";
inline constexpr const char* kRecursive = "WARNING: possible recursive locking detected";
inline constexpr const char* kInconsistent = "WARNING: inconsistent lock state";
inline constexpr const char* kInversion =
    "WARNING: possible irq lock inversion dependency detected";
inline constexpr const char* kHardOrder =
    "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected";
inline constexpr const char* kWaitContext = "[ BUG: Invalid wait context ]";

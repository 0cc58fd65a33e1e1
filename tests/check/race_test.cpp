// SPDX-License-Identifier: MIT
#include "sim/check/race.h"

#include <gtest/gtest.h>

#include "tests/check/fake_bench.h"

namespace {

constexpr uint32_t kData = HW_MODULE_BASE + 0x8000, kFlag = kData + 64, kLock = kData + 128;
constexpr uint32_t kPc = HW_MODULE_BASE;  // of user code

struct RaceTest : testing::Test {
  sim::Arena arena{size_t{1} << 24};
  FakeBench bench;
  check::Race race{arena, bench};

  void SetUp() override {
    bench.add(race);
    bench.run(0, 12);
    bench.run(1, 13);
    bench.run(2, 14);
  }
  void access(unsigned cpu, unsigned kind, uint32_t at, uint32_t size = 4, uint32_t pc = kPc,
              unsigned flags = 0, unsigned order = HW_ONCE) {
    sim::Event e{};
    e.kind = kind & 0xff;
    e.cpu = cpu & 0xff;
    e.step = ++bench.step_ & 0xffffffffffff;
    e.object = at;
    e.pc = pc + cpu;
    e.info = (size | flags) & 0xff;
    e.context = (static_cast<unsigned>(bench.actor(cpu).level) | order << 4) & 0xff;
    e.arg = uint64_t{2} << 32 | 1;
    race.on_event(e);
  }
  void write(unsigned cpu, uint32_t at = kData, uint32_t size = 4) {
    access(cpu, EV_WRITE, at, size, kPc, sim::Event::kPair);
  }
  void read(unsigned cpu, uint32_t at = kData) { access(cpu, EV_READ, at); }
  void marked(unsigned cpu, unsigned kind, unsigned order, uint32_t at = kFlag, uint32_t size = 4) {
    access(cpu, kind, at, size, kPc, 0, order);
  }
  void fence(unsigned cpu, unsigned which) { bench.event(cpu, EV_FENCE, 0, which); }
  void locked(unsigned cpu, auto body) {
    marked(cpu, EV_RMW, HW_ACQUIRE, kLock);
    bench.lock(cpu, 1);
    body();
    bench.release(cpu, 1);
    marked(cpu, EV_STORE, HW_RELEASE, kLock);
  }
  size_t races() const { return bench.reports.size(); }
};

TEST_F(RaceTest, two_plain_writes_race) {
  write(0);
  write(1);
  ASSERT_EQ(races(), 1u);
  const check::Finding& f = bench.reports[0].finding;
  EXPECT_EQ(f.kind, "data-race");
  EXPECT_EQ(f.title, "BUG: KCSAN: data-race in f285212672 / f285212673");
  EXPECT_EQ(f.text, std::string(66, '=') +
                        "\nBUG: KCSAN: data-race in f285212672 / f285212673\n\n"
                        "write to 0x0000000011008000 of 4 bytes by task 12 on cpu 0:\n"
                        " f285212672+0x0/0x10\n\n"
                        "write to 0x0000000011008000 of 4 bytes by task 13 on cpu 1:\n"
                        " f285212673+0x0/0x10\n\n"
                        "value changed: 0x00000001 -> 0x00000002\n\n"
                        "Reported by Kernel Concurrency Sanitizer on:\n"
                        "CPU: 1 PID: 13 Comm: t Not tainted 6.1.0-lockstep #1\n" +
                        std::string(66, '=') + "\n");
  EXPECT_EQ(f.steps.size(), 2u);
  write(0);
  EXPECT_EQ(races(), 1u) << "a pair is told once";
}

TEST_F(RaceTest, readers_and_one_cpu_do_not_race) {
  read(0);
  read(1);
  write(2, kData + 8);
  read(2, kData + 8);
  EXPECT_EQ(races(), 0u);
}

TEST_F(RaceTest, a_common_lock_orders_and_a_missing_one_does_not) {
  for (int i = 0; i < 10; ++i)
    for (unsigned cpu = 0; cpu < 3; ++cpu) locked(cpu, [&] { read(cpu), write(cpu); });
  EXPECT_EQ(races(), 0u);
  write(1);
  ASSERT_EQ(races(), 1u);
  EXPECT_NE(bench.reports[0].finding.explain.find("under &l1 and at"), std::string::npos);
  EXPECT_NE(bench.reports[0].finding.explain.find("under no lock"), std::string::npos);
}

TEST_F(RaceTest, release_and_acquire_of_a_flag_order) {
  write(0);
  marked(0, EV_STORE, HW_RELEASE);
  marked(1, EV_LOAD, HW_ACQUIRE);
  read(1);
  EXPECT_EQ(races(), 0u);
  read(2);
  EXPECT_EQ(races(), 1u) << "CPU 2 never looked at the flag";
}

TEST_F(RaceTest, a_bare_store_publishes_nothing) {
  write(0);
  marked(0, EV_STORE, HW_ONCE);
  marked(1, EV_LOAD, HW_ACQUIRE);
  read(1);
  EXPECT_EQ(races(), 1u);
}

TEST_F(RaceTest, a_bare_load_receives_nothing_but_an_address) {
  write(0);
  marked(0, EV_STORE, HW_RELEASE, kFlag, 8);
  marked(1, EV_LOAD, HW_ONCE, kFlag, 8);
  read(1);
  EXPECT_EQ(races(), 0u) << "rcu_dereference()";
  marked(2, EV_LOAD, HW_ONCE, kFlag, 4);
  read(2);
  EXPECT_EQ(races(), 1u);
}

TEST_F(RaceTest, fences_make_bare_accesses_strong) {
  for (const unsigned writer : {HW_WMB, HW_MB, HW_RMB})
    for (const unsigned reader : {HW_RMB, HW_MB, HW_WMB}) {
      const uint32_t at = kData + 0x100 + 64 * (3 * writer + reader);
      write(0, at);
      fence(0, writer);
      marked(0, EV_STORE, HW_ONCE, at + 16);
      marked(1, EV_LOAD, HW_ONCE, at + 16);
      fence(1, reader);
      const size_t before = races();
      access(1, EV_READ, at, 4, kPc + 16 * (3 * writer + reader));
      const bool ordered = writer != HW_RMB && reader != HW_WMB;
      EXPECT_EQ(races() - before, ordered ? 0u : 1u) << writer << " " << reader;
    }
}

TEST_F(RaceTest, a_fence_covers_only_what_came_before_it) {
  fence(0, HW_WMB);
  write(0);
  marked(0, EV_STORE, HW_ONCE);
  marked(1, EV_LOAD, HW_ACQUIRE);
  read(1);
  EXPECT_EQ(races(), 1u);
}

TEST_F(RaceTest, order_is_passed_on_by_read_modify_writes_only) {
  write(0);
  marked(0, EV_STORE, HW_RELEASE);
  marked(1, EV_RMW, HW_ONCE);
  marked(2, EV_LOAD, HW_ACQUIRE);
  write(2);
  EXPECT_EQ(races(), 0u);
  marked(0, EV_STORE, HW_ONCE);
  marked(1, EV_LOAD, HW_ACQUIRE);
  write(1);
  EXPECT_EQ(races(), 1u) << "a bare store ends the sequence";
}

TEST_F(RaceTest, one_lock_dropped_and_another_taken_order_writes) {
  locked(0, [&] { write(0); });
  locked(0, [&] { marked(0, EV_STORE, HW_ONCE, kFlag, 8); });
  marked(1, EV_LOAD, HW_ONCE, kFlag, 8);
  read(1);
  EXPECT_EQ(races(), 0u) << "list_del_rcu()";
}

TEST_F(RaceTest, a_fully_ordered_rmw_is_a_fence_and_a_failed_one_is_nothing) {
  write(0);
  marked(0, EV_RMW, HW_FULL);
  marked(1, EV_RMW, HW_FULL);
  write(1);
  EXPECT_EQ(races(), 0u);
  marked(1, EV_STORE, HW_RELEASE);
  marked(2, EV_RMW_FAIL, HW_FULL);
  write(2);
  EXPECT_EQ(races(), 1u);
}

TEST_F(RaceTest, two_marked_accesses_never_race_but_one_plain_one_does) {
  access(0, EV_STORE, kData);
  access(1, EV_STORE, kData);
  access(2, EV_WRITE, kData + 32, 4, kPc, sim::Event::kVolatile);
  access(1, EV_READ, kData + 32, 4, kPc, sim::Event::kVolatile);
  EXPECT_EQ(races(), 0u);
  access(0, EV_STORE, kData + 16);
  write(1, kData + 16);
  EXPECT_EQ(races(), 1u);
  EXPECT_NE(bench.text().find("write (marked) to"), std::string::npos);
}

TEST_F(RaceTest, only_overlapping_bytes_race) {
  write(0, kData, 4);
  write(1, kData + 4, 4);
  EXPECT_EQ(races(), 0u);
  write(2, kData + 2, 4);
  EXPECT_EQ(races(), 2u);
  write(0, kData + 40, 8);
  write(1, kData + 36, 8);
  EXPECT_EQ(races(), 3u);
  write(1, kData + 36, 8);
  EXPECT_EQ(races(), 3u) << "the pair of places is known";
}

TEST_F(RaceTest, an_interrupt_is_ordered_with_what_it_interrupts_but_not_with_other_cpus) {
  write(0);
  bench.enter(0, EV_HARDIRQ_ENTER);
  write(0);
  EXPECT_EQ(races(), 0u);
  bench.exit(0, EV_HARDIRQ_EXIT);
  bench.enter(1, EV_HARDIRQ_ENTER);
  write(1);
  EXPECT_EQ(races(), 1u);
  EXPECT_NE(bench.text().find("by interrupt on cpu 1:"), std::string::npos);
}

TEST_F(RaceTest, data_race_is_looked_away_from) {
  bench.event(0, EV_DATA_RACE_OFF);
  write(0);
  bench.event(0, EV_DATA_RACE_ON);
  write(1);
  EXPECT_EQ(races(), 0u);
}

TEST_F(RaceTest, interrupts_between_processors_order) {
  write(0);
  bench.event(0, EV_IPI_SEND, 1, 0xfb);
  bench.event(1, EV_IRQ_DELIVER, 0, 0xfb);
  write(1);
  EXPECT_EQ(races(), 0u);
}

TEST_F(RaceTest, memory_handed_out_anew_has_no_past) {
  write(0, HW_RAM_START);
  bench.event(1, EV_ALLOC, HW_RAM_START, 16);
  write(1, HW_RAM_START);
  EXPECT_EQ(races(), 0u);
}

TEST_F(RaceTest, kernel_against_kernel_is_not_the_users_business) {
  access(0, EV_WRITE, kData, 4, HW_KERNEL_BASE);
  access(1, EV_WRITE, kData, 4, HW_KERNEL_BASE);
  EXPECT_EQ(races(), 0u);
}

TEST_F(RaceTest, exclusive_assertions) {
  access(0, EV_STORE, kData);
  bench.event(1, EV_RACE_ASSERT, kData, uint64_t{1} << 32 | 4, kPc + 9);
  ASSERT_EQ(races(), 1u);
  EXPECT_EQ(bench.title().substr(0, 27), "BUG: KCSAN: assert: race in");
  access(0, EV_LOAD, kData + 8);
  bench.event(1, EV_RACE_ASSERT, kData + 8, uint64_t{1} << 32 | 4, kPc + 10);
  EXPECT_EQ(races(), 1u) << "readers may be there";
  bench.event(1, EV_RACE_ASSERT, kData + 8, uint64_t{2} << 32 | 4, kPc + 11);
  EXPECT_EQ(races(), 2u);
}

TEST_F(RaceTest, a_write_is_remembered_past_many_reads) {
  write(0);
  for (int i = 0; i < 20; ++i) read(0), locked(0, [&] { read(0); });
  write(1);
  EXPECT_GE(races(), 1u);
}

}  // namespace

// SPDX-License-Identifier: MIT
#include "tests/check/lockdep_fixture.h"

namespace {

TEST_F(LockdepTest, wait_context) {
  bench.map(1).inner = check::kWaitSpin;
  bench.map(2).inner = check::kWaitConfig;
  bench.map(3).inner = check::kWaitSleep;
  nested(0, 3, 2);
  nested(0, 2, 1);
  in(kHard, 4);
  clean();
  nested(0, 2, 3);
  reported(kWaitContext);
  EXPECT_EQ(bench.reports[0].finding.kind, "context");
  EXPECT_NE(bench.text().find("context-{3:3}\n1 lock held by t/12:\n"), std::string::npos);
  lockdep.reset();
  bench.reports.clear();
  nested(0, 1, 2);
  reported(kWaitContext);
  lockdep.reset();
  bench.reports.clear();
  in(kSoft, 3);
  reported(kWaitContext);
}

TEST_F(LockdepTest, unlock_balance) {
  one(0, 1);
  bench.release(0, 1, 33);
  reported("WARNING: bad unlock balance detected!");
  EXPECT_NE(bench.text().find("t/12 is trying to release lock (&l1) at:\n"
                              "[<0000000000000021>] f33+0x0/0x10\n"
                              "but there are no more locks to release!\n"),
            std::string::npos);
}

TEST_F(LockdepTest, unlock_by_another_task_is_reported) {
  bench.lock(0, 1);
  bench.release(1, 1);
  reported("WARNING: bad unlock balance detected!");
}

TEST_F(LockdepTest, release_in_any_order_is_clean) {
  for (uint32_t l : {1u, 2u, 3u}) bench.lock(0, l);
  for (uint32_t l : {1u, 3u, 2u}) bench.release(0, l);
  EXPECT_EQ(lockdep.held_text(12), "no locks held by t/12.\n");
  clean();
}

TEST_F(LockdepTest, held_lock_freed_and_initialised_anew) {
  bench.lock(0, 0x1010);
  bench.event(0, EV_FREE, 0x1000, 0x10);
  clean();
  bench.event(0, EV_FREE, 0x1000, 0x40);
  reported("WARNING: held lock freed!");
  lockdep.reset();
  bench.reports.clear();
  bench.event(0, EV_LOCK_INIT, 0x1010);
  reported("WARNING: held lock freed!");
}

TEST_F(LockdepTest, exit_with_locks_held) {
  bench.lock(0, 1);
  bench.event(0, EV_TASK_EXIT, 12);
  reported("WARNING: t/12 still has locks held!");
}

TEST_F(LockdepTest, a_task_at_an_old_address_begins_with_nothing) {
  bench.lock(0, 1);
  bench.run(0, 20);
  bench.event(0, EV_TASK_NEW, 12);
  bench.run(0, 12);
  EXPECT_EQ(lockdep.held_text(12), "no locks held by t/12.\n");
  clean();
}

TEST_F(LockdepTest, uninitialised_lock) {
  bench.map(0x30000000).key = 0;
  one(0, 0x30000000);
  reported("INFO: trying to register non-static key.");
  lockdep.reset();
  bench.reports.clear();
  bench.map(0x11000040).key = 0;
  one(0, 0x11000040);
  clean();
}

TEST_F(LockdepTest, per_cpu_copies_of_a_static_lock_are_one_class) {
  for (uint32_t cpu : {0u, 1u}) bench.map(HW_PERCPU_BASE + cpu * 0x10000 + 64).key = 0;
  nested(0, HW_PERCPU_BASE + 64, HW_PERCPU_BASE + 0x10000 + 64);
  reported(kRecursive);
}

TEST_F(LockdepTest, nmi_may_try_but_not_take_what_others_use) {
  one(0, 1);
  bench.enter(0, EV_NMI_ENTER);
  bench.trylock(0, 1);
  bench.release(0, 1);
  bench.lock(0, 2);
  bench.release(0, 2);
  clean();
  bench.lock(0, 1);
  reported(kInconsistent);
  EXPECT_NE(bench.text().find("inconsistent {INITIAL USE} -> {IN-NMI} usage.\n"),
            std::string::npos);
}

TEST_F(LockdepTest, work_flushed_under_a_lock_that_it_takes) {
  const uint32_t work = 40, mutex = 1;
  bench.map(work).inner = 0;
  bench.acquire(0, work);  // the worker runs it
  one(0, mutex);
  bench.release(0, work);
  bench.lock(1, mutex);
  bench.acquire(1, work);  // flush_work()
  reported(kCircular);
}

TEST_F(LockdepTest, might_lock_is_enough) {
  bench.lock(0, 1);
  bench.acquire(0, 2);
  bench.release(0, 2);
  bench.release(0, 1);
  nested(0, 2, 1);
  reported(kCircular);
}

TEST_F(LockdepTest, depth_48_is_fine_and_49_is_told) {
  for (uint32_t l = 1; l <= 48; ++l) bench.lock(0, l);
  clean();
  bench.lock(0, 49);
  reported("BUG: MAX_LOCK_DEPTH too low!");
}

TEST_F(LockdepTest, takes_8191_classes_and_tells_of_the_next) {
  for (uint32_t l = 1; l <= 8191; ++l) one(0, l);
  clean();
  EXPECT_EQ(lockdep.stats().classes, 8191u);
  one(0, 8192);
  reported("BUG: MAX_LOCKDEP_KEYS too low!");
}

TEST_F(LockdepTest, answers_what_is_held) {
  bench.lock(0, 1, 0, 1);
  EXPECT_EQ(lockdep.answer(HW_ASK_LOCK_HELD, 1, 0), 1);
  EXPECT_EQ(lockdep.answer(HW_ASK_LOCK_HELD_READ, 1, 0), 1);
  EXPECT_EQ(lockdep.answer(HW_ASK_LOCK_HELD, 1, 1), 0);
  EXPECT_EQ(lockdep.answer(HW_ASK_LOCK_HELD, 2, 0), 0);
  EXPECT_EQ(lockdep.answer(HW_ASK_DEBUG_LOCKS, 0, 0), 1);
}

TEST_F(LockdepTest, classes_of_one_name_are_numbered) {
  const char text[] = "&q->lock";
  for (uint32_t i = 0; i < sizeof text; ++i)
    bench.memory[0x5000 + i] = static_cast<uint8_t>(text[i]);
  bench.map(1).name = bench.map(2).name = 0x5000;
  bench.lock(0, 1);
  bench.lock(0, 2, 0, 0, 1);
  const std::string held = lockdep.held_text(12);
  EXPECT_NE(held.find("(&q->lock){+.+.}"), std::string::npos) << held;
  EXPECT_NE(held.find("(&q->lock#2/1){+.+.}"), std::string::npos) << held;
}

}  // namespace

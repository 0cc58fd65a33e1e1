// SPDX-License-Identifier: MIT
// Bad use is told in the words of Linux's debug build; then the machine goes on,
// and what was used badly still works, where Linux would.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace locks_test {
namespace {

struct Row {
  const char* what;
  const char* says;
  const char* checks = "all";
  bool goes_on = true;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.what << " " << row.checks;
}

class BadUse : public testing::TestWithParam<Row> {};

TEST_P(BadUse, is_told_and_the_machine_goes_on) {
  const Row& row = GetParam();
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    run::Config config;
    config.seed = seed;
    config.arbiter = seed % 2 == 0 ? "live" : "random";
    config.checks = row.checks;
    config.params = {{"what", row.what}};
    const Outcome outcome = run_guest("bad_use", config);
    const std::string all = outcome.findings + outcome.log;
    EXPECT_NE(all.find(row.says), std::string::npos) << "seed " << seed << "\n" << all;
    EXPECT_EQ(outcome.said("and goes on"), row.goes_on) << "seed " << seed << "\n" << all;
    EXPECT_NE(outcome.verdict, "clean");
    for (const char* const wrong : {"released ", "called ", "the list is not empty"}) {
      EXPECT_EQ(all.find(std::string("WARNING: ") + wrong), std::string::npos) << all;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Locks, BadUse,
    testing::Values(
        Row{"mutex_by_another", "WARNING: bad unlock balance detected!"},
        Row{"mutex_by_another", "DEBUG_LOCKS_WARN_ON(__owner_task(owner) != current)", "none"},
        Row{"mutex_twice", "WARNING: bad unlock balance detected!"},
        Row{"mutex_twice", "DEBUG_LOCKS_WARN_ON(__owner_task(owner) != current)", "none"},
        Row{"mutex_destroyed_held", "DEBUG_LOCKS_WARN_ON(mutex_is_locked(lock))"},
        Row{"mutex_initialised_held", "WARNING: held lock freed!"},
        Row{"spin_twice", "WARNING: bad unlock balance detected!"},
        Row{"spin_twice", "BUG: spinlock already unlocked on CPU#", "none"},
        Row{"rwlock_twice", "WARNING: bad unlock balance detected!"},
        Row{"rwsem_twice", "WARNING: bad unlock balance detected!"},
        Row{"rwsem_twice", "DEBUG_RWSEMS_WARN_ON(", "none"},
        Row{"rt_mutex_free", "WARNING: bad unlock balance detected!"},
        Row{"rt_mutex_free", "DEBUG_LOCKS_WARN_ON(", "none"},
        Row{"sleep_under_spinlock", "BUG: scheduling while atomic: user/"},
        Row{"sleep_in_reader", "Voluntary context switch within RCU read-side critical section!"}));

INSTANTIATE_TEST_SUITE_P(
    References, BadUse,
    testing::Values(Row{"kref_below_zero", "refcount_t: underflow; use-after-free."},
                    Row{"kref_from_zero", "refcount_t: addition on 0; use-after-free."},
                    Row{"refcount_to_zero", "refcount_t: decrement hit 0; leaking memory."},
                    Row{"refcount_overflow", "refcount_t: saturated; leaking memory."},
                    Row{"task_stopped_when_ended", "refcount_t: addition on 0; use-after-free."},
                    Row{"task_put_when_ended", "refcount_t: underflow; use-after-free."}));

INSTANTIATE_TEST_SUITE_P(
    Queued, BadUse,
    testing::Values(
        Row{"call_rcu_twice",
            "ODEBUG: activate active (active state 1) object type: rcu_head hint: callback"},
        Row{"call_rcu_twice", "call_rcu(): Double-freed CB"},
        Row{"kfree_rcu_twice", "ODEBUG: activate active (active state 1) object type: rcu_head"},
        // What follows is a use of freed memory: the machine does not survive it.
        Row{"freed_in_call_rcu", "ODEBUG: free active (active state 1) object type: rcu_head",
            "all", false},
        Row{"work_freed_queued",
            "ODEBUG: free active (active state 0) object type: work_struct hint: work_func", "all",
            false},
        Row{"work_on_stack_queued", "work item destroyed while pending"},
        Row{"work_leaks_atomic", "BUG: workqueue leaked lock or atomic: kworker/"},
        Row{"srcu_with_reader", "at locks/srcu.cpp"}));

INSTANTIATE_TEST_SUITE_P(
    Lists, BadUse,
    testing::Values(Row{"list_del_twice", "->next is LIST_POISON1 (dead000000000100)"},
                    Row{"list_add_twice", "list_add double add: new="},
                    Row{"list_del_rcu_twice", "->prev is LIST_POISON2 (dead000000000122)"},
                    Row{"list_overwritten", "list_del corruption. next->prev should be"}));

}  // namespace
}  // namespace locks_test

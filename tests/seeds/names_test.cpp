// SPDX-License-Identifier: MIT
// Every name of the kernel's in the seeds' code blocks (and, of the second seed,
// in its running text) is used by one of the programs here. The names were
// taken from the texts by hand.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace {

const char* const kKernelSynchronization = R"(
  linux/atomic.h linux/spinlock.h linux/rwlock.h linux/seqlock.h linux/mutex.h
  linux/semaphore.h linux/rcupdate.h linux/rculist.h linux/barrier.h linux/percpu.h
  linux/slab.h
  atomic_t ATOMIC_INIT atomic64_t ATOMIC64_INIT atomic_read atomic_set atomic_add atomic_sub
  atomic_inc atomic_dec atomic_fetch_add atomic_xchg atomic_dec_and_test atomic_add_negative
  atomic_cmpxchg atomic_try_cmpxchg
  DEFINE_SPINLOCK spinlock_t spin_lock_init spin_lock spin_unlock spin_trylock spin_lock_bh
  spin_unlock_bh spin_lock_irqsave spin_unlock_irqrestore spin_lock_irq spin_unlock_irq
  DEFINE_RWLOCK read_lock read_unlock write_lock write_unlock read_lock_irqsave
  write_lock_irqsave
  DEFINE_SEQLOCK write_seqlock write_sequnlock read_seqbegin read_seqretry
  DEFINE_MUTEX mutex mutex_init mutex_lock mutex_unlock mutex_lock_interruptible ERESTARTSYS
  mutex_lock_killable mutex_trylock irqreturn_t
  DEFINE_SEMAPHORE semaphore sema_init down down_interruptible down_trylock up
  rcu_read_lock rcu_dereference rcu_read_unlock kmalloc GFP_KERNEL rcu_assign_pointer
  synchronize_rcu kfree call_rcu list_head rcu_head LIST_HEAD list_for_each_entry_rcu
  list_add_rcu container_of list_del_rcu
  smp_wmb smp_rmb mb smp_mb wmb rmb smp_load_acquire smp_store_release barrier READ_ONCE
  WRITE_ONCE cpu_relax
  DEFINE_PER_CPU __percpu alloc_percpu preempt_disable this_cpu_inc preempt_enable get_cpu
  per_cpu_ptr put_cpu for_each_possible_cpu per_cpu this_cpu_add this_cpu_read this_cpu_write
  mutex_lock_nested SINGLE_DEPTH_NESTING lock_class_key __mutex_init
  __rcu kzalloc rcu_dereference_protected lockdep_is_held
)";

// Left out: drivers' own names (drm_..., register_chrdev, struct dma_fence,
// shrinker) and wait_completion, which no kernel has.
const char* const kLockingHierarchy = R"(
  mutex_lock mutex_unlock schedule_work cancel_work_sync container_of
  xa_lock xa_find xa_unlock kref_get_unless_zero
  queue_work completion kref_get kref_put kref SLAB_TYPESAFE_BY_RCU rcu_read_lock
  cancel_work kref_put_mutex flush_work wait_event wait_for_completion spinlock_t
  DECLARE_RWSEM synchronize_rcu DEFINE_XARRAY kfree_rcu atomic_t atomic64_t READ_ONCE WRITE_ONCE
  cmpxchg set_bit __set_bit preempt_disable local_irq_disable local_bh_disable synchronize_irq
)";

// The words of all programs, and what they include.
std::set<std::string> used() {
  std::set<std::string> words;
  const std::regex word("[A-Za-z_][A-Za-z0-9_/]*(\\.h)?");
  for (const auto& file :
       std::filesystem::directory_iterator(TEST_SOURCE_DIR "/tests/seeds/guest")) {
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string s = text.str();
    for (std::sregex_iterator it(s.begin(), s.end(), word), end; it != end; ++it) {
      words.insert(it->str());
    }
  }
  return words;
}

TEST(SeedNames, every_one_is_used_by_a_program) {
  const std::set<std::string> words = used();
  unsigned count = 0;
  for (const char* const list : {kKernelSynchronization, kLockingHierarchy}) {
    std::istringstream names(list);
    for (std::string name; names >> name; ++count) EXPECT_TRUE(words.contains(name)) << name;
  }
  EXPECT_GT(count, 120u);
}

}  // namespace

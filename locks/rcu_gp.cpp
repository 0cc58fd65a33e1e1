// SPDX-License-Identifier: MIT
// RCU's grace-period task, and waiting for it.
//
// A period, in order:
//  1. The sequence becomes odd. From now on nobody who asks is served by this
//     period, but by the next.
//  2. Root first, then leaves: every CPU is waited for, and so is every reader
//     that is preempted now. A CPU can report only after its leaf was set up.
//  3. Until the root is empty: each scan takes note of CPUs that were idle at
//     some time since 2, and after a while interrupts the others and asks.
//  4. The sequence becomes even; waiters and callbacks are told.
#include <linux/moduleparam.h>
#include <linux/completion.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>

#include "locks/rcu.h"

namespace {

constexpr unsigned long kScanEvery = 1; // jiffies
constexpr unsigned int kScansBeforeHurry = 2, kHurryEvery = 16;
constinit int rcu_cpu_stall_timeout = 21; // s; 0: never
module_param(rcu_cpu_stall_timeout, int, 0);

bool wanted(void)
{
	return static_cast<long>(READ_ONCE(rcu_state.gp_wanted) - rcu_state.gp_seq) > 0;
}

bool everybody_reported(void)
{
	struct rcu_node *root = rcu_root();

	return !READ_ONCE(root->waited_for) && list_empty_careful(&root->blocking);
}

void begin_node(struct rcu_node *node)
{
	raw_spin_lock_irq(&node->lock);
	node->gp_seq = rcu_state.gp_seq;
	list_splice_tail_init(&node->blocked, &node->blocking);
	WRITE_ONCE(node->waited_for, node->online);
	raw_spin_unlock_irq(&node->lock);
}

void for_each_leaf(void (*what)(struct rcu_node *leaf))
{
	for (unsigned int n = 0; n * kFanout < nr_cpu_ids; n++)
		what(&rcu_leaves[n]);
}

// Before 2: so an idle CPU is known to have been idle after 1.
void take_snapshots(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

		rdp->watching_snapshot = atomic_read(&rdp->watching);
	}
}

// As if decided at boot.
__no_kcsan unsigned long stall_after(void)
{
	return rcu_cpu_stall_timeout > 0 ? static_cast<unsigned long>(rcu_cpu_stall_timeout) * HZ
					 : LONG_MAX / 4;
}

void begin(void)
{
	WRITE_ONCE(rcu_state.gp_seq, rcu_state.gp_seq + 1); // 1
	smp_mb();
	hw_announce(EV_RCU_GP_START, nullptr, rcu_state.gp_seq, nullptr);
	rcu_state.gp_start = jiffies;
	WRITE_ONCE(rcu_state.stall_at, rcu_state.gp_start + stall_after());
	if (rcu_root() == &rcu_top)
		begin_node(&rcu_top); // 2
	for_each_leaf(begin_node);
	take_snapshots();
}

// Idle now, or at some time since the snapshot.
bool was_idle(struct rcu_data *rdp)
{
	int watching = atomic_read_acquire(&rdp->watching);

	return !(watching & 1) || watching != rdp->watching_snapshot;
}

// 3. The CPUs of a leaf that are still waited for, idle ones taken out.
void scan_leaf(struct rcu_node *leaf)
{
	unsigned long idle = 0, waited_for = READ_ONCE(leaf->waited_for);
	unsigned int first = leaf->number * kFanout;

	for (unsigned int i = 0; i < kFanout; i++) {
		if ((waited_for & (1ul << i)) && was_idle(per_cpu_ptr(&rcu_data, first + i)))
			idle |= 1ul << i;
	}
	if (!idle)
		return;
	raw_spin_lock_irq(&leaf->lock);
	if (leaf->waited_for & idle)
		rcu_report(leaf, idle, leaf->gp_seq);
	else
		raw_spin_unlock(&leaf->lock);
	local_irq_enable();
}

void hurry_leaf(struct rcu_node *leaf)
{
	unsigned long waited_for = READ_ONCE(leaf->waited_for);

	for (unsigned int i = 0; i < kFanout; i++) {
		unsigned int cpu = leaf->number * kFanout + i;

		if (waited_for & (1ul << i))
			irq_work_queue_on(&per_cpu_ptr(&rcu_data, cpu)->hurry,
					  static_cast<int>(cpu));
	}
}

// For rcu_wake_gp_task(). The state is set before the look, so that a wake-up
// between the two undoes it.
void sleep_unless(bool (*ready)(void), long timeout)
{
	set_current_state(TASK_IDLE);
	if (!ready())
		schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
}

void wait_for_quiescence(void)
{
	struct rcu_node *root = rcu_root();

	for (unsigned int scans = 0; !everybody_reported(); scans++) {
		for_each_leaf(scan_leaf);
		if (READ_ONCE(rcu_state.expedited) ||
		    (scans >= kScansBeforeHurry && scans % kHurryEvery == kScansBeforeHurry))
			for_each_leaf(hurry_leaf);
		sleep_unless(everybody_reported, kScanEvery);
		rcu_check_stall();
	}
	// The look took no lock. Who reported last did, and behind it what all the
	// readers did is seen.
	raw_spin_lock_irq(&root->lock);
	raw_spin_unlock_irq(&root->lock);
}

void end(void)
{
	hw_announce(EV_RCU_GP_END, nullptr, rcu_state.gp_seq, nullptr);
	smp_store_release(&rcu_state.gp_seq, (rcu_state.gp_seq | kSeqMask) + 1); // 4
	if (!wanted())
		WRITE_ONCE(rcu_state.expedited, false);
	wake_up_all(&rcu_state.done_wq);
	rcu_kick_callbacks();
}

int gp_kthread(void *)
{
	WRITE_ONCE(rcu_state.gp_task, current); // who asked before is seen below
	for (;;) {
		while (!wanted())
			sleep_unless(wanted, MAX_SCHEDULE_TIMEOUT);
		begin();
		wait_for_quiescence();
		end();
	}
	return 0;
}

int __init spawn_gp_kthread(void)
{
	struct task_struct *task =
		kthread_run(gp_kthread, nullptr,
			    rcu_model_preemptible() ? "rcu_preempt" : "rcu_sched");

	return IS_ERR(task) ? static_cast<int>(PTR_ERR(task)) : 0;
}
early_initcall(spawn_gp_kthread);

void wait_for(unsigned long seq)
{
	rcu_request(seq);
	wait_event(rcu_state.done_wq, rcu_seq_done(seq));
	smp_mb(); // what the readers did, then what the caller does
}

} // namespace

void synchronize_rcu(void)
{
	might_sleep();
	hw_announce(EV_RCU_SYNC_BEGIN, nullptr, 0, __builtin_return_address(0));
	wait_for(rcu_seq_snap());
	hw_announce(EV_RCU_SYNC_END, nullptr, 0, __builtin_return_address(0));
}

void synchronize_rcu_expedited(void)
{
	might_sleep();
	hw_announce(EV_RCU_SYNC_BEGIN, nullptr, 1, __builtin_return_address(0));
	WRITE_ONCE(rcu_state.expedited, true);
	wait_for(rcu_seq_snap());
	hw_announce(EV_RCU_SYNC_END, nullptr, 1, __builtin_return_address(0));
}

unsigned long get_state_synchronize_rcu(void) { return rcu_seq_snap(); }

unsigned long start_poll_synchronize_rcu(void)
{
	unsigned long seq = rcu_seq_snap();

	rcu_request(seq);
	return seq;
}

bool poll_state_synchronize_rcu(unsigned long oldstate)
{
	if (!rcu_seq_done(oldstate))
		return false;
	smp_mb();
	return true;
}

void cond_synchronize_rcu(unsigned long oldstate)
{
	if (!poll_state_synchronize_rcu(oldstate))
		synchronize_rcu();
}

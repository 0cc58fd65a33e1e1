// SPDX-License-Identifier: MIT
// Grace periods that do not end: who holds them up, in Linux's words.
#include <linux/jiffies.h>
#include <linux/kernel.h>

#include "locks/rcu.h"

namespace {

const char *flavour(void) { return rcu_model_preemptible() ? "rcu_preempt" : "rcu_sched"; }

__no_kcsan bool time_to_complain(void)
{
	return rcu_gp_in_progress() && time_after_eq(jiffies, rcu_state.stall_at);
}

void print_leaf(struct rcu_node *leaf)
{
	struct task_struct *task;
	unsigned long flags;

	raw_spin_lock_irqsave(&leaf->lock, flags);
	for (unsigned int i = 0; i < kFanout; i++) {
		if (leaf->waited_for & (1ul << i))
			pr_err("rcu: \t%u-....: (%lu ticks this GP)\n", leaf->number * kFanout + i,
			       jiffies - rcu_state.gp_start);
	}
	list_for_each_entry(task, &leaf->blocking, rcu_node_entry)
		pr_err("rcu: \tTasks blocked on level-%d rcu_node (CPUs %u-%u): P%d\n",
		       rcu_root() == leaf ? 0 : 1, leaf->number * kFanout,
		       leaf->number * kFanout + kFanout - 1, task->pid);
	raw_spin_unlock_irqrestore(&leaf->lock, flags);
}

} // namespace

// From the tick of a running CPU, or from the grace-period task.
void rcu_check_stall(void)
{
	unsigned long at, elapsed;
	bool self;

	if (likely(!time_to_complain()))
		return;
	at = READ_ONCE(rcu_state.stall_at);
	elapsed = jiffies - rcu_state.gp_start;
	// One reporter; again after three times as long.
	if (cmpxchg(&rcu_state.stall_at, at, jiffies + 3 * elapsed + 3) != at)
		return;
	self = in_hardirq() &&
	       (READ_ONCE(rcu_leaf_of(hw_cpu_id())->waited_for) & rcu_bit_of(hw_cpu_id()));
	if (self)
		pr_err("rcu: INFO: %s self-detected stall on CPU\n", flavour());
	else
		pr_err("rcu: INFO: %s detected stalls on CPUs/tasks:\n", flavour());
	for (unsigned int n = 0; n * kFanout < nr_cpu_ids; n++)
		print_leaf(&rcu_leaves[n]);
	if (self)
		pr_err("rcu: \t(t=%lu jiffies g=%lu)\n", elapsed, rcu_state.gp_seq);
	else
		pr_err("rcu: \t(detected by %u, t=%lu jiffies, g=%lu)\n", hw_cpu_id(), elapsed,
		       rcu_state.gp_seq);
}

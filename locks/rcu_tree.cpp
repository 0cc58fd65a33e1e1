// SPDX-License-Identifier: MIT
// RCU's combining tree: who has still to pass a quiescent state.
#include <linux/kernel.h>

#include "locks/rcu.h"

#define RCU_NODE_INIT(node, n, is_leaf, cpus) {				\
	.lock = __RAW_SPIN_LOCK_INITIALIZER(rcu_node_lock),		\
	.waited_for = 0, .online = (cpus), .gp_seq = 0,			\
	.blocked = LIST_HEAD_INIT((node).blocked),			\
	.blocking = LIST_HEAD_INIT((node).blocking),			\
	.number = (n), .leaf = (is_leaf) }

// CPU 0 is there from the first instruction on.
constinit struct rcu_node rcu_leaves[kLeaves] = {
	RCU_NODE_INIT(rcu_leaves[0], 0, true, 1), RCU_NODE_INIT(rcu_leaves[1], 1, true, 0),
	RCU_NODE_INIT(rcu_leaves[2], 2, true, 0), RCU_NODE_INIT(rcu_leaves[3], 3, true, 0),
};
constinit struct rcu_node rcu_top = RCU_NODE_INIT(rcu_top, 0, false, 1);

constinit struct rcu_state rcu_state = {
	.gp_seq = 0, .gp_wanted = 0, .gp_start = 0, .stall_at = 0, .expedited = false,
	.gp_task = nullptr,
	.done_wq = __WAIT_QUEUE_HEAD_INITIALIZER(rcu_state.done_wq),
};

__no_kcsan bool rcu_gp_in_progress(void) { return (rcu_state.gp_seq & kSeqMask) != 0; }

struct rcu_node *rcu_leaf_of(unsigned int cpu) { return &rcu_leaves[cpu / kFanout]; }

// As if decided at boot.
__no_kcsan struct rcu_node *rcu_root(void)
{
	return nr_cpu_ids > kFanout ? &rcu_top : &rcu_leaves[0];
}

struct rcu_node *rcu_parent_of(struct rcu_node *node)
{
	return node == rcu_root() ? nullptr : &rcu_top;
}

unsigned long rcu_seq_snap(void)
{
	smp_mb(); // what the caller did before, then the period
	return (READ_ONCE(rcu_state.gp_seq) + 2 * kSeqMask + 1) & ~kSeqMask;
}

bool rcu_seq_done(unsigned long seq)
{
	return static_cast<long>(smp_load_acquire(&rcu_state.gp_seq) - seq) >= 0;
}

void rcu_wake_gp_task(void)
{
	struct task_struct *task = READ_ONCE(rcu_state.gp_task);

	if (task)
		wake_up_process(task);
}

void rcu_request(unsigned long seq)
{
	struct rcu_node *root = rcu_root();
	unsigned long flags;
	bool news;

	raw_spin_lock_irqsave(&root->lock, flags);
	news = static_cast<long>(seq - rcu_state.gp_wanted) > 0;
	if (news)
		WRITE_ONCE(rcu_state.gp_wanted, seq);
	raw_spin_unlock_irqrestore(&root->lock, flags);
	if (news)
		rcu_wake_gp_task();
}

void rcu_report(struct rcu_node *node, unsigned long bits, unsigned long gp_seq)
{
	for (;;) {
		struct rcu_node *parent = rcu_parent_of(node);

		// Reported already, or of a period that is history.
		if (node->gp_seq != gp_seq || (bits && !(node->waited_for & bits)))
			break;
		node->waited_for &= ~bits;
		if (node->waited_for || !list_empty(&node->blocking))
			break;
		if (!parent) {
			raw_spin_unlock(&node->lock);
			rcu_wake_gp_task();
			return;
		}
		bits = 1ul << node->number;
		raw_spin_unlock(&node->lock);
		node = parent;
		raw_spin_lock(&node->lock);
	}
	raw_spin_unlock(&node->lock);
}

void rcu_report_this_cpu(void)
{
	unsigned int cpu = hw_cpu_id();
	struct rcu_node *leaf = rcu_leaf_of(cpu);

	raw_spin_lock(&leaf->lock);
	if (leaf->waited_for & rcu_bit_of(cpu)) {
		hw_announce(EV_RCU_QS, nullptr, cpu, nullptr);
		rcu_report(leaf, rcu_bit_of(cpu), leaf->gp_seq);
	} else {
		raw_spin_unlock(&leaf->lock);
	}
}

// SPDX-License-Identifier: MIT
// RCU's readers, and how CPUs are seen to be in none.
//
// preempt=full: a reader counts its depth in its task. If it is preempted, the
// task is put on its CPU's leaf, which so waits for the task and no longer for
// the CPU. Other models: a reader is a section with preemption off.
//
// Quiescent states are: a switch of tasks, a tick (or a hurrying interrupt)
// that finds neither a reader nor preemption or softirqs off, and the idle
// loop. Of idle CPUs nobody asks anything: `watching` is even while they are
// idle, and the grace-period task looks.
#include <linux/interrupt.h>
#include <linux/kernel.h>

#include "kernel/core/sched.h"
#include "kernel/core/upcalls.h"
#include "locks/rcu.h"

constinit struct lockdep_map rcu_lock_map = {
	.key = nullptr, .name = "rcu_read_lock", .wait_type_outer = LD_WAIT_FREE,
	.wait_type_inner = LD_WAIT_CONFIG, .lock_type = LD_LOCK_NORMAL, .subclass = 0,
};
constinit struct lockdep_map rcu_bh_lock_map = {
	.key = nullptr, .name = "rcu_read_lock_bh", .wait_type_outer = LD_WAIT_FREE,
	.wait_type_inner = LD_WAIT_CONFIG, .lock_type = LD_LOCK_NORMAL, .subclass = 0,
};
constinit struct lockdep_map rcu_sched_lock_map = {
	.key = nullptr, .name = "rcu_read_lock_sched", .wait_type_outer = LD_WAIT_FREE,
	.wait_type_inner = LD_WAIT_SPIN, .lock_type = LD_LOCK_NORMAL, .subclass = 0,
};

namespace {

// Looks at what only this CPU or task writes: no steps.
__no_kcsan int depth(void) { return current->rcu_read_lock_nesting; }
__no_kcsan bool is_idle(void) { return is_idle_task(current); }
__no_kcsan bool was_blocked(void) { return current->rcu_blocked_node != nullptr; }
__no_kcsan bool eqs(struct rcu_data *rdp) { return !(rdp->watching.counter & 1); }
__no_kcsan int irq_depth(struct rcu_data *rdp) { return rdp->irq_depth; }

// current leaves the CPU inside a reader. Interrupts off.
void queue_blocked(void)
{
	unsigned int cpu = hw_cpu_id();
	struct rcu_node *leaf = rcu_leaf_of(cpu);

	raw_spin_lock(&leaf->lock);
	// Its reader may have begun before the period if its CPU is still
	// waited for; if not, only later periods care.
	list_add_tail(&current->rcu_node_entry, leaf->waited_for & rcu_bit_of(cpu) ?
						       &leaf->blocking : &leaf->blocked);
	current->rcu_blocked_node = leaf;
	raw_spin_unlock(&leaf->lock);
	hw_announce(EV_RCU_BLOCKED, current, 0, nullptr);
}

// The outermost unlock of a reader that was preempted.
void unqueue_blocked(void)
{
	struct rcu_node *leaf;
	unsigned long flags;

	local_irq_save(flags);
	leaf = static_cast<struct rcu_node *>(current->rcu_blocked_node);
	raw_spin_lock(&leaf->lock);
	list_del_init(&current->rcu_node_entry);
	current->rcu_blocked_node = nullptr;
	rcu_report(leaf, 0, leaf->gp_seq); // perhaps it was the last
	local_irq_restore(flags);
}

// In hardirq: whether what was interrupted is in no reader.
bool interrupted_no_reader(void)
{
	if (is_idle())
		return true;
	return !(preempt_count() & (PREEMPT_MASK | SOFTIRQ_MASK)) && depth() == 0;
}

} // namespace

__no_kcsan bool rcu_model_preemptible(void) { return preempt_model == PREEMPT_FULL; }

void __rcu_read_lock(void)
{
	if (rcu_model_preemptible())
		current->rcu_read_lock_nesting++;
	else
		preempt_disable();
	barrier();
}

void __rcu_read_unlock(void)
{
	barrier();
	if (!rcu_model_preemptible()) {
		preempt_enable();
		return;
	}
	if (--current->rcu_read_lock_nesting == 0 && unlikely(was_blocked()))
		unqueue_blocked();
	WARN_ON_ONCE(depth() < 0);
}

// The hooks of kernel/core/upcalls.h.

void rcu_cpu_starting(unsigned int cpu)
{
	struct rcu_node *leaf = rcu_leaf_of(cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&leaf->lock, flags);
	leaf->online |= rcu_bit_of(cpu);
	raw_spin_unlock_irqrestore(&leaf->lock, flags);
	raw_spin_lock_irqsave(&rcu_top.lock, flags);
	rcu_top.online |= 1ul << leaf->number;
	raw_spin_unlock_irqrestore(&rcu_top.lock, flags);
}

__no_tick void rcu_note_context_switch(bool preempt)
{
	bool reader = depth() > 0;

	if (reader && !preempt)
		WARN_ONCE(1, "Voluntary context switch within RCU read-side critical section!");
	if (reader && !was_blocked())
		queue_blocked();
	if (rcu_gp_in_progress())
		rcu_report_this_cpu();
}

void rcu_sched_clock_irq(int)
{
	if (!rcu_gp_in_progress())
		return;
	if (interrupted_no_reader())
		rcu_report_this_cpu();
	rcu_check_stall();
}

void rcu_softirq_qs(void)
{
	unsigned long flags;

	if (!rcu_gp_in_progress())
		return;
	local_irq_save(flags);
	rcu_report_this_cpu();
	local_irq_restore(flags);
}

// Full barriers: readers before it are seen to be over, and those after it see
// what was done before.
void rcu_idle_enter(void) { (void)atomic_inc_return(&raw_cpu_ptr(&rcu_data)->watching); }
void rcu_idle_exit(void) { (void)atomic_inc_return(&raw_cpu_ptr(&rcu_data)->watching); }

void rcu_irq_enter(void)
{
	struct rcu_data *rdp = raw_cpu_ptr(&rcu_data);

	if (eqs(rdp)) {
		(void)atomic_inc_return(&rdp->watching);
		rdp->irq_depth = 1;
	} else if (irq_depth(rdp)) {
		rdp->irq_depth++;
	}
}

void rcu_irq_exit(void)
{
	struct rcu_data *rdp = raw_cpu_ptr(&rcu_data);

	if (irq_depth(rdp) && --rdp->irq_depth == 0)
		(void)atomic_inc_return(&rdp->watching);
}

void exit_rcu(void)
{
	if (!WARN_ON_ONCE(depth() > 0))
		return;
	current->rcu_read_lock_nesting = 1;
	__rcu_read_unlock();
}

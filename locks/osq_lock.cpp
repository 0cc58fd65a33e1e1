// SPDX-License-Identifier: MIT
// An MCS queue of spinners that may leave, as Linux's kernel/locking/osq_lock.c
// (P. Zijlstra, J. Low, 2014).
//
// A CPU is in one such queue at a time: spinning is done by tasks with
// preemption off, and not nested. So one node a CPU suffices.
//
// Leaving (steps A, B, C below) undoes what joining did, while both neighbours
// may be leaving too. The rule that makes it work: before touching a
// neighbour's pointer, one makes one's own link to it unusable.
#include <linux/moduleparam.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/osq_lock.h>
#include <linux/sched.h>

namespace {

struct osq_node {
	osq_node *next, *prev;
	int locked; // 1: it is our turn
	int tail;   // as the queue names this node
};

osq_node nodes[NR_CPUS];
constinit bool spinning = true;
module_param_named(osq, spinning, bool, 0);

int encode_cpu(unsigned int cpu) { return static_cast<int>(cpu) + 1; }

osq_node *decode_cpu(int tail) { return &nodes[tail - 1]; }

osq_node *this_node() { return &nodes[hw_cpu_id()]; }

// Our successor, made unusable for it: it will not find us as its predecessor.
// If there is none the queue ends at `prev` instead; then null.
osq_node *wait_next(struct optimistic_spin_queue *lock, osq_node *node, osq_node *prev)
{
	int before = prev ? READ_ONCE(prev->tail) : OSQ_UNLOCKED_VAL;
	int ours = READ_ONCE(node->tail);

	for (;;) {
		if (atomic_read(&lock->tail) == ours &&
		    atomic_cmpxchg_acquire(&lock->tail, ours, before) == ours)
			return nullptr;
		// A successor that is leaving takes it back: then wait for another.
		if (READ_ONCE(node->next)) {
			osq_node *next = xchg(&node->next, static_cast<osq_node *>(nullptr));

			if (next)
				return next;
		}
		cpu_relax();
	}
}

// True if our turn came in the meantime after all.
bool leave(struct optimistic_spin_queue *lock, osq_node *node, osq_node *prev)
{
	// A: make prev not find us: prev->next is ours to clear.
	for (;;) {
		if (READ_ONCE(prev->next) == node &&
		    cmpxchg(&prev->next, node, static_cast<osq_node *>(nullptr)) == node)
			break;
		// prev is unlocking and takes the link itself, or is leaving too
		// and will give us another prev.
		if (smp_load_acquire(&node->locked))
			return true;
		cpu_relax();
		prev = READ_ONCE(node->prev);
	}
	// B: make next not find us.
	osq_node *next = wait_next(lock, node, prev);

	if (!next)
		return false;
	// C: they are neighbours now.
	WRITE_ONCE(next->prev, prev);
	WRITE_ONCE(prev->next, next);
	return false;
}

} // namespace

bool osq_lock(struct optimistic_spin_queue *lock)
{
	osq_node *node = this_node();
	int ours = encode_cpu(hw_cpu_id());

	WRITE_ONCE(node->locked, 0);
	WRITE_ONCE(node->next, static_cast<osq_node *>(nullptr));
	WRITE_ONCE(node->tail, ours);

	// The node is ready before anybody finds it; full order.
	int old = atomic_xchg(&lock->tail, ours);

	if (old == OSQ_UNLOCKED_VAL)
		return true;

	osq_node *prev = decode_cpu(old);

	WRITE_ONCE(node->prev, prev);
	// Whoever unqueues us from prev must see node->prev.
	smp_wmb();
	WRITE_ONCE(prev->next, node);

	if (smp_cond_load_relaxed(&node->locked, VAL || need_resched()) != 0)
		return true;
	return leave(lock, node, prev);
}

void osq_unlock(struct optimistic_spin_queue *lock)
{
	int ours = encode_cpu(hw_cpu_id());

	// Nobody behind us.
	if (atomic_cmpxchg_release(&lock->tail, ours, OSQ_UNLOCKED_VAL) == ours)
		return;

	osq_node *node = this_node();
	osq_node *next = xchg(&node->next, static_cast<osq_node *>(nullptr));

	if (!next)
		next = wait_next(lock, node, nullptr);
	if (next)
		WRITE_ONCE(next->locked, 1);
}

// As if patched into the code at boot: no access.
__no_kcsan bool osq_spinning(void) { return spinning; }

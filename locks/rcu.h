// SPDX-License-Identifier: MIT
// Inside RCU: grace periods, the combining tree, per-CPU data.
//
// A grace period is over when every CPU has passed a quiescent state (a moment
// in no reader) since it began, and every reader that was preempted before has
// ended. CPUs report to their leaf node; whoever clears the last bit of a node
// reports to its parent; the root's last bit ends the period. With at most
// kFanout CPUs the only leaf is the root.
//
// Order of locks: a CPU's cb_lock, then a node's lock; never two nodes' at once.
#pragma once

#include <linux/irq_work.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

constexpr unsigned int kFanout = 16;
constexpr unsigned int kLeaves = NR_CPUS / kFanout;

struct rcu_node {
	raw_spinlock_t lock;

	// guarded by lock:
	unsigned long waited_for; // of whom a quiescent state is awaited, by bit
	unsigned long online;	  // of whom it ever will be
	unsigned long gp_seq;	  // the period that waited_for belongs to
	struct list_head blocked; // preempted readers that a later period waits for
	struct list_head blocking; // preempted readers that this one waits for

	// constant:
	unsigned int number; // of a leaf: its first CPU / kFanout; its bit above
	bool leaf;
};

// Segmented list: what was queued, in order of age.
struct rcu_segment {
	struct rcu_head *first, *last;
};

struct rcu_data {
	// by its own CPU only; others look. Odd: this CPU may be in a reader.
	atomic_t watching;
	int irq_depth; // interrupts that came in the idle loop

	int watching_snapshot; // by the grace-period task

	raw_spinlock_t cb_lock;
	// guarded by cb_lock:
	rcu_segment done;	// their period is over
	rcu_segment waiting;	// for the end of waiting_for
	rcu_segment next;	// no period asked for yet
	unsigned long waiting_for;
	long queued;		// in all three, or being called now

	struct irq_work invoke; // "your callbacks are ready"
	struct irq_work hurry;	// "are you in a reader?"
	struct rcu_head barrier;
};

// Sequence of periods: 4n: none; 4n + 1: in progress. Over at 4(n + 1).
constexpr unsigned long kSeqMask = 3;

struct rcu_state {
	unsigned long gp_seq;	  // written by the grace-period task
	unsigned long gp_wanted;  // guarded by the root's lock: end of the last one asked for
	unsigned long gp_start;	  // jiffies
	unsigned long stall_at;	  // jiffies
	bool expedited;
	struct task_struct *gp_task; // wakes by rcu_wake_gp_task()
	struct wait_queue_head done_wq; // who waits for the end of a period
};

extern struct rcu_state rcu_state;
extern struct rcu_node rcu_leaves[kLeaves], rcu_top;
DECLARE_PER_CPU(struct rcu_data, rcu_data);

// Looks that are no steps. A stale answer only delays.
bool rcu_gp_in_progress(void);
bool rcu_model_preemptible(void);

struct rcu_node *rcu_leaf_of(unsigned int cpu);
struct rcu_node *rcu_parent_of(struct rcu_node *node); // null of the root
struct rcu_node *rcu_root(void);

static inline unsigned long rcu_bit_of(unsigned int cpu) { return 1ul << (cpu % kFanout); }

// The end of the next whole period from now on; whether it has come.
unsigned long rcu_seq_snap(void);
bool rcu_seq_done(unsigned long seq);
// The grace-period task is to look again. Also under raw spinlocks, where no
// wait queue may be woken: hence a task and not a queue.
void rcu_wake_gp_task(void);
// Makes sure that the period that ends at seq will take place.
void rcu_request(unsigned long seq);

// With the node's lock held and interrupts off; drops the lock. `bits` of it
// have passed a quiescent state of the period gp_seq.
void rcu_report(struct rcu_node *node, unsigned long bits, unsigned long gp_seq);
// This CPU is in no reader now. Interrupts off.
void rcu_report_this_cpu(void);

// Queued already, as a debug kernel knows: then a list would bite its own tail.
// Nothing is called for such a head, not even what was queued first.
bool rcu_leaked(struct rcu_head *head, rcu_callback_t func);

// The period ended: callbacks of all CPUs that waited for it are called.
void rcu_kick_callbacks(void);
void rcu_check_stall(void);

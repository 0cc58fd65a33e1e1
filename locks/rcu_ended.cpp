// SPDX-License-Identifier: MIT
// Ended tasks are freed after a grace period.
//
// Who spins for a mutex or a rwsem looks at the task that owned it a moment ago,
// and holds no reference to it. He has preemption off, so he is a reader. An
// ended task owns nothing: who begins to spin after it has ended does not find
// it. So a grace period after its last reference it is nobody's.
//
// On each CPU they wait in order of age; whoever comes frees those before it
// whose period is over. Any period will do. One is asked for only when kBatch
// have come: the end of a task costs no other CPU an interrupt, and there are
// never many more of them than kBatch on each CPU.
//
// Unlike Linux, which queues a callback for each: rcu_barrier() does not wait
// for them, and what waits when the machine is switched off is not freed.
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "kernel/core/sched.h"
#include "kernel/core/upcalls.h"

namespace {

constexpr unsigned int kBatch = 32;

struct ended_tasks {
	// by its own CPU only, interrupts off:
	struct task_struct *first, *last;
	unsigned int count;
};

DEFINE_PER_CPU(struct ended_tasks, ended_tasks);

void add(struct ended_tasks *ended, struct task_struct *p)
{
	p->readers_until = get_state_synchronize_rcu();
	p->next_ended = nullptr;
	if (ended->first)
		ended->last->next_ended = p;
	else
		ended->first = p;
	ended->last = p;
	// Of this period's end all are freed that have come until now.
	if (++ended->count % kBatch == 0)
		(void)start_poll_synchronize_rcu();
}

void free_oldest(struct ended_tasks *ended)
{
	struct task_struct *p = ended->first;

	ended->first = p->next_ended;
	ended->count--;
	free_task(p);
}

} // namespace

void rcu_free_task(struct task_struct *p)
{
	unsigned long flags;

	local_irq_save(flags);
	struct ended_tasks *ended = raw_cpu_ptr(&ended_tasks);

	while (ended->first && poll_state_synchronize_rcu(ended->first->readers_until))
		free_oldest(ended);
	add(ended, p);
	local_irq_restore(flags);
}

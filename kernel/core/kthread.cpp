// SPDX-License-Identifier: MIT
/* Kernel threads: birth, stopping, parking, death. */
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kernel/core/sched.h"
#include "kernel/core/upcalls.h"

namespace {

enum { KTHREAD_SHOULD_STOP, KTHREAD_SHOULD_PARK, KTHREAD_EXITED };

/* The first thing that a new thread executes, out of a switch to it. */
void kthread_entry(void *)
{
	schedule_tail();
	struct kthread *k = &current->kthread;
	int result = -EINTR;

	if (!test_bit(KTHREAD_SHOULD_STOP, &k->bits)) {
		kthread_parkme();
		hw_announce(EV_TASK_START, current, 0, reinterpret_cast<void *>(k->threadfn));
		result = k->threadfn(k->data);
	}
	kthread_exit(result);
}

task_struct *create(int (*threadfn)(void *), void *data, const char *name)
{
	task_struct *p = copy_task(kthread_entry, name, PF_KTHREAD);

	if (!p)
		return static_cast<task_struct *>(ERR_PTR(-ENOMEM));
	p->kthread.threadfn = threadfn;
	p->kthread.data = data;
	return p;
}

/* Says who waits for the end; false if it has ended. */
bool watch_exit(task_struct *k, completion *exited)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&k->pi_lock, flags);
	const bool alive = !test_bit(KTHREAD_EXITED, &k->kthread.bits);
	if (alive)
		k->kthread.exited = exited;
	raw_spin_unlock_irqrestore(&k->pi_lock, flags);
	return alive;
}

} /* namespace */

extern "C" {

task_struct *kthread_create_on_node(int (*threadfn)(void *), void *data, int, const char *namefmt,
				    ...)
{
	char name[TASK_COMM_LEN];
	va_list args;

	va_start(args, namefmt);
	vsnprintf(name, sizeof(name), namefmt, args);
	va_end(args);
	return create(threadfn, data, name);
}

task_struct *kthread_create_on_cpu(int (*threadfn)(void *), void *data, unsigned int cpu,
				   const char *namefmt)
{
	char name[TASK_COMM_LEN];

/* The format is the caller's, of one %u. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(name, sizeof(name), namefmt, cpu);
#pragma GCC diagnostic pop
	task_struct *p = create(threadfn, data, name);
	if (!IS_ERR(p))
		kthread_bind(p, cpu);
	return p;
}

void kthread_bind_mask(task_struct *k, const struct cpumask *mask)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&k->pi_lock, flags);
	if (!WARN_ON(READ_ONCE(k->on_rq))) {
		k->cpus_mask = *mask;
		k->nr_cpus_allowed = static_cast<int>(cpumask_weight(mask));
		k->flags |= PF_NO_SETAFFINITY;
	}
	raw_spin_unlock_irqrestore(&k->pi_lock, flags);
}

void kthread_bind(task_struct *k, unsigned int cpu)
{
	kthread_bind_mask(k, cpumask_of(cpu));
}

int kthread_stop(task_struct *k)
{
	DECLARE_COMPLETION_ONSTACK(exited);

	get_task_struct(k);
	set_bit(KTHREAD_SHOULD_STOP, &k->kthread.bits);
	kthread_unpark(k);
	if (watch_exit(k, &exited)) {
		wake_up_process(k);
		wait_for_completion(&exited);
	}
	const int result = k->kthread.result;
	put_task_struct(k);
	return result;
}

int kthread_stop_put(task_struct *k)
{
	const int result = kthread_stop(k);

	put_task_struct(k);
	return result;
}

bool kthread_should_stop(void)
{
	return test_bit(KTHREAD_SHOULD_STOP, &current->kthread.bits);
}

bool kthread_should_park(void)
{
	return test_bit(KTHREAD_SHOULD_PARK, &current->kthread.bits);
}

void kthread_parkme(void)
{
	for (;;) {
		/* Special: a stray wake-up must not end it. */
		set_special_state(TASK_PARKED);
		if (!kthread_should_park())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

int kthread_park(task_struct *k)
{
	if (WARN_ON(test_bit(KTHREAD_EXITED, &k->kthread.bits)))
		return -ENOSYS;
	set_bit(KTHREAD_SHOULD_PARK, &k->kthread.bits);
	if (k != current) {
		wake_up_process(k);
		while (READ_ONCE(k->__state) != TASK_PARKED || READ_ONCE(k->on_cpu))
			schedule_timeout_uninterruptible(1);
	}
	return 0;
}

void kthread_unpark(task_struct *k)
{
	if (test_and_clear_bit(KTHREAD_SHOULD_PARK, &k->kthread.bits))
		wake_up_state(k, TASK_PARKED);
}

void *kthread_data(task_struct *k)
{
	return k->kthread.data;
}

void *kthread_func(task_struct *k)
{
	return reinterpret_cast<void *>(k->kthread.threadfn);
}

void kthread_exit(long result)
{
	current->kthread.result = static_cast<int>(result);
	do_exit(0);
}

void kthread_complete_and_exit(completion *comp, long code)
{
	if (comp)
		complete(comp);
	kthread_exit(code);
}

void do_exit(long code)
{
	task_struct *self = current;
	unsigned long flags;

	if (in_interrupt())
		panic("Aiee, killing interrupt handler!");
	if (self->pid <= 1)
		panic("Attempted to kill %s!", self->pid ? "init" : "the idle task");
	self->flags |= PF_EXITING;
	hw_announce(EV_TASK_EXIT, self, static_cast<u64>(code), __builtin_return_address(0));
	exit_rcu();

	raw_spin_lock_irqsave(&self->pi_lock, flags);
	set_bit(KTHREAD_EXITED, &self->kthread.bits);
	completion *exited = self->kthread.exited;
	raw_spin_unlock_irqrestore(&self->pi_lock, flags);
	if (exited)
		complete(exited);
	do_task_dead();
}

} /* extern "C" */

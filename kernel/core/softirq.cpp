// SPDX-License-Identifier: MIT
/*
 * Softirqs: what interrupts leave to be done with interrupts on.
 *
 * They run after a hardirq, and when local_bh_enable() leaves the outermost section,
 * in rounds while more are raised, for at most 2 ms or 10 rounds or until somebody
 * must be scheduled; what is left then is ksoftirqd's, and while ksoftirqd is on its
 * way nobody else runs them, tasklets excepted.
 */
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/percpu-defs.h>
#include "kernel/core/boot.h"
#include "kernel/core/softirq.h"
#include "kernel/core/upcalls.h"

extern "C" {
const char *const softirq_to_name[NR_SOFTIRQS] = { "HI",       "TIMER",	  "NET_TX", "NET_RX",
						   "BLOCK",    "IRQ_POLL", "TASKLET", "SCHED",
						   "HRTIMER", "RCU" };
}

namespace {

constexpr int kRestartMax = 10;
constexpr unsigned int kNowMask = 1u << HI_SOFTIRQ | 1u << TASKLET_SOFTIRQ;

softirq_action softirq_vec[NR_SOFTIRQS]; /* constant after boot */

/* Its own CPU only; interrupts off but to look: */
DEFINE_PER_CPU(unsigned int, softirq_pending);
DEFINE_PER_CPU(struct task_struct *, ksoftirqd);

void wakeup_softirqd(void)
{
	task_struct *task = this_cpu_read(ksoftirqd);

	if (task)
		wake_up_process(task);
}

/* It is on its way and will do them in order; some do not wait for it. */
bool ksoftirqd_running(unsigned int pending)
{
	task_struct *task = this_cpu_read(ksoftirqd);

	if (pending & kNowMask)
		return false;
	return task && task_is_running(task);
}

void run_one(unsigned int nr)
{
	const int count = preempt_count();

	hw_announce(EV_SOFTIRQ_ENTER, nullptr, nr, nullptr);
	softirq_vec[nr].action(&softirq_vec[nr]);
	hw_announce(EV_SOFTIRQ_EXIT, nullptr, nr, nullptr);
	if (unlikely(count != preempt_count())) {
		pr_err("huh, entered softirq %u %s %px with preempt_count %08x, "
		       "exited with %08x?\n", nr, softirq_to_name[nr],
		       reinterpret_cast<void *>(softirq_vec[nr].action),
		       count, preempt_count());
		preempt_count_set(count);
	}
}

/* Interrupts are off before and after. */
void do_softirq_rounds(void)
{
	const unsigned long end = jiffies + msecs_to_jiffies(2);
	int rounds_left = kRestartMax;
	unsigned int pending = local_softirq_pending();

	preempt_count_add(SOFTIRQ_OFFSET);
	for (;;) {
		/* Cleared first: what is raised from here on is another round's. */
		this_cpu_write(softirq_pending, 0);
		local_irq_enable();
		for (; pending; pending &= pending - 1)
			run_one(static_cast<unsigned int>(__builtin_ctz(pending)));
		local_irq_disable();

		pending = local_softirq_pending();
		if (!pending)
			break;
		if (!time_before(jiffies, end) || need_resched() || !--rounds_left) {
			wakeup_softirqd();
			break;
		}
	}
	preempt_count_sub(SOFTIRQ_OFFSET);
}

void do_softirq_if_pending(void)
{
	unsigned long flags;

	local_irq_save(flags);
	const unsigned int pending = local_softirq_pending();
	if (pending && !ksoftirqd_running(pending))
		do_softirq_rounds();
	local_irq_restore(flags);
}

int run_ksoftirqd(void *)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!local_softirq_pending()) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		local_irq_disable();
		if (local_softirq_pending())
			do_softirq_rounds();
		local_irq_enable();
		rcu_softirq_qs();
		cond_resched();
		if (preempt_model_full() && need_resched())
			schedule();
	}
	return 0;
}

} /* namespace */

void softirq_init(void)
{
	tasklet_init_softirqs();
}

void spawn_ksoftirqd(void)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		task_struct *p = kthread_create_on_cpu(run_ksoftirqd, nullptr, cpu,
						       "ksoftirqd/%u");
		BUG_ON(IS_ERR(p));
		per_cpu(ksoftirqd, cpu) = p;
		wake_up_process(p);
	}
}

/* At the end of an interrupt, interrupts off. */
void invoke_softirq(void)
{
	if (!ksoftirqd_running(local_softirq_pending()))
		do_softirq_rounds();
}

extern "C" {

void open_softirq(int nr, void (*action)(softirq_action *))
{
	softirq_vec[nr].action = action;
}

unsigned int local_softirq_pending(void)
{
	return this_cpu_read(softirq_pending);
}

task_struct *this_cpu_ksoftirqd(void)
{
	return this_cpu_read(ksoftirqd);
}

void __raise_softirq_irqoff(unsigned int nr)
{
	hw_announce(EV_SOFTIRQ_RAISE, nullptr, nr, __builtin_return_address(0));
	this_cpu_or(softirq_pending, 1u << nr);
}

void raise_softirq_irqoff(unsigned int nr)
{
	__raise_softirq_irqoff(nr);
	/* In an interrupt, or a bh section, its end will see to it. */
	if (!in_interrupt())
		wakeup_softirqd();
}

void raise_softirq(unsigned int nr)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_softirq_irqoff(nr);
	local_irq_restore(flags);
}

void __local_bh_disable_ip(unsigned long ip, unsigned int cnt)
{
	const unsigned int word = __preempt_word_add(cnt);

	WARN_ON_ONCE(in_hardirq());
	if ((word & SOFTIRQ_MASK & ~SOFTIRQ_OFFSET) == SOFTIRQ_DISABLE_OFFSET)
		hw_announce(EV_BH_OFF, nullptr, 0, reinterpret_cast<void *>(ip));
}

void __local_bh_enable_ip(unsigned long ip, unsigned int cnt)
{
	WARN_ON_ONCE(in_hardirq() || irqs_disabled());
	/* All but one: softirqs are on, but preemption is not, until they have run. */
	const unsigned int word = __preempt_word_add(0u - (cnt - 1));

	if (!(word & SOFTIRQ_MASK & ~SOFTIRQ_OFFSET))
		hw_announce(EV_BH_ON, nullptr, 0, reinterpret_cast<void *>(ip));
	if (unlikely(!in_interrupt() && local_softirq_pending()))
		do_softirq_if_pending();
	__preempt_word_add(-1u);
	preempt_check_resched();
}

void _local_bh_enable(void)
{
	if (!(__preempt_word_add(0u - SOFTIRQ_DISABLE_OFFSET) & SOFTIRQ_MASK & ~SOFTIRQ_OFFSET))
		hw_announce(EV_BH_ON, nullptr, 0, __builtin_return_address(0));
}

} /* extern "C" */

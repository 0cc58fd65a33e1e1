// SPDX-License-Identifier: MIT
/* Waiting for time to pass, asleep or spinning. */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>

namespace {

struct process_timer {
	timer_list timer;
	task_struct *task;
};

void process_timeout(timer_list *timer)
{
	wake_up_process(container_of(timer, struct process_timer, timer)->task);
}

void spin_for(u64 ns)
{
	const u64 begin = hw_clock();

	while (hw_clock() - begin < ns)
		cpu_relax();
}

signed long timeout_in(unsigned int state, signed long timeout)
{
	__set_current_state(state);
	return schedule_timeout(timeout);
}

} /* namespace */

extern "C" {

signed long schedule_timeout(signed long timeout)
{
	process_timer t;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		pr_err("schedule_timeout: wrong timeout value %lx\n", timeout);
		dump_stack();
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	const unsigned long expire = jiffies + static_cast<unsigned long>(timeout);
	t.task = current;
	timer_setup_on_stack(&t.timer, process_timeout, 0);
	mod_timer(&t.timer, expire);
	schedule();
	timer_delete_sync(&t.timer);
	const auto left = static_cast<long>(expire - jiffies);
	return left < 0 ? 0 : left;
}

signed long schedule_timeout_interruptible(signed long timeout)
{
	return timeout_in(TASK_INTERRUPTIBLE, timeout);
}

signed long schedule_timeout_killable(signed long timeout)
{
	return timeout_in(TASK_KILLABLE, timeout);
}

signed long schedule_timeout_uninterruptible(signed long timeout)
{
	return timeout_in(TASK_UNINTERRUPTIBLE, timeout);
}

signed long schedule_timeout_idle(signed long timeout)
{
	return timeout_in(TASK_IDLE, timeout);
}

void msleep(unsigned int msecs)
{
	auto timeout = static_cast<signed long>(msecs_to_jiffies(msecs) + 1);

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}

unsigned long msleep_interruptible(unsigned int msecs)
{
	auto timeout = static_cast<signed long>(msecs_to_jiffies(msecs) + 1);

	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs(static_cast<unsigned long>(timeout));
}

void usleep_range(unsigned long min_us, unsigned long)
{
	ktime_t until = ktime_add_us(ktime_get(), min_us);

	do {
		__set_current_state(TASK_UNINTERRUPTIBLE);
	} while (schedule_hrtimeout(&until, HRTIMER_MODE_ABS));
}

void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else if (usecs <= 20000)
		usleep_range(usecs, 2 * usecs);
	else
		msleep(static_cast<unsigned int>(DIV_ROUND_UP(usecs, 1000)));
}

void ndelay(unsigned long nsecs)
{
	spin_for(nsecs);
}

void udelay(unsigned long usecs)
{
	spin_for(usecs * NSEC_PER_USEC);
}

void mdelay(unsigned long msecs)
{
	spin_for(msecs * NSEC_PER_MSEC);
}

} /* extern "C" */

/* SPDX-License-Identifier: MIT */
/* A state that a timer moves on and threads read without a lock. */
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu_counter.h>
#include <linux/seqlock.h>
#include <linux/delay.h>
#include <linux/atomic.h>

enum state { IDLE, ARMED, FIRED, COOLING, NR_STATES };

static const char * const state_name[] = {
	[IDLE] = "idle", [ARMED] = "armed", [FIRED] = "fired", [COOLING] = "cooling",
};

static struct {
	seqlock_t lock;
	enum state state;
	ktime_t since;
	u64 steps;
} sm;

static struct hrtimer timer;
static struct percpu_counter transitions, reads;
static struct task_struct *readers[2];

static enum hrtimer_restart sm_tick(struct hrtimer *t)
{
	write_seqlock(&sm.lock);
	sm.state = (sm.state + 1) % NR_STATES;
	sm.since = ktime_get();
	sm.steps++;
	write_sequnlock(&sm.lock);
	percpu_counter_inc(&transitions);
	hrtimer_forward_now(t, us_to_ktime(50));
	return HRTIMER_RESTART;
}

static int sm_reader(void *data)
{
	enum state st;
	unsigned int seq;
	u64 steps;

	while (!kthread_should_stop()) {
		do {
			seq = read_seqbegin(&sm.lock);
			st = sm.state;
			steps = sm.steps;
		} while (read_seqretry(&sm.lock, seq));
		if (steps % NR_STATES != st)
			WARN(1, "torn: %s after %llu\n", state_name[st], steps);
		percpu_counter_inc(&reads);
		usleep_range(10, 30);
	}
	return 0;
}

static int __init sm_init(void)
{
	int i, err;

	seqlock_init(&sm.lock);
	err = percpu_counter_init(&transitions, 0, GFP_KERNEL);
	if (err)
		return err;
	err = percpu_counter_init(&reads, 0, GFP_KERNEL);
	if (err) {
		percpu_counter_destroy(&transitions);
		return err;
	}
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = sm_tick;
	hrtimer_start(&timer, us_to_ktime(50), HRTIMER_MODE_REL);
	for (i = 0; i < ARRAY_SIZE(readers); i++)
		readers[i] = kthread_run(sm_reader, NULL, "sm_reader/%d", i);
	return 0;
}

static void __exit sm_exit(void)
{
	int i;

	hrtimer_cancel(&timer);
	for (i = 0; i < ARRAY_SIZE(readers); i++)
		kthread_stop(readers[i]);
	pr_info("%lld transitions, %lld reads, steps %llu\n",
		percpu_counter_sum(&transitions), percpu_counter_sum(&reads), sm.steps);
	WARN_ON(percpu_counter_sum(&transitions) != sm.steps);
	percpu_counter_destroy(&transitions);
	percpu_counter_destroy(&reads);
}
module_init(sm_init);
module_exit(sm_exit);
MODULE_LICENSE("Dual MIT/GPL");

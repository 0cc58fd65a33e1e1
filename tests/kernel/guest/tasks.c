/* SPDX-License-Identifier: MIT */
/* Tasks: running, sleeping, stopping, parking, moving, signals, priorities. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include "check.h"

#define WORKERS 8
#define TURNS 100
#define ENDS 40

static DEFINE_SPINLOCK(lock);
static int counter;
static DEFINE_PER_CPU(int, hits);
static atomic_t running;
static DECLARE_COMPLETION(all_counted);

static int count(void *data)
{
	int i;

	for (i = 0; i < TURNS; i++) {
		spin_lock(&lock);
		counter++;
		spin_unlock(&lock);
		this_cpu_inc(hits);
		cond_resched();
	}
	if (atomic_dec_and_test(&running))
		complete_all(&all_counted);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return (int)(long)data;
}

static void workers_count_and_stop(void)
{
	struct task_struct *workers[WORKERS];
	int total = 0, cpu;
	long i;

	atomic_set(&running, WORKERS);
	for (i = 0; i < WORKERS; i++)
		workers[i] = kthread_run(count, (void *)i, "count/%ld", i);
	wait_for_completion(&all_counted);
	for_each_possible_cpu(cpu)
		total += per_cpu(hits, cpu);
	CHECK_EQ(counter, WORKERS * TURNS);
	CHECK_EQ(total, WORKERS * TURNS);
	for (i = 0; i < WORKERS; i++)
		CHECK_EQ(kthread_stop(workers[i]), i);
}

static int never(void *unused)
{
	CHECK(!"a thread that was never woken ran");
	return 0;
}

static void a_thread_that_was_never_woken_returns_eintr(void)
{
	CHECK_EQ(kthread_stop(kthread_create(never, NULL, "never")), -EINTR);
}

/* All on one CPU, so that the same list of ended tasks grows. */
static void ended_tasks_are_freed_before_they_are_many(void)
{
	static struct task_struct *seen[4 * ENDS];
	int round, i, n, different = 0;

	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (round = 0; round < 4; round++) {
		for (i = 0; i < ENDS; i++) {
			struct task_struct *p = kthread_create_on_cpu(never, NULL, 0, "ends/%u");

			for (n = 0; n < different && seen[n] != p; n++)
				;
			if (n == different)
				seen[different++] = p;
			CHECK_EQ(kthread_stop(p), -EINTR);
		}
		msleep(40); /* nobody else asks for a grace period */
	}
	CHECK(different < 2 * ENDS);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static int where(void *cpu)
{
	CHECK_EQ(smp_processor_id(), *(int *)cpu);
	while (!kthread_should_stop()) {
		CHECK_EQ(smp_processor_id(), *(int *)cpu);
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static void a_bound_thread_stays(void)
{
	int cpu = nr_cpu_ids - 1;
	struct task_struct *p = kthread_create_on_cpu(where, &cpu, cpu, "where/%u");

	wake_up_process(p);
	msleep(20);
	CHECK_EQ(kthread_stop(p), 0);
}

static void set_cpus_allowed_moves(void)
{
	int cpu;

	for_each_online_cpu(cpu) {
		CHECK_EQ(set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
		CHECK_EQ(smp_processor_id(), cpu);
	}
	CHECK_EQ(set_cpus_allowed_ptr(current, cpu_possible_mask), 0);
}

static DECLARE_WAIT_QUEUE_HEAD(queue);
static bool opened;

static int interruptible(void *unused)
{
	int ret;

	allow_signal(SIGUSR1);
	ret = wait_event_interruptible(queue, opened);
	CHECK_EQ(ret, -ERESTARTSYS);
	CHECK(signal_pending(current));
	CHECK(!fatal_signal_pending(current));
	flush_signals(current);
	CHECK(!signal_pending(current));
	wait_event(queue, opened);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 7;
}

static void a_signal_ends_an_interruptible_wait(void)
{
	struct task_struct *p = kthread_run(interruptible, NULL, "interruptible");

	msleep(10);
	send_sig(SIGTERM, p, 0); /* not allowed: ignored */
	send_sig(SIGUSR1, p, 0);
	msleep(10);
	opened = true;
	wake_up_all(&queue);
	CHECK_EQ(kthread_stop(p), 7);
}

static int parks, beats;

static int parker(void *unused)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			WRITE_ONCE(parks, parks + 1);
			kthread_parkme();
		}
		WRITE_ONCE(beats, beats + 1);
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static void a_parked_thread_waits(void)
{
	struct task_struct *p = kthread_run(parker, NULL, "parker");
	int before;

	msleep(10);
	CHECK_EQ(kthread_park(p), 0);
	CHECK_EQ(READ_ONCE(parks), 1);
	before = READ_ONCE(beats);
	msleep(20);
	CHECK_EQ(READ_ONCE(beats), before);
	kthread_unpark(p);
	msleep(20);
	CHECK(READ_ONCE(beats) > before);
	kthread_stop(p);
}

static int order[2], turns;

static int note(void *who)
{
	order[turns++] = (int)(long)who;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void a_real_time_task_goes_first(void)
{
	struct task_struct *plain = kthread_create_on_cpu(note, (void *)1, 0, "plain/%u");
	struct task_struct *rt = kthread_create_on_cpu(note, (void *)2, 0, "rt/%u");

	sched_set_fifo(rt);
	CHECK(rt_task(rt) && !rt_task(plain));
	set_cpus_allowed_ptr(current, cpumask_of(0));
	preempt_disable();
	wake_up_process(plain);
	wake_up_process(rt);
	preempt_enable();
	msleep(10);
	CHECK_EQ(order[0], 2);
	CHECK_EQ(order[1], 1);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	kthread_stop(plain);
	kthread_stop(rt);
}

static int __init tasks_init(void)
{
	workers_count_and_stop();
	a_thread_that_was_never_woken_returns_eintr();
	ended_tasks_are_freed_before_they_are_many();
	a_bound_thread_stays();
	set_cpus_allowed_moves();
	a_signal_ends_an_interruptible_wait();
	a_parked_thread_waits();
	a_real_time_task_goes_first();
	ALL_CHECKED();
	return 0;
}
module_init(tasks_init);

/* SPDX-License-Identifier: MIT */
/* The timer wheel: never early, late by the granularity of the level and no more. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include "check.h"

static int levels = 4;
module_param(levels, int, 0);

/* Of each level: how exact it is, and how far ahead a timer must be for it. */
static const struct {
	unsigned long granularity, from;
} table[] = {
	{ 1, 0 },	      { 8, 63 },	    { 64, 504 },
	{ 512, 4032 },	      { 4096, 32256 },	    { 32768, 258048 },
	{ 262144, 2064384 },  { 2097152, 16515072 }, { 16777216, 132120576 },
};

struct probe {
	struct timer_list timer;
	struct completion fired;
	unsigned long at; /* the jiffy; 0: not yet */
	int cpu, runs;
};

static void note(struct timer_list *timer)
{
	struct probe *p = from_timer(p, timer, timer);

	p->at = jiffies;
	p->cpu = smp_processor_id();
	p->runs++;
	complete(&p->fired);
}

static void probe_init(struct probe *p, void (*fn)(struct timer_list *), unsigned int flags)
{
	timer_setup(&p->timer, fn, flags);
	init_completion(&p->fired);
	p->at = p->runs = 0;
}

static void migrate_to(int cpu)
{
	CHECK_EQ(set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
}

static unsigned long rounded_up(unsigned long expires, unsigned long granularity)
{
	return (expires / granularity + 1) * granularity;
}

#define PROBES 3 /* of a level: its first jiffy, one in the middle, its last */

static void each_level_is_as_exact_as_its_granularity(void)
{
	static struct probe probes[9][PROBES];
	unsigned long now;
	int level, i;

	migrate_to(nr_cpu_ids - 1);
	msleep(300);
	usleep_range(6000, 7000); /* the wheel is empty, and its clock no further than jiffies */
	now = jiffies;
	for (level = 0; level < levels; level++) {
		unsigned long from = table[level].from, past = 63 * table[level].granularity;
		unsigned long ahead[PROBES] = { from, (from + past) / 2 + level, past - 1 };

		for (i = 0; i < PROBES; i++) {
			probe_init(&probes[level][i], note, 0);
			mod_timer(&probes[level][i].timer, now + ahead[i]);
		}
	}
	for (level = 0; level < levels; level++) {
		for (i = 0; i < PROBES; i++) {
			struct probe *p = &probes[level][i];

			wait_for_completion_interruptible(&p->fired);
			CHECK_EQ(p->at, rounded_up(p->timer.expires, table[level].granularity));
			CHECK_EQ(p->cpu, nr_cpu_ids - 1);
			CHECK_EQ(p->runs, 1);
		}
	}
	CHECK_EQ(now, probes[0][0].timer.expires);
}

static void again(struct timer_list *timer)
{
	struct probe *p = from_timer(p, timer, timer);

	CHECK_EQ(jiffies, timer->expires + 1);
	if (++p->runs < 20)
		mod_timer(timer, jiffies + p->runs);
	else
		complete(&p->fired);
}

static void a_function_may_start_its_timer_again(void)
{
	static struct probe p;

	probe_init(&p, again, 0);
	mod_timer(&p.timer, jiffies);
	wait_for_completion_interruptible(&p.fired);
	CHECK_EQ(p.runs, 20);
	CHECK(!timer_pending(&p.timer));
}

static int inside, left;

static void linger(struct timer_list *timer)
{
	WRITE_ONCE(inside, 1);
	udelay(200);
	mod_timer(timer, jiffies + 1);
	WRITE_ONCE(left, 1);
}

static void wait_until_inside(struct timer_list *timer)
{
	inside = left = 0;
	timer->expires = jiffies;
	add_timer_on(timer, 1);
	while (!READ_ONCE(inside))
		cpu_relax();
}

static void delete_sync_waits_for_the_function(void)
{
	static struct timer_list timer;

	if (nr_cpu_ids == 1)
		return;
	migrate_to(0);
	timer_setup(&timer, linger, 0);
	wait_until_inside(&timer);
	CHECK_EQ(timer_delete(&timer), 0); /* does not */
	CHECK_EQ(try_to_del_timer_sync(&timer), -1);
	CHECK(!READ_ONCE(left));
	CHECK_EQ(timer_delete_sync(&timer), 1); /* it was started again */
	CHECK(READ_ONCE(left));
	msleep(12);
	CHECK(!timer_pending(&timer));

	wait_until_inside(&timer);
	CHECK_EQ(timer_shutdown_sync(&timer), 0); /* and that did nothing now */
	CHECK(READ_ONCE(left));
	CHECK_EQ(mod_timer(&timer, jiffies), 0);
	CHECK(!timer_pending(&timer));
}

static void an_idle_cpu_is_not_woken_for_a_deferrable_one(void)
{
	static struct probe deferred, ordinary;
	int cpu = nr_cpu_ids - 1;

	migrate_to(0);
	msleep(300);
	probe_init(&deferred, note, TIMER_DEFERRABLE);
	probe_init(&ordinary, note, 0);
	deferred.timer.expires = jiffies + 4;
	ordinary.timer.expires = jiffies + 30;
	add_timer_on(&deferred.timer, cpu);
	add_timer_on(&ordinary.timer, cpu);
	wait_for_completion_interruptible(&ordinary.fired);
	wait_for_completion_interruptible(&deferred.fired);
	CHECK_EQ(deferred.cpu, cpu);
	CHECK_EQ(ordinary.at, ordinary.timer.expires + 1);
	if (cpu)
		CHECK_EQ(deferred.at, ordinary.at);
}

#define MANY 40
#define TURNS 120

/* Started, put off, reduced and deleted at random; what is left fires, once, in time. */
static void a_crowd_keeps_its_times(void)
{
	static struct probe crowd[MANY];
	static unsigned long ahead[MANY]; /* when last started; 0: not */
	int i, turn;

	for (i = 0; i < MANY; i++)
		probe_init(&crowd[i], note, 0);
	for (turn = 0; turn < TURNS; turn++) {
		struct probe *p = &crowd[i = get_random_u32_below(MANY)];
		unsigned long far = 100 + get_random_u32_below(3000);

		migrate_to(get_random_u32_below(nr_cpu_ids));
		if (turn % 4 == 0) {
			CHECK_EQ(timer_delete_sync(&p->timer), ahead[i] != 0);
			ahead[i] = 0;
		} else if (turn % 4 == 1 && ahead[i]) {
			CHECK_EQ(mod_timer_pending(&p->timer, jiffies + far), 1);
			ahead[i] = far;
		} else {
			CHECK_EQ(mod_timer(&p->timer, jiffies + far), ahead[i] != 0);
			ahead[i] = far;
		}
	}
	for (i = 0; i < MANY; i++) {
		struct probe *p = &crowd[i];

		if (ahead[i]) {
			wait_for_completion_interruptible(&p->fired);
			CHECK(time_after(p->at, p->timer.expires));
			CHECK(p->at - p->timer.expires <= (ahead[i] < 504 ? 8 : 64));
		}
		CHECK_EQ(p->runs, ahead[i] != 0);
	}
}

static int __init wheel_init(void)
{
	each_level_is_as_exact_as_its_granularity();
	a_function_may_start_its_timer_again();
	delete_sync_waits_for_the_function();
	an_idle_cpu_is_not_woken_for_a_deferrable_one();
	a_crowd_keeps_its_times();
	ALL_CHECKED();
	return 0;
}
module_init(wheel_init);

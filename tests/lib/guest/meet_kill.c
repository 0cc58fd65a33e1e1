/* SPDX-License-Identifier: MIT */
/* What one CPU ends or changes while the other uses it. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/notifier.h>
#include <linux/once.h>
#include <linux/percpu-refcount.h>
#include <linux/stop_machine.h>

#include "tests/lib/guest/meet.h"

static struct percpu_ref ref;
static DECLARE_COMPLETION(released);
static int alive, seen_dead;

static void on_release(struct percpu_ref *r)
{
	WRITE_ONCE(alive, 0);
	complete(&released);
}

static void make_ref(void)
{
	WARN_ON(percpu_ref_init(&ref, on_release, 0, GFP_KERNEL));
	alive = 1;
}

static void use_ref(void)
{
	if (!percpu_ref_tryget_live(&ref))
		return;
	if (!READ_ONCE(alive))
		seen_dead = 1;
	percpu_ref_put(&ref);
}

static void kill_ref(void)
{
	percpu_ref_kill(&ref);
}

static void was_released(void)
{
	wait_for_completion(&released);
	WARN(seen_dead, "used after its release");
	percpu_ref_exit(&ref);
}

static void kill_twice(void)
{
	percpu_ref_kill(&ref);
	percpu_ref_kill(&ref);
}

static int a, b, apart;

static void move(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		preempt_disable();
		WRITE_ONCE(a, a + 1);
		WRITE_ONCE(b, b + 1);
		preempt_enable();
	}
}

static int look(void *unused)
{
	if (a != b)
		apart = 1;
	return 0;
}

static void stop(void)
{
	WARN_ON(stop_machine(look, NULL, NULL));
	WARN_ON(stop_machine(look, NULL, NULL));
}

static void never_apart(void)
{
	WARN(apart, "moved while the machine was stopped");
}

static int look_elsewhere(void *unused)
{
	return smp_processor_id() == 0 ? look(unused) : 0;
}

/* On this CPU only: the other one goes on. */
static void stop_one(void)
{
	WARN_ON(stop_one_cpu(1, look_elsewhere, NULL));
	look(NULL);
}

static int sleeps(struct notifier_block *nb, unsigned long event, void *data)
{
	msleep(1);
	return NOTIFY_OK;
}

static struct notifier_block sleeper = { .notifier_call = sleeps };
static ATOMIC_NOTIFIER_HEAD(chain);
static BLOCKING_NOTIFIER_HEAD(blocking);

static void call_sleeper(void)
{
	atomic_notifier_call_chain(&chain, 1, NULL);
}

static void register_sleeper(void)
{
	atomic_notifier_chain_register(&chain, &sleeper);
}

static void register_twice(void)
{
	register_sleeper();
	register_sleeper();
}

static int leaves(struct notifier_block *nb, unsigned long event, void *data)
{
	return blocking_notifier_chain_unregister(&blocking, nb);
}

static struct notifier_block leaver = { .notifier_call = leaves };

static void call_leaver(void)
{
	blocking_notifier_chain_register(&blocking, &leaver);
	blocking_notifier_call_chain(&blocking, 1, NULL);
}

static bool gone;
static int called_late;

static int on_call(struct notifier_block *nb, unsigned long event, void *data)
{
	int i;

	for (i = 0; i < 3; i++)
		if (READ_ONCE(gone))
			called_late = 1;
	return NOTIFY_OK;
}

static struct notifier_block guest = { .notifier_call = on_call };

static void come(void)
{
	atomic_notifier_chain_register(&chain, &guest);
}

static void call(void)
{
	atomic_notifier_call_chain(&chain, 1, NULL);
	atomic_notifier_call_chain(&chain, 1, NULL);
}

static void go(void)
{
	atomic_notifier_chain_unregister(&chain, &guest);
	WRITE_ONCE(gone, true);
}

static void not_late(void)
{
	WARN(called_late, "called after unregister returned");
}

static int makes, unmade;

static void make(void)
{
	WRITE_ONCE(makes, makes + 1);
}

/* One place in the text for both tasks. */
static noinline void use_made(void)
{
	DO_ONCE(make);
	if (READ_ONCE(makes) != 1)
		unmade = 1;
}

static void made_once(void)
{
	WARN(makes != 1 || unmade, "made %d times", makes);
}

static void nothing(void)
{
}

const struct meeting kill_meetings[] = {
	{ "percpu_ref", { use_ref, kill_ref }, make_ref, was_released },
	{ "stop_machine", { move, stop }, NULL, never_apart },
	{ "stop_one_only", { move, stop_one }, NULL, never_apart },
	{ "notifier", { call, go }, come, not_late },
	{ "once", { use_made, use_made }, NULL, made_once },
	{ "percpu_ref_killed_twice", { kill_twice, nothing }, make_ref, NULL },
	{ "notifier_asleep", { call_sleeper, nothing }, register_sleeper, NULL },
	{ "notifier_twice", { register_twice, nothing }, NULL, NULL },
	{ "notifier_leaves_itself", { call_leaver, nothing }, NULL, NULL },
	{ NULL, { NULL, NULL }, NULL, NULL },
};

/* SPDX-License-Identifier: MIT */
/*
 * A device that tasks and an interrupt use while it is killed: it is released once,
 * after the last use, and nobody gets it after the confirmation.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/percpu-refcount.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "tests/kernel/guest/check.h"

#define USERS 3

struct device {
	struct percpu_ref ref;
	int *memory; /* freed at the release */
};

static struct device *dev;
static DECLARE_COMPLETION(confirmed);
static DECLARE_COMPLETION(released);
static DECLARE_COMPLETION(users_done);
static atomic_t running, releases, uses;

static void on_release(struct percpu_ref *ref)
{
	struct device *d = container_of(ref, struct device, ref);

	atomic_inc(&releases);
	kfree(d->memory);
	d->memory = NULL;
	complete(&released);
}

static void on_confirm(struct percpu_ref *ref)
{
	CHECK(percpu_ref_is_dying(ref));
	CHECK(!percpu_ref_tryget_live(ref));
	complete(&confirmed);
}

static void use(struct device *d)
{
	int was;

	CHECK(!percpu_ref_is_zero(&d->ref));
	percpu_ref_get_many(&d->ref, 3);
	was = READ_ONCE(d->memory[0]);
	atomic_inc(&uses);
	percpu_ref_put_many(&d->ref, 3);
	CHECK_EQ(READ_ONCE(d->memory[0]), was);
	percpu_ref_put(&d->ref);
}

static irqreturn_t on_irq(int irq, void *data)
{
	if (percpu_ref_tryget_live(&dev->ref))
		use(dev);
	return IRQ_HANDLED;
}

static int user(void *unused)
{
	while (percpu_ref_tryget_live(&dev->ref)) {
		use(dev);
		usleep_range(1, 5);
	}
	if (atomic_dec_and_test(&running))
		complete(&users_done);
	return 0;
}

static void begin(void)
{
	dev->memory = kzalloc(sizeof(int), GFP_KERNEL);
	atomic_set(&releases, 0);
	atomic_set(&running, USERS);
	reinit_completion(&confirmed);
	reinit_completion(&released);
	reinit_completion(&users_done);
}

static void live_and_die(void)
{
	int i;

	for (i = 0; i < USERS; i++)
		kthread_run(user, NULL, "user%d", i);
	usleep_range(20, 40);
	CHECK_EQ(atomic_read(&releases), 0);
	percpu_ref_kill_and_confirm(&dev->ref, on_confirm);
	wait_for_completion(&confirmed);
	wait_for_completion(&users_done);
	wait_for_completion(&released);
	CHECK_EQ(atomic_read(&releases), 1);
	CHECK(percpu_ref_is_zero(&dev->ref) && !percpu_ref_tryget(&dev->ref));
}

static void alone(void)
{
	struct percpu_ref ref;

	atomic_set(&releases, 0);
	CHECK_EQ(percpu_ref_init(&ref, on_release, PERCPU_REF_INIT_DEAD, GFP_KERNEL), 0);
	CHECK(percpu_ref_is_zero(&ref) && percpu_ref_is_dying(&ref));
	percpu_ref_reinit(&ref);
	CHECK(!percpu_ref_is_dying(&ref) && !percpu_ref_is_zero(&ref));
	percpu_ref_switch_to_atomic_sync(&ref);
	CHECK(percpu_ref_tryget_many(&ref, 2));
	CHECK_EQ(atomic_long_read(&ref.data->count), 3);
	percpu_ref_switch_to_percpu(&ref);
	percpu_ref_put_many(&ref, 2);
	percpu_ref_switch_to_atomic_sync(&ref);
	CHECK_EQ(atomic_long_read(&ref.data->count), 1);
	CHECK(!percpu_ref_is_zero(&ref));
	percpu_ref_exit(&ref);
	CHECK(percpu_ref_is_zero(&ref));
	CHECK_EQ(percpu_ref_init(&ref, on_release, PERCPU_REF_INIT_ATOMIC, GFP_KERNEL), 0);
	CHECK_EQ(atomic_long_read(&ref.data->count), 1);
	percpu_ref_exit(&ref);
}

static int __init percpu_ref_module_init(void)
{
	int irq = platform_get_irq_byname(NULL, "eth0");

	alone();
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	CHECK_EQ(percpu_ref_init(&dev->ref, on_release, PERCPU_REF_ALLOW_REINIT, GFP_KERNEL), 0);
	begin();
	CHECK_EQ(request_irq(irq, on_irq, 0, "eth0", dev), 0);
	live_and_die();
	begin();
	percpu_ref_reinit(&dev->ref);
	live_and_die();
	CHECK(atomic_read(&uses) > 0);
	free_irq(irq, dev);
	rcu_barrier();
	percpu_ref_exit(&dev->ref);
	kfree(dev);
	ALL_CHECKED();
	return 0;
}
module_init(percpu_ref_module_init);

/* SPDX-License-Identifier: MIT */
/*
 * The order of a chain, its values and its errors, in all four kinds; and functions
 * that come and go while the chain is called, from tasks and from an interrupt.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "tests/kernel/guest/check.h"

static ATOMIC_NOTIFIER_HEAD(atomic);
static BLOCKING_NOTIFIER_HEAD(blocking);
static RAW_NOTIFIER_HEAD(raw);
SRCU_NOTIFIER_HEAD_STATIC(srcu);
static struct srcu_notifier_head made;
static DECLARE_WAIT_QUEUE_HEAD(ended);
static atomic_t running, calls, late;
static char order[16];

/* The data of a call: the text that its functions write themselves into. */
static int note(unsigned long event, void *text, char who)
{
	char *to = text;
	size_t n = strlen(to);

	to[n] = who;
	to[n + 1] = 0;
	if (event == 7 && who == 'b')
		return notifier_from_errno(-ENOSPC);
	return who == 'c' ? NOTIFY_DONE : NOTIFY_OK;
}

static int call_a(struct notifier_block *nb, unsigned long event, void *text)
{
	return note(event, text, 'a');
}

static int call_b(struct notifier_block *nb, unsigned long event, void *text)
{
	return note(event, text, 'b');
}

static int call_c(struct notifier_block *nb, unsigned long event, void *text)
{
	return note(event, text, 'c');
}

static struct notifier_block a = { .notifier_call = call_a, .priority = 5 };
static struct notifier_block b = { .notifier_call = call_b };
static struct notifier_block c = { .notifier_call = call_c };
static struct notifier_block same = { .notifier_call = call_c, .priority = 5 };

#define CALLED(call, letters, value)			\
	do {						\
		order[0] = 0;				\
		CHECK_EQ(call, value);			\
		CHECK(!strcmp(order, letters));		\
	} while (0)
#define ONE_KIND(kind, chain)						\
	do {								\
		CALLED(kind##_notifier_call_chain(chain, 1, order), "", NOTIFY_DONE); \
		CHECK_EQ(kind##_notifier_chain_register(chain, &b), 0);	\
		CHECK_EQ(kind##_notifier_chain_register(chain, &c), 0);	\
		CHECK_EQ(kind##_notifier_chain_register(chain, &a), 0);	\
		CALLED(kind##_notifier_call_chain(chain, 1, order), "abc", NOTIFY_DONE); \
		CALLED(kind##_notifier_call_chain(chain, 7, order), "ab", \
		       notifier_from_errno(-ENOSPC));			\
		CHECK_EQ(kind##_notifier_chain_unregister(chain, &c), 0); \
		CHECK_EQ(kind##_notifier_chain_unregister(chain, &c), -ENOENT); \
		CALLED(kind##_notifier_call_chain(chain, 1, order), "ab", NOTIFY_OK); \
		CHECK_EQ(kind##_notifier_chain_unregister(chain, &a), 0); \
		CHECK_EQ(kind##_notifier_chain_unregister(chain, &b), 0); \
	} while (0)

static void alone(void)
{
	srcu_init_notifier_head(&made);
	ONE_KIND(atomic, &atomic);
	ONE_KIND(blocking, &blocking);
	ONE_KIND(raw, &raw);
	ONE_KIND(srcu, &srcu);
	ONE_KIND(srcu, &made);
	srcu_cleanup_notifier_head(&made);
	CHECK_EQ(notifier_to_errno(notifier_from_errno(-EBUSY)), -EBUSY);
	CHECK_EQ(notifier_to_errno(NOTIFY_OK), 0);
	raw_notifier_chain_register(&raw, &a);
	raw_notifier_chain_register(&raw, &b);
	raw_notifier_chain_register(&raw, &c);
	CALLED(raw_notifier_call_chain_robust(&raw, 7, 1, order), "aba",
	       notifier_from_errno(-ENOSPC));
	blocking_notifier_chain_register(&blocking, &a);
	CHECK_EQ(blocking_notifier_chain_register_unique_prio(&blocking, &same), -EBUSY);
	blocking_notifier_chain_unregister(&blocking, &a);
	CHECK(atomic_notifier_call_chain_is_empty(&atomic));
}

struct guest {
	struct notifier_block nb;
	bool gone;
};

static int on_call(struct notifier_block *nb, unsigned long event, void *data)
{
	struct guest *guest = container_of(nb, struct guest, nb);

	atomic_inc(&calls);
	if (READ_ONCE(guest->gone))
		atomic_inc(&late);
	return NOTIFY_OK;
}

static int come_and_go(void *unused)
{
	struct guest *guest;
	int i;

	for (i = 0; i < 4; i++) {
		guest = kzalloc(sizeof(*guest), GFP_KERNEL);
		guest->nb.notifier_call = on_call;
		guest->nb.priority = i % 2;
		atomic_notifier_chain_register(&atomic, &guest->nb);
		usleep_range(5, 20);
		CHECK_EQ(atomic_notifier_chain_unregister(&atomic, &guest->nb), 0);
		blocking_notifier_chain_register(&blocking, &guest->nb);
		usleep_range(5, 20);
		CHECK_EQ(blocking_notifier_chain_unregister(&blocking, &guest->nb), 0);
		srcu_notifier_chain_register(&srcu, &guest->nb);
		usleep_range(5, 20);
		CHECK_EQ(srcu_notifier_chain_unregister(&srcu, &guest->nb), 0);
		WRITE_ONCE(guest->gone, true);
		kfree(guest);
	}
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static irqreturn_t on_irq(int irq, void *dev)
{
	atomic_notifier_call_chain(&atomic, 1, NULL);
	return IRQ_HANDLED;
}

static int __init notifier_module_init(void)
{
	int irq = platform_get_irq_byname(NULL, "eth0");

	alone();
	CHECK_EQ(request_irq(irq, on_irq, 0, "eth0", &atomic), 0);
	atomic_set(&running, 2);
	kthread_run(come_and_go, NULL, "guest0");
	kthread_run(come_and_go, NULL, "guest1");
	while (atomic_read(&running)) {
		atomic_notifier_call_chain(&atomic, 1, NULL);
		blocking_notifier_call_chain(&blocking, 1, NULL);
		srcu_notifier_call_chain(&srcu, 1, NULL);
		usleep_range(2, 10);
	}
	free_irq(irq, &atomic);
	CHECK(atomic_read(&calls) > 0);
	CHECK_EQ(atomic_read(&late), 0);
	ALL_CHECKED();
	return 0;
}
module_init(notifier_module_init);

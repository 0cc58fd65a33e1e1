/* SPDX-License-Identifier: MIT */
/*
 * Fifos between an interrupt and a task, between two tasks, and between several
 * of each with a lock on each side. Nothing is lost, made or put out of order.
 */
#include <linux/circ_buf.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kfifo.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/wait.h>

#include "tests/kernel/guest/check.h"

#define ITEMS 40

struct item {
	u32 number;
	u64 twice;
};

static DEFINE_KFIFO(items, struct item, 4);
static DECLARE_KFIFO_PTR(shared, int);
static DEFINE_KFIFO(ticks, u16, 8);
static DEFINE_SPINLOCK(producers);
static DEFINE_SPINLOCK(consumers);
static DECLARE_WAIT_QUEUE_HEAD(ticked);
static DECLARE_WAIT_QUEUE_HEAD(ended);
static atomic_t running, sum;
static u16 tick; /* of the handler */

static void end(void)
{
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
}

static void alone(void)
{
	STRUCT_KFIFO(u32, 8) words;
	struct kfifo bytes;
	char memory[10], text[16] = "";
	u32 in[6] = { 0, 1, 2, 3, 4, 5 }, out[6];
	u32 value = 77;
	int i;

	INIT_KFIFO(words);
	CHECK_EQ(kfifo_size(&words), 8);
	CHECK_EQ(kfifo_esize(&words), 4);
	CHECK(kfifo_initialized(&words) && kfifo_is_empty(&words));
	CHECK(!kfifo_get(&words, &value) && !kfifo_peek(&words, &value) && value == 77);
	for (i = 0; i < 9; i++) { /* goes round the end */
		CHECK_EQ(kfifo_put(&words, 9), 1);
		kfifo_skip(&words);
		CHECK_EQ(kfifo_in(&words, in, 6), 6);
		CHECK_EQ(kfifo_len(&words), 6);
		CHECK_EQ(kfifo_in(&words, in, 6), 2);
		CHECK(kfifo_is_full(&words) && !kfifo_put(&words, 9));
		CHECK_EQ(kfifo_avail(&words), 0);
		CHECK(kfifo_peek(&words, &value) && value == 0);
		kfifo_skip(&words);
		CHECK_EQ(kfifo_out_peek(&words, out, 5), 5);
		CHECK(!memcmp(out, in + 1, 5 * sizeof(*in)));
		CHECK_EQ(kfifo_out(&words, out, 4), 4);
		CHECK(!memcmp(out, in + 1, 4 * sizeof(*in)));
		CHECK(kfifo_get(&words, &value) && value == 5);
		CHECK(kfifo_get(&words, &value) && value == 0);
		kfifo_reset_out(&words);
		CHECK(kfifo_is_empty(&words));
	}
	kfifo_put(&words, 5);
	kfifo_reset(&words);
	CHECK_EQ(kfifo_len(&words), 0);
	CHECK_EQ(kfifo_init(&bytes, memory, sizeof(memory)), 0);
	CHECK_EQ(kfifo_size(&bytes), 8);
	CHECK_EQ(kfifo_in(&bytes, "lockstep!", 9), 8);
	CHECK_EQ(kfifo_out(&bytes, text, sizeof(text)), 8);
	CHECK(!strcmp(text, "lockstep"));
	CHECK_EQ(kfifo_init(&bytes, memory, 1), -EINVAL);
	CHECK_EQ(kfifo_alloc(&bytes, 1, GFP_KERNEL), -EINVAL);
	CHECK_EQ(kfifo_alloc(&bytes, 100, GFP_KERNEL), 0);
	CHECK_EQ(kfifo_size(&bytes), 128);
	kfifo_free(&bytes);
	CHECK(!kfifo_initialized(&bytes));
	CHECK_EQ(CIRC_CNT(2, 6, 8), 4);
	CHECK_EQ(CIRC_SPACE(2, 6, 8), 3);
	CHECK_EQ(CIRC_CNT_TO_END(2, 6, 8), 2);
	CHECK_EQ(CIRC_SPACE_TO_END(6, 1, 8), 2);
}

static int put_items(void *unused)
{
	struct item item;
	u32 i;

	for (i = 0; i < ITEMS; i++) {
		item.number = i;
		item.twice = 2ull * i;
		while (!kfifo_put(&items, item))
			usleep_range(1, 2);
	}
	end();
	return 0;
}

static int get_items(void *unused)
{
	struct item item;
	u32 i;

	for (i = 0; i < ITEMS; i++) {
		while (!kfifo_get(&items, &item))
			usleep_range(1, 2);
		CHECK_EQ(item.number, i);
		CHECK_EQ(item.twice, 2 * i);
	}
	end();
	return 0;
}

static int put_shared(void *first)
{
	int i, two[2];

	for (i = 0; i < ITEMS / 2; i++) {
		two[0] = (long)first + i;
		two[1] = -two[0];
		while (kfifo_avail(&shared) < 4 ||
		       !kfifo_in_spinlocked(&shared, two, 2, &producers))
			usleep_range(1, 2);
	}
	end();
	return 0;
}

/* The two of a pair may come to two consumers: their sum is 0 all the same. */
static int get_shared(void *unused)
{
	int i, value;

	for (i = 0; i < ITEMS; i++) {
		while (!kfifo_out_spinlocked(&shared, &value, 1, &consumers))
			usleep_range(1, 2);
		atomic_add(value, &sum);
	}
	end();
	return 0;
}

static irqreturn_t on_tick(int irq, void *dev)
{
	if (kfifo_put(&ticks, tick))
		tick++;
	wake_up(&ticked);
	return IRQ_HANDLED;
}

static void from_interrupt(void)
{
	int i, irq = platform_get_irq_byname(NULL, "eth0");
	u16 value;

	CHECK_EQ(request_irq(irq, on_tick, 0, "eth0", &ticks), 0);
	for (i = 0; i < 20; i++) {
		wait_event(ticked, !kfifo_is_empty(&ticks));
		CHECK(kfifo_get(&ticks, &value));
		CHECK_EQ(value, i);
	}
	free_irq(irq, &ticks);
}

static int __init kfifo_init_module(void)
{
	alone();
	CHECK_EQ(kfifo_alloc(&shared, 7, GFP_KERNEL), 0);
	atomic_set(&running, 6);
	kthread_run(put_items, NULL, "put");
	kthread_run(get_items, NULL, "get");
	kthread_run(put_shared, (void *)1l, "put1");
	kthread_run(put_shared, (void *)1000l, "put2");
	kthread_run(get_shared, NULL, "get1");
	kthread_run(get_shared, NULL, "get2");
	from_interrupt();
	wait_event(ended, atomic_read(&running) == 0);
	CHECK_EQ(atomic_read(&sum), 0);
	CHECK(kfifo_is_empty(&shared) && kfifo_is_empty(&items));
	kfifo_free(&shared);
	ALL_CHECKED();
	return 0;
}
module_init(kfifo_init_module);

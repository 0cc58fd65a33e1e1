/* SPDX-License-Identifier: MIT */
/* Fifos and numbers: one producer and one consumer, and what two of one kind do. */
#include <linux/circ_buf.h>
#include <linux/idr.h>
#include <linux/kfifo.h>
#include <linux/spinlock.h>

#include "tests/lib/guest/meet.h"

#define ITEMS 3

struct pair {
	u32 a, b;
};

static DEFINE_KFIFO(fifo, struct pair, 2);
static DEFINE_IDR(idr);
static DEFINE_SPINLOCK(lock);
static int ids[2];
static u32 got;

static void put(void)
{
	struct pair pair;
	u32 i;

	for (i = 0; i < ITEMS; i++) {
		pair.a = pair.b = i;
		kfifo_put(&fifo, pair);
	}
}

static void get(void)
{
	struct pair pair;
	u32 i, least = 0;

	for (i = 0; i < ITEMS; i++) {
		if (!kfifo_get(&fifo, &pair))
			continue;
		WARN(pair.a != pair.b || pair.a < least, "torn or out of order");
		least = pair.a + 1;
		got++;
	}
}

static void got_what_was_put(void)
{
	WARN(got + kfifo_len(&fifo) != (unsigned int)fifo.kfifo.in, "lost");
}

static void put_locked(void)
{
	struct pair pair = { 1, 1 };

	kfifo_in_spinlocked(&fifo, &pair, 1, &lock);
}

static void two_were_put(void)
{
	WARN(kfifo_len(&fifo) != 2, "%u instead of 2", kfifo_len(&fifo));
}

static struct {
	int head, tail;
	u32 buf[4];
} ring;

static void ring_put(void)
{
	int head = ring.head, i;

	for (i = 0; i < ITEMS; i++) {
		if (CIRC_SPACE(head, smp_load_acquire(&ring.tail), 4) < 1)
			continue;
		ring.buf[head] = 7;
		head = (head + 1) & 3;
		smp_store_release(&ring.head, head);
	}
}

static void ring_get(void)
{
	int tail = ring.tail, i;

	for (i = 0; i < ITEMS; i++) {
		if (CIRC_CNT(smp_load_acquire(&ring.head), tail, 4) < 1)
			continue;
		WARN(ring.buf[tail] != 7, "not yet written");
		ring.buf[tail] = 0;
		tail = (tail + 1) & 3;
		smp_store_release(&ring.tail, tail);
	}
}

static void take_id_locked(void)
{
	int *mine;

	spin_lock(&lock);
	mine = ids[0] ? &ids[1] : &ids[0];
	*mine = idr_alloc(&idr, mine, 1, 0, GFP_NOWAIT);
	spin_unlock(&lock);
}

static void take_id(void)
{
	idr_alloc(&idr, &idr, 1, 0, GFP_NOWAIT);
}

static void two_were_given(void)
{
	WARN(ids[0] + ids[1] != 3 || ids[0] == ids[1], "%d and %d", ids[0], ids[1]);
}

const struct meeting fifo_meetings[] = {
	{ "kfifo", { put, get }, NULL, got_what_was_put },
	{ "kfifo_locked", { put_locked, put_locked }, NULL, two_were_put },
	{ "circ_buf", { ring_put, ring_get }, NULL, NULL },
	{ "idr", { take_id_locked, take_id_locked }, NULL, two_were_given },
	{ "kfifo_two_producers", { put, put }, NULL, NULL },
	{ "kfifo_two_consumers", { get, get }, put, NULL },
	{ "idr_without_lock", { take_id, take_id }, NULL, NULL },
	{ NULL, { NULL, NULL }, NULL, NULL },
};

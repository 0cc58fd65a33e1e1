/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CIRC_BUF_H
#define _LINUX_CIRC_BUF_H
/*
 * Arithmetic of a ring: a power of two places, a head at which the producer
 * writes and a tail at which the consumer reads, both from 0 to size - 1.
 *
 *	state	head == tail		head + 1 == tail
 *		empty			full: one place stays free, to tell them apart
 *
 * These are only sums; the order is the caller's to make. With one producer and
 * one consumer, no lock is needed between them:
 *
 *	producer				consumer
 *	head = ring->head;			head = smp_load_acquire(&ring->head);
 *	tail = READ_ONCE(ring->tail);		tail = ring->tail;
 *	if (CIRC_SPACE(head, tail, size) >= 1) {	if (CIRC_CNT(head, tail, size) >= 1) {
 *		buf[head] = item;			item = buf[tail];
 *		smp_store_release(&ring->head,		smp_store_release(&ring->tail,
 *			(head + 1) & (size - 1));		(tail + 1) & (size - 1));
 *	}					}
 *
 * The surprising thing: in the producer a control dependency is what keeps the
 * store to buf[head] behind the load of tail. The race checker does not follow
 * control dependencies (sim/check/race.h): to keep it silent, load tail with
 * smp_load_acquire(), or hold a lock among consumers that pairs with one among
 * producers.
 */

struct circ_buf {
	char *buf;
	int head;
	int tail;
};

/* Places that hold something; places that can be written. */
#define CIRC_CNT(head, tail, size) (((head) - (tail)) & ((size) - 1))
#define CIRC_SPACE(head, tail, size) CIRC_CNT((tail), ((head) + 1), (size))

/* The same, as far as it goes without wrapping: for memcpy(). */
#define CIRC_CNT_TO_END(head, tail, size)				\
	({								\
		int __to_end = (size) - (tail);				\
		int __cnt = ((head) + __to_end) & ((size) - 1);		\
		__cnt < __to_end ? __cnt : __to_end;			\
	})
#define CIRC_SPACE_TO_END(head, tail, size)				\
	({								\
		int __end = (size) - 1 - (head);			\
		int __space = (__end + (tail)) & ((size) - 1);		\
		__space <= __end ? __space : __end + 1;			\
	})

#endif /* _LINUX_CIRC_BUF_H */

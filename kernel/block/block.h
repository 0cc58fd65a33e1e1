/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_BLOCK_BLOCK_H
#define KERNEL_BLOCK_BLOCK_H
/* The inside of the block layer: between its queue and the disk's driver. */
#include <linux/blkdev.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

constexpr unsigned int kQueueDepth = 8; /* requests that the disk serves at once */

struct request_queue {
	spinlock_t queue_lock; /* irq-safe */

	/* guarded by queue_lock: */
	bio *first, *last;	  /* those without a tag, in their order */
	bio *in_flight[kQueueDepth]; /* by tag; nullptr: the tag is free */
	unsigned int pending;	  /* submitted, not ended yet */

	wait_queue_head_t idle; /* pending became 0; woken with queue_lock held */
};

struct gendisk {
	const char *name;
	request_queue queue;
	block_device bdev;
	unsigned int irq;

	/* The medium: the interrupt handler's alone, and one runs at a time. */
	char *medium;

	/* guarded by disks_lock: */
	unsigned int openers;
	gendisk *next;
};

/* queue.cpp */
void queue_init(request_queue *q);
void queue_wait_idle(request_queue *q);
/* In hardirq context: what the device has done is taken out of flight, which frees
 * the tag (nullptr: nothing was in flight, a bug), and when its bytes have moved,
 * given to the softirq. */
bio *queue_take_done(gendisk *disk, unsigned int tag);
void queue_end(bio *b);

/* disk.cpp: gives the device a command; queue_lock is held. */
void disk_start(gendisk *disk, unsigned int tag);

#endif /* KERNEL_BLOCK_BLOCK_H */

// SPDX-License-Identifier: MIT
/*
 * The request queue: from submit_bio() to bi_end_io().
 *
 *	submit_bio()	bio -> queue
 *	start_some()	queue -> in flight, while there is a free tag
 *	queue_take_done() the interrupt: in flight -> the handler, which moves bytes
 *	queue_end()	the interrupt: -> this CPU's done list
 *	end_bios()	BLOCK softirq: done list -> bi_end_io()
 *
 * The first three take the bio, under queue_lock, out of where it was, so nobody
 * can end it twice.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/percpu-defs.h>
#include "kernel/block/block.h"

namespace {

/* Its own CPU only, interrupts off: newest first. */
DEFINE_PER_CPU(struct bio *, cpu_done);

gendisk *disk_of(const bio *b)
{
	return b->bi_bdev->bd_disk;
}

bool fits(const bio *b)
{
	const sector_t end = b->bi_bdev->bd_nr_sectors;
	const unsigned int sectors = bio_sectors(b);

	return b->bi_buf && sectors && b->bi_iter.bi_size % SECTOR_SIZE == 0 &&
	       b->bi_iter.bi_sector < end && sectors <= end - b->bi_iter.bi_sector;
}

bio *take_first(request_queue *q)
{
	bio *b = q->first;

	if (b) {
		q->first = b->bi_next;
		b->bi_next = nullptr;
	}
	return b;
}

/* queue_lock is held. */
void start_some(gendisk *disk)
{
	request_queue *q = &disk->queue;

	for (unsigned int tag = 0; q->first && tag < kQueueDepth; tag++) {
		if (q->in_flight[tag])
			continue;
		q->in_flight[tag] = take_first(q);
		disk_start(disk, tag);
	}
}

/* The bio may be gone when bi_end_io() returns. */
void end_bio(bio *b)
{
	request_queue *q = &disk_of(b)->queue;
	unsigned long flags;

	bio_endio(b);
	/* Waking under the lock: whoever sees 0 takes it before the queue goes. */
	spin_lock_irqsave(&q->queue_lock, flags);
	if (!--q->pending)
		wake_up(&q->idle);
	spin_unlock_irqrestore(&q->queue_lock, flags);
}

bio *reversed(bio *list)
{
	bio *out = nullptr;

	while (list) {
		bio *next = list->bi_next;
		list->bi_next = out;
		out = list;
		list = next;
	}
	return out;
}

void end_bios(softirq_action *)
{
	local_irq_disable();
	bio *list = reversed(this_cpu_read(cpu_done));
	this_cpu_write(cpu_done, nullptr);
	local_irq_enable();
	while (list) {
		bio *next = list->bi_next;
		part_stat_inc(list->bi_bdev, ios[bio_data_dir(list)]);
		part_stat_add(list->bi_bdev, sectors[bio_data_dir(list)], bio_sectors(list));
		end_bio(list);
		list = next;
	}
}

} /* namespace */

void queue_init(request_queue *q)
{
	spin_lock_init(&q->queue_lock);
	init_waitqueue_head(&q->idle);
	open_softirq(BLOCK_SOFTIRQ, end_bios); /* the same each time */
}

void queue_wait_idle(request_queue *q)
{
	wait_event(q->idle, READ_ONCE(q->pending) == 0);
	spin_lock_irq(&q->queue_lock); /* behind the last end_bio() */
	spin_unlock_irq(&q->queue_lock);
}


bio *queue_take_done(gendisk *disk, unsigned int tag)
{
	request_queue *q = &disk->queue;

	spin_lock(&q->queue_lock);
	bio *b = q->in_flight[tag];
	q->in_flight[tag] = nullptr;
	start_some(disk);
	spin_unlock(&q->queue_lock);
	WARN(!b, "%s: tag %u is done, but was not in flight\n", disk->name, tag);
	return b;
}

void queue_end(bio *b)
{
	b->bi_next = this_cpu_read(cpu_done);
	this_cpu_write(cpu_done, b);
	raise_softirq_irqoff(BLOCK_SOFTIRQ);
}

extern "C" {

void submit_bio(bio *b)
{
	gendisk *disk = disk_of(b);
	request_queue *q = &disk->queue;
	unsigned long flags;

	if (WARN(b->bi_submitted, "submit_bio: it is in flight\n"))
		return;
	b->bi_submitted = true;
	b->bi_next = nullptr;
	b->bi_status = fits(b) ? BLK_STS_OK : BLK_STS_IOERR;
	if (b->bi_status != BLK_STS_OK) {
		bio_endio(b);
		return;
	}
	spin_lock_irqsave(&q->queue_lock, flags);
	q->pending++;
	if (q->first)
		q->last->bi_next = b;
	else
		q->first = b;
	q->last = b;
	start_some(disk);
	spin_unlock_irqrestore(&q->queue_lock, flags);
}

} /* extern "C" */

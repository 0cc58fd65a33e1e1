/* SPDX-License-Identifier: MIT */
/*
 * The block layer: every request ends exactly once and moves the right bytes.
 * Each task has sectors of its own, and reads back what it wrote.
 */
#include <linux/blkdev.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "tests/kernel/guest/check.h"

#define TASKS 4
#define SECTORS 6 /* of each task */
#define ROUNDS 5

static struct block_device *bdev;
static struct completion finished;
static atomic_t ended, left = ATOMIC_INIT(TASKS);

struct transfer {
	struct bio *bio;
	struct completion done;
	atomic_t ends;
	unsigned char *buf;
};

static void on_end(struct bio *bio)
{
	struct transfer *t = bio->bi_private;

	CHECK(in_serving_softirq() && !in_hardirq());
	CHECK_EQ(atomic_inc_return(&t->ends), 1);
	atomic_inc(&ended);
	complete(&t->done);
}

static void start(struct transfer *t, enum req_op op, sector_t sector)
{
	t->bio = bio_alloc(bdev, 1, op, GFP_KERNEL);
	init_completion(&t->done);
	atomic_set(&t->ends, 0);
	t->bio->bi_iter.bi_sector = sector;
	t->bio->bi_end_io = on_end;
	t->bio->bi_private = t;
	CHECK_EQ(bio_add_page(t->bio, virt_to_page(t->buf), SECTOR_SIZE, offset_in_page(t->buf)),
		 SECTOR_SIZE);
	submit_bio(t->bio);
}

static void finish(struct transfer *t)
{
	wait_for_completion(&t->done);
	CHECK_EQ(t->bio->bi_status, BLK_STS_OK);
	bio_put(t->bio);
}

static int worker(void *data)
{
	long me = (long)data;
	struct transfer *t = kcalloc(SECTORS, sizeof(*t), GFP_KERNEL);
	int round, i, k;

	for (i = 0; i < SECTORS; i++)
		t[i].buf = kmalloc(SECTOR_SIZE, GFP_KERNEL);
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < SECTORS; i++) {
			memset(t[i].buf, (int)(me * 40 + round * SECTORS + i), SECTOR_SIZE);
			start(&t[i], REQ_OP_WRITE, me * SECTORS + i);
		}
		for (i = 0; i < SECTORS; i++) {
			finish(&t[i]);
			memset(t[i].buf, 0xff, SECTOR_SIZE);
			start(&t[i], REQ_OP_READ, me * SECTORS + i);
		}
		for (i = 0; i < SECTORS; i++) {
			finish(&t[i]);
			for (k = 0; k < SECTOR_SIZE; k += 73)
				CHECK_EQ(t[i].buf[k], me * 40 + round * SECTORS + i);
		}
	}
	for (i = 0; i < SECTORS; i++)
		kfree(t[i].buf);
	kfree(t);
	if (atomic_dec_and_test(&left))
		complete(&finished);
	return 0;
}

static void what_the_disk_does_not_have_is_an_error(void)
{
	struct bio *bio = bio_alloc(bdev, 1, REQ_OP_READ, GFP_KERNEL);
	char *buf = kmalloc(SECTOR_SIZE, GFP_KERNEL);

	bio_add_page(bio, virt_to_page(buf), SECTOR_SIZE, offset_in_page(buf));
	CHECK_EQ(bio_add_page(bio, virt_to_page(buf), SECTOR_SIZE, 0), 0);
	bio->bi_iter.bi_sector = bdev_nr_sectors(bdev);
	CHECK_EQ(submit_bio_wait(bio), -EIO);
	bio->bi_iter.bi_sector--;
	CHECK_EQ(submit_bio_wait(bio), 0);
	bio_put(bio);
	kfree(buf);
}

static int __init block_init(void)
{
	long i;

	CHECK_EQ(PTR_ERR(blkdev_get_by_path("nothing", FMODE_READ, NULL)), -ENXIO);
	bdev = blkdev_get_by_path("disk", FMODE_READ | FMODE_WRITE, NULL);
	if (IS_ERR(bdev))
		return (int)PTR_ERR(bdev);
	CHECK(blkdev_get_by_path("disk", FMODE_READ, NULL) == bdev);
	what_the_disk_does_not_have_is_an_error();
	init_completion(&finished);
	for (i = 0; i < TASKS; i++)
		kthread_run(worker, (void *)i, "block/%ld", i);
	wait_for_completion(&finished);
	CHECK_EQ(atomic_read(&ended), 2 * TASKS * SECTORS * ROUNDS);
	CHECK_EQ(part_stat_read(bdev, ios[STAT_WRITE]), TASKS * SECTORS * ROUNDS);
	CHECK_EQ(part_stat_read(bdev, ios[STAT_READ]), TASKS * SECTORS * ROUNDS + 1);
	blkdev_put(bdev, FMODE_READ);
	blkdev_put(bdev, FMODE_READ | FMODE_WRITE);
	ALL_CHECKED();
	return 0;
}
module_init(block_init);

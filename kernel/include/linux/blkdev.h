/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H
/*
 * Block devices: a disk of 128 sectors behind the interrupt source of its name.
 *
 *	lockstep run x.c --source disk=0
 *
 *	bdev = blkdev_get_by_path("disk", FMODE_READ | FMODE_WRITE, NULL);
 *	if (IS_ERR(bdev))
 *		return PTR_ERR(bdev);	 -ENXIO: no such source
 *
 * The source's rate is that of interrupts which the disk has no reason for; with 0
 * it only says what is done. It serves up to 8 requests at once, each after 5 to
 * 25 us, in any order; the rest wait in its queue in the order in which they came.
 *
 * Every request that is submitted ends exactly once. blkdev_put() waits for all
 * that are under way; submitting behind it is use after free.
 *
 * Locks, in their order (kernel/block/ documents who takes them):
 *
 *	disks_lock	mutex	which disks are open. Task context
 *	  queue_lock	spinlock, irq-safe: taken by submitters in any context and
 *			by the completion interrupt; the queue, the tags, what is
 *			in flight
 *
 * The list of what is done belongs to its CPU: the interrupt adds to it, the BLOCK
 * softirq of that CPU takes it with interrupts off.
 *
 * Context: get and put sleep.
 */
#include <linux/bio.h>
#include <linux/err.h>
#include <linux/percpu.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gendisk;

#define FMODE_READ 0x1u
#define FMODE_WRITE 0x2u

/* Per CPU; [READ] and [WRITE]. Counted when they are done. */
enum { STAT_READ, STAT_WRITE };
struct disk_stats {
	unsigned long sectors[2];
	unsigned long ios[2];
};

struct block_device {
	struct gendisk *bd_disk;
	sector_t bd_nr_sectors;
	struct disk_stats *bd_stats; /* per CPU */
};

struct block_device *blkdev_get_by_path(const char *path, fmode_t mode, void *holder);
void blkdev_put(struct block_device *bdev, fmode_t mode);

static inline sector_t bdev_nr_sectors(struct block_device *bdev)
{
	return bdev->bd_nr_sectors;
}

/* The sum over all CPUs: exact when nothing is in flight. */
#define part_stat_read(part, field)                                            \
	({                                                                     \
		unsigned long __sum = 0;                                       \
		unsigned int __cpu;                                            \
		for_each_possible_cpu(__cpu)                                   \
			__sum += READ_ONCE(per_cpu_ptr((part)->bd_stats, __cpu)->field); \
		__sum;                                                         \
	})
#define part_stat_add(part, field, n) this_cpu_add((part)->bd_stats->field, (n))
#define part_stat_inc(part, field) part_stat_add(part, field, 1)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_BLKDEV_H */

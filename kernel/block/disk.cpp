// SPDX-License-Identifier: MIT
/*
 * The disk: a device with tagged commands (irq/regs.h), and who has it open.
 *
 * What the device's DMA would do is done by the interrupt handler, when it learns
 * that the command is done.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "irq/regs.h"
#include "kernel/block/block.h"

namespace {

constexpr sector_t kSectors = 128;
constexpr u32 kServiceMinNs = 5'000, kServiceMaxNs = 25'000;
static_assert(kQueueDepth <= SOURCE_TAGS);

DEFINE_MUTEX(disks_lock);
gendisk *disks; /* the open ones, guarded by disks_lock */

void transfer(gendisk *disk, const bio *b)
{
	char *place = disk->medium + b->bi_iter.bi_sector * SECTOR_SIZE;

	if (bio_data_dir(b) == REQ_OP_WRITE)
		memcpy(place, b->bi_buf, b->bi_iter.bi_size);
	else
		memcpy(b->bi_buf, place, b->bi_iter.bi_size);
}

irqreturn_t disk_interrupt(int, void *dev_id)
{
	auto *disk = static_cast<gendisk *>(dev_id);
	const u32 done = hw_source_done(disk->irq);

	for (unsigned int tag = 0; tag < kQueueDepth; tag++) {
		if (!(done & 1u << tag))
			continue;
		if (bio *b = queue_take_done(disk, tag)) {
			transfer(disk, b);
			queue_end(b);
		}
	}
	return done ? IRQ_HANDLED : IRQ_NONE;
}

void free_disk(gendisk *disk)
{
	free_percpu(disk->bdev.bd_stats);
	kfree(disk->medium);
	kfree(disk);
}

gendisk *new_disk(const char *name, unsigned int irq)
{
	auto *disk = static_cast<gendisk *>(kzalloc(sizeof(gendisk), GFP_KERNEL));

	if (!disk)
		return nullptr;
	disk->medium = static_cast<char *>(kzalloc(kSectors * SECTOR_SIZE, GFP_KERNEL));
	disk->bdev.bd_stats = alloc_percpu(disk_stats);
	if (!disk->medium || !disk->bdev.bd_stats) {
		free_disk(disk);
		return nullptr;
	}
	disk->name = name;
	disk->irq = irq;
	disk->bdev.bd_disk = disk;
	disk->bdev.bd_nr_sectors = kSectors;
	queue_init(&disk->queue);
	return disk;
}

/* disks_lock is held. */
gendisk *open_disk(const char *name)
{
	for (gendisk *disk = disks; disk; disk = disk->next) {
		if (strcmp(disk->name, name) == 0)
			return disk;
	}
	const int irq = platform_get_irq_byname(nullptr, name);
	if (irq < 0)
		return static_cast<gendisk *>(ERR_PTR(irq));
	gendisk *disk = new_disk(name, static_cast<unsigned int>(irq));
	if (!disk)
		return static_cast<gendisk *>(ERR_PTR(-ENOMEM));
	const int err = request_irq(disk->irq, disk_interrupt, 0, name, disk);
	if (err) {
		free_disk(disk);
		return static_cast<gendisk *>(ERR_PTR(err));
	}
	disk->next = disks;
	disks = disk;
	return disk;
}

void close_disk(gendisk *disk)
{
	gendisk **at = &disks;

	while (*at != disk)
		at = &(*at)->next;
	*at = disk->next;
	queue_wait_idle(&disk->queue);
	free_irq(disk->irq, disk);
	free_disk(disk);
}

} /* namespace */

void disk_start(gendisk *disk, unsigned int tag)
{
	hw_source_command(disk->irq, tag, get_random_u32_inclusive(kServiceMinNs, kServiceMaxNs));
}

extern "C" {

block_device *blkdev_get_by_path(const char *path, fmode_t, void *)
{
	mutex_lock(&disks_lock);
	gendisk *disk = open_disk(path);
	if (!IS_ERR(disk))
		disk->openers++;
	mutex_unlock(&disks_lock);
	return IS_ERR(disk) ? static_cast<block_device *>(ERR_CAST(disk)) : &disk->bdev;
}

void blkdev_put(block_device *bdev, fmode_t)
{
	mutex_lock(&disks_lock);
	if (!--bdev->bd_disk->openers)
		close_disk(bdev->bd_disk);
	mutex_unlock(&disks_lock);
}

} /* extern "C" */

/* SPDX-License-Identifier: MIT */
#ifndef DEMOS_WHOLE_KERNEL_THREADS_H
#define DEMOS_WHOLE_KERNEL_THREADS_H
/* Who works: a thread for each device, and what it expects of it. */
#include "demos/whole-kernel/machine.h"

void count_round(void); /* the lesson's */

/* Writes a sector, reads it back, keeps it, and sends what it read down the pipe. */
static inline int disk_thread(void *data)
{
	unsigned char *buf = (unsigned char *)kmalloc(SECTOR_SIZE, GFP_KERNEL);
	int n, op, before;

	for (n = 0; !kthread_should_stop(); n++) {
		memset(buf, n, SECTOR_SIZE);
		for (op = REQ_OP_WRITE; op >= REQ_OP_READ; op--) {
			struct bio *bio = bio_alloc(s.disk, 1, op, GFP_KERNEL);

			bio->bi_iter.bi_sector = n % bdev_nr_sectors(s.disk);
			bio_add_page(bio, virt_to_page(buf), SECTOR_SIZE, offset_in_page(buf));
			WARN_ON(submit_bio_wait(bio));
			bio_put(bio);
			if (op == REQ_OP_WRITE)
				memset(buf, 0xff, SECTOR_SIZE);
		}
		WARN_ON(buf[0] != (n & 0xff) || buf[SECTOR_SIZE - 1] != buf[0]);
		before = cache_swap(n % SLOTS, buf[0]);
		WARN_ON(before >= 0 && before != ((n - SLOTS) & 0xff));
		s.sent += pipe_write(s.pipe, (char *)buf, 1);
		count_round();
	}
	kfree(buf);
	pipe_change_writers(s.pipe, -1);
	return 0;
}

static inline int pipe_thread(void *data)
{
	unsigned char byte;

	while (pipe_read(s.pipe, (char *)&byte, 1) == 1)
		WARN_ON(byte != (s.received++ & 0xff));
	return 0;
}

static inline int paint_thread(void *data)
{
	u32 frame;

	while (!kthread_should_stop())
		drm_atomic_commit(s.crtc, false, &frame);
	return 0;
}

/* Reads until there is no keyboard any more. */
static inline int key_thread(void *data)
{
	struct file *file = chrdev_open("keyboard");
	char keys[4];
	ssize_t n, i;

	while ((n = file->f_op->read(file, keys, sizeof(keys))) > 0) {
		for (i = 0; i < n; i++)
			WARN_ON(keys[i] < 'a' || keys[i] > 'z');
		s.keys += n;
	}
	chrdev_release(file);
	return 0;
}

/* Objects with handles come and go, while another thread looks them up. */
static inline int own_thread(void *data)
{
	struct drm_gem_object *obj;
	u32 handle;

	while (!kthread_should_stop()) {
		obj = drm_gem_object_create(77);
		WARN_ON(drm_gem_handle_create(&s.gem, obj, &handle));
		s.objects++;
		usleep_range(30, 40);
		drm_gem_object_put(obj);
	}
	return 0;
}

static inline int find_thread(void *data)
{
	struct drm_gem_object *obj;
	u32 handle;

	for (handle = 1; !kthread_should_stop(); handle = 1 + handle % 2) {
		obj = drm_gem_object_lookup(&s.gem, handle);
		if (obj) {
			WARN_ON(obj->name != 77 || obj->handle != handle);
			s.found++;
			drm_gem_object_put(obj);
		}
		usleep_range(10, 20);
	}
	return 0;
}

/* Wants memory back now and then. */
static inline int hungry_thread(void *data)
{
	while (!kthread_should_stop()) {
		shrink_slab(GFP_KERNEL, 2);
		usleep_range(100, 200);
	}
	return 0;
}

#endif /* DEMOS_WHOLE_KERNEL_THREADS_H */

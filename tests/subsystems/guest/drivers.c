/* SPDX-License-Identifier: MIT */
/* Drivers: every key is read or counted as lost, every commit appears once and in
 * order, a handle gives its object or nothing. */
#include <drm/drm_crtc.h>
#include <drm/drm_gem.h>
#include <linux/cdev.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include "tests/kernel/guest/check.h"

#define COMMITS 6
#define OBJECTS 4
#define ROUNDS 12

static struct drm_crtc *crtc;
static struct drm_file gem;
static struct task_struct *typist, *finders[2], *painters[2], *owner;
static atomic_t read_keys, found, missed;

static int read_the_keyboard(void *unused)
{
	struct file *file = chrdev_open("keyboard");
	char keys[5], next = 0;
	ssize_t n, i;

	CHECK(!IS_ERR(file));
	while ((n = file->f_op->read(file, keys, sizeof(keys))) > 0) {
		for (i = 0; i < n; i++)
			CHECK(keys[i] >= 'a' && keys[i] <= 'z');
		atomic_add((int)n, &read_keys);
		next = keys[n - 1];
	}
	CHECK(n == 0 && next);
	chrdev_release(file);
	return 0;
}

static int paint(void *blocking)
{
	u32 frame, before = 0;
	int i;

	for (i = 0; i < COMMITS; i++) {
		CHECK_EQ(drm_atomic_commit(crtc, !blocking, &frame), 0);
		CHECK(frame > before);
		before = frame;
		if (blocking) {
			struct drm_crtc_counts c;

			drm_crtc_get_counts(crtc, &c);
			CHECK(c.shown >= frame);
		}
	}
	return 0;
}

/* Handles are small numbers; objects come and go behind them. */
static int own(void *unused)
{
	struct drm_gem_object *obj[OBJECTS];
	int round, i;
	u32 handle;

	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < OBJECTS; i++) {
			obj[i] = drm_gem_object_create(77);
			CHECK_EQ(drm_gem_handle_create(&gem, obj[i], &handle), 0);
			CHECK(handle >= 1 && handle <= 3 * OBJECTS);
		}
		cond_resched();
		for (i = 0; i < OBJECTS; i++)
			drm_gem_object_put(obj[i]);
	}
	return 0;
}

static int find(void *unused)
{
	u32 i;

	for (i = 0; i < ROUNDS * OBJECTS * 4; i++) {
		struct drm_gem_object *obj = drm_gem_object_lookup(&gem, 1 + i % OBJECTS);

		atomic_inc(obj ? &found : &missed);
		if (!obj)
			continue;
		CHECK_EQ(obj->name, 77);
		CHECK_EQ(obj->handle, 1 + i % OBJECTS);
		drm_gem_object_put(obj);
	}
	return 0;
}

static struct task_struct *start(int (*fn)(void *), void *data, const char *name)
{
	struct task_struct *task = kthread_create(fn, data, "%s", name);

	get_task_struct(task);
	wake_up_process(task);
	return task;
}

static const struct file_operations nothing;

static int __init drivers_init(void)
{
	int i;

	CHECK_EQ(register_chrdev(3, "three", &nothing), 3);
	CHECK_EQ(register_chrdev(3, "again", &nothing), -EBUSY);
	CHECK_EQ(register_chrdev(99, "far", &nothing), -EINVAL);
	CHECK_EQ(PTR_ERR(chrdev_open("none")), -ENODEV);
	CHECK_EQ(kbd_init(), 0);
	crtc = drm_crtc_create("display");
	CHECK_EQ(PTR_ERR(drm_crtc_create("nothing")), -ENXIO);
	drm_gem_open(&gem);
	typist = start(read_the_keyboard, NULL, "typist");
	owner = start(own, NULL, "owner");
	for (i = 0; i < 2; i++) {
		finders[i] = start(find, NULL, "finder");
		painters[i] = start(paint, i ? &crtc : NULL, "painter");
	}
	return 0;
}

static void __exit drivers_exit(void)
{
	struct drm_crtc_counts c;
	struct kbd_counts k;
	int i;

	for (i = 0; i < 2; i++) {
		kthread_stop_put(finders[i]);
		kthread_stop_put(painters[i]);
	}
	kthread_stop_put(owner);
	drm_crtc_flush(crtc);
	drm_crtc_get_counts(crtc, &c);
	CHECK_EQ(c.commits, 2 * COMMITS);
	CHECK_EQ(c.flips, c.commits);
	CHECK_EQ(c.shown, c.commits);
	CHECK(c.vblanks >= c.flips && !c.out_of_order);
	drm_crtc_destroy(crtc);
	kbd_exit();
	kthread_stop_put(typist);
	kbd_get_counts(&k);
	CHECK_EQ(k.keys, k.read + k.lost + k.in_ring);
	CHECK(k.keys > 5 && k.read == (unsigned long)atomic_read(&read_keys));
	CHECK(xa_empty(&gem.object_xa));
	CHECK(atomic_read(&found) + atomic_read(&missed) == 2 * ROUNDS * OBJECTS * 4);
	drm_gem_release(&gem);
	rcu_barrier();
	ALL_CHECKED();
}
module_init(drivers_init);
module_exit(drivers_exit);

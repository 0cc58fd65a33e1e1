/* SPDX-License-Identifier: MIT */
#ifndef DEMOS_WHOLE_KERNEL_MACHINE_H
#define DEMOS_WHOLE_KERNEL_MACHINE_H
/* What all threads work on: devices, files, a pipe, handles; opened, checked, closed. */
#include <drm/drm_crtc.h>
#include <drm/drm_gem.h>
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/pipe_fs_i.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/route.h>
#include "demos/whole-kernel/cache.h"

#define THREADS 8

static struct {
	struct block_device *disk;
	struct net_device *net;
	struct drm_crtc *crtc;
	struct drm_file gem;
	struct dentry *root, *dir[2];
	struct pipe_inode_info *pipe;
	struct task_struct *tasks[THREADS];
	spinlock_t lock; /* tasks and softirqs */

	/* guarded by lock: */
	long packets, rounds;

	/* each its one thread's own until that ends: */
	long sent, received, keys, objects, found;
} s;

/* 0 or a negative error. */
static inline int open_all(int (*on_packet)(struct sk_buff *, void *), list_lru_walk_cb isolate)
{
	u32 i;

	spin_lock_init(&s.lock);
	s.disk = blkdev_get_by_path("disk", FMODE_READ | FMODE_WRITE, NULL);
	s.net = dev_get_by_name(&init_net, "eth0");
	s.crtc = drm_crtc_create("display");
	if (IS_ERR(s.disk) || !s.net || IS_ERR(s.crtc) || kbd_init())
		return -ENXIO;
	drm_gem_open(&s.gem);
	s.root = ramfs_mount();
	s.dir[0] = vfs_create(s.root, "a", S_IFDIR);
	s.dir[1] = vfs_create(s.root, "b", S_IFDIR);
	dput(vfs_create(s.dir[0], "f", S_IFREG));
	s.pipe = alloc_pipe_info();
	cache_open(isolate);
	for (i = 0; i < 4; i++)
		ip_rt_add(i, on_packet, NULL);
	return dev_open(s.net, NULL);
}

static inline void start_threads(int (*const *threads)(void *))
{
	int i;

	for (i = 0; i < THREADS; i++) {
		s.tasks[i] = kthread_create(threads[i], NULL, "thread/%d", i);
		get_task_struct(s.tasks[i]);
		wake_up_process(s.tasks[i]);
	}
}

/* Everything that was begun has ended once, and nothing was lost. */
static inline void check_all(void)
{
	struct rtnl_link_stats64 st;
	struct drm_crtc_counts c;
	struct kbd_counts k;

	dev_get_stats(s.net, &st);
	WARN_ON(st.rx_packets + st.rx_dropped + st.rx_missed_errors != st.rx_arrived);
	WARN_ON((long)st.rx_packets != s.packets || s.sent != s.received);
	drm_crtc_get_counts(s.crtc, &c);
	WARN_ON(c.flips != c.commits || c.out_of_order);
	kbd_get_counts(&k);
	WARN_ON(k.keys != k.read + k.lost + k.in_ring || (long)k.read != s.keys);
	WARN_ON(!xa_empty(&s.gem.object_xa));
	WARN_ON((long)part_stat_read(s.disk, ios[STAT_READ]) != s.sent);
	pr_info("%ld sectors, %ld of %llu packets, %llu frames, %ld of %lu keys\n", s.sent,
		s.packets, st.rx_arrived, c.flips, s.keys, k.keys);
	pr_info("%ld objects, found %ld times; %d buffers given back\n", s.objects, s.found,
		atomic_read(&cache.freed));
}

static inline void close_all(void)
{
	int i;

	kbd_exit(); /* its reader sees the end */
	for (i = 0; i < THREADS; i++)
		kthread_stop_put(s.tasks[i]);
	dev_close(s.net);
	check_all();
	cache_close();
	for (i = 0; i < 4; i++)
		ip_rt_del((u32)i);
	for (i = 0; i < 2; i++) {
		dput(s.dir[i]);
		vfs_unlink(s.root, i ? "b" : "a");
	}
	ramfs_umount(s.root);
	drm_gem_release(&s.gem);
	drm_crtc_destroy(s.crtc);
	blkdev_put(s.disk, FMODE_READ | FMODE_WRITE);
	dev_put(s.net);
	free_pipe_info(s.pipe);
}

#endif /* DEMOS_WHOLE_KERNEL_MACHINE_H */

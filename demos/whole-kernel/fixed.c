// SPDX-License-Identifier: MIT
/*
 * The whole kernel at once: a disk, a network card, files, a pipe and a display, all
 * under interrupts. Every result is checked.
 *
 * Watch: which locks are contended (--proc lock_stat) and which softirqs run where
 * (--proc softirqs).
 * Verdict: clean.
 */
#include "machine.h"

static int count_packet(struct sk_buff *skb, void *unused)
{
	spin_lock(&s.lock);
	s.packets++;
	spin_unlock(&s.lock);
	consume_skb(skb);
	return NET_RX_SUCCESS;
}

static void count_round(void)
{
	spin_lock_bh(&s.lock); /* a packet may come on this very CPU */
	s.rounds++;
	spin_unlock_bh(&s.lock);
}

/* Writes a sector, reads it back, and sends what it read down the pipe. */
static int disk_thread(void *data)
{
	unsigned char *buf = kmalloc(SECTOR_SIZE, GFP_KERNEL);
	int n, op;

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
		s.sent += pipe_write(s.pipe, (char *)buf, 1);
		count_round();
	}
	kfree(buf);
	pipe_change_writers(s.pipe, -1);
	return 0;
}

static int pipe_thread(void *data)
{
	unsigned char byte;

	while (pipe_read(s.pipe, (char *)&byte, 1) == 1)
		WARN_ON(byte != (s.received++ & 0xff));
	return 0;
}

/* A file goes from one directory to the other while routes are replaced. */
static int file_thread(void *data)
{
	struct dentry *f;
	int n;

	for (n = 0; !kthread_should_stop(); n++) {
		WARN_ON(vfs_rename(s.dir[n % 2], "f", s.dir[1 - n % 2], "f"));
		ip_rt_change(n % 4, count_packet, NULL);
		count_round();
		usleep_range(20, 40);
	}
	f = d_lookup(s.dir[n % 2], "f");
	WARN_ON(!f || vfs_unlink(s.dir[n % 2], "f"));
	WARN_ON(f->d_inode->i_nlink);
	dput(f); /* the last: the file goes */
	return 0;
}

static int paint_thread(void *data)
{
	u32 frame;

	while (!kthread_should_stop())
		drm_atomic_commit(s.crtc, false, &frame);
	return 0;
}

static int __init whole_kernel_init(void)
{
	int (*const threads[THREADS])(void *) = { disk_thread, pipe_thread, file_thread,
						  paint_thread };
	int err = open_all(count_packet);

	if (!err)
		start_threads(threads);
	return err;
}
module_init(whole_kernel_init);
module_exit(close_all);

// SPDX-License-Identifier: MIT
/*
 * The whole kernel at once, as in the lesson before; and what is in a haystack.
 *
 * Watch: nothing is found.
 * Verdict: clean.
 */
#include "demos/whole-kernel/threads.h"

/* The list's lock is held; whoever holds the slot's may wait for it: only try. */
static enum lru_status isolate(struct list_head *item, struct list_lru *lru, spinlock_t *lock,
			       void *gone)
{
	int slot = container_of(item, struct buffer, lru)->slot;

	if (!spin_trylock(&cache.slot[slot].lock))
		return LRU_SKIP;
	cache.slot[slot].buffer = NULL;
	list_lru_isolate_move(lru, item, gone);
	spin_unlock(&cache.slot[slot].lock);
	return LRU_REMOVED;
}

static int count_packet(struct sk_buff *skb, void *unused)
{
	spin_lock(&s.lock);
	s.packets++;
	spin_unlock(&s.lock);
	consume_skb(skb);
	return NET_RX_SUCCESS;
}

void count_round(void)
{
	spin_lock_bh(&s.lock); /* a packet may come on this very CPU */
	s.rounds++;
	spin_unlock_bh(&s.lock);
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

static int __init haystack_init(void)
{
	int (*const threads[THREADS])(void *) = { disk_thread, pipe_thread, file_thread,
						  paint_thread, key_thread, own_thread,
						  find_thread, hungry_thread };
	int err = open_all(count_packet, isolate);

	if (!err)
		start_threads(threads);
	return err;
}
module_init(haystack_init);
module_exit(close_all);

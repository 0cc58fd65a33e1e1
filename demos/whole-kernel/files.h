/* SPDX-License-Identifier: MIT */
#ifndef DEMOS_WHOLE_KERNEL_FILES_H
#define DEMOS_WHOLE_KERNEL_FILES_H
/* Packets, rounds and the file that moves, as they should be. */
#include "demos/whole-kernel/threads.h"

static inline int count_packet(struct sk_buff *skb, void *unused)
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
static inline int file_thread(void *data)
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

#endif /* DEMOS_WHOLE_KERNEL_FILES_H */

// SPDX-License-Identifier: MIT
/*
 * The whole kernel at once: a disk, a network card, files, a pipe, a display, a
 * keyboard, handles, and a cache that gives memory back; all under interrupts. Every
 * result is checked.
 *
 * Watch: which locks are contended (--proc lock_stat) and which softirqs run where
 * (--proc softirqs).
 * Verdict: clean.
 */
#include "demos/whole-kernel/files.h"

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

static int __init whole_kernel_init(void)
{
	int (*const threads[THREADS])(void *) = { disk_thread, pipe_thread, file_thread,
						  paint_thread, key_thread, own_thread,
						  find_thread, hungry_thread };
	int err = open_all(count_packet, isolate);

	if (!err)
		start_threads(threads);
	return err;
}
module_init(whole_kernel_init);
module_exit(close_all);

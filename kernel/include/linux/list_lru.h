/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LIST_LRU_H
#define _LINUX_LIST_LRU_H
/*
 * Objects that could be given up, the least recently added first.
 *
 * The list's lock is inside every object's: add and del are called with an object's
 * lock held. The walk goes the other way round, from the list to its objects:
 * its callback is called with the list's lock held and may therefore only
 * *trylock* an object's, and skip it if that fails.
 *
 *	lock order	object lock -> lru->lock	list_lru_add(), list_lru_del()
 *			lru->lock, trylock object lock	list_lru_walk()'s callback
 *
 *	callback says	the walk
 *	LRU_REMOVED	the callback took the item off (list_lru_isolate())
 *	LRU_ROTATE	moves it to the end: used lately
 *	LRU_SKIP	goes on: it was locked, or in use
 *
 * Context: any; the lock is an ordinary spinlock, so all users of one list are tasks,
 * or all take it with softirqs off.
 * Unlike Linux: one list, not one a node and memory group.
 */
#include <linux/list.h>
#include <linux/spinlock.h>

#ifdef __cplusplus
extern "C" {
#endif

enum lru_status { LRU_REMOVED, LRU_ROTATE, LRU_SKIP };

struct list_lru {
	spinlock_t lock;

	/* guarded by lock: */
	struct list_head list;
	long nr_items; /* read by anybody */
};

#define list_lru_init(lru)                                                     \
	({                                                                     \
		spin_lock_init(&(lru)->lock);                                  \
		INIT_LIST_HEAD(&(lru)->list);                                  \
		(lru)->nr_items = 0;                                           \
		0;                                                             \
	})

typedef enum lru_status (*list_lru_walk_cb)(struct list_head *item, struct list_lru *lru,
					    spinlock_t *lock, void *cb_arg);

/* False: it was there already, or was not. An item begins with INIT_LIST_HEAD(). */
bool list_lru_add(struct list_lru *lru, struct list_head *item);
bool list_lru_del(struct list_lru *lru, struct list_head *item);
/* In a callback that will return LRU_REMOVED. */
void list_lru_isolate_move(struct list_lru *lru, struct list_head *item, struct list_head *to);
static inline unsigned long list_lru_count(const struct list_lru *lru)
{
	return (unsigned long)READ_ONCE(lru->nr_items);
}

/* Shows the callback up to nr_to_walk items; how many it removed. */
unsigned long list_lru_walk(struct list_lru *lru, list_lru_walk_cb isolate, void *cb_arg,
			    unsigned long nr_to_walk);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_LIST_LRU_H */

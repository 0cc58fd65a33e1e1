// SPDX-License-Identifier: MIT
/* Lists of what could be given up. */
#include <linux/kernel.h>
#include <linux/list_lru.h>

extern "C" {

bool list_lru_add(list_lru *lru, list_head *item)
{
	spin_lock(&lru->lock);
	const bool added = list_empty(item);
	if (added) {
		list_add_tail(item, &lru->list);
		WRITE_ONCE(lru->nr_items, lru->nr_items + 1);
	}
	spin_unlock(&lru->lock);
	return added;
}

bool list_lru_del(list_lru *lru, list_head *item)
{
	spin_lock(&lru->lock);
	const bool was = !list_empty(item);
	if (was) {
		list_del_init(item);
		WRITE_ONCE(lru->nr_items, lru->nr_items - 1);
	}
	spin_unlock(&lru->lock);
	return was;
}

void list_lru_isolate_move(list_lru *lru, list_head *item, list_head *to)
{
	lockdep_assert_held(&lru->lock);
	list_move_tail(item, to);
	WRITE_ONCE(lru->nr_items, lru->nr_items - 1);
}

unsigned long list_lru_walk(list_lru *lru, list_lru_walk_cb isolate, void *cb_arg,
			    unsigned long nr_to_walk)
{
	unsigned long removed = 0;
	list_head *item, *next;

	spin_lock(&lru->lock);
	/* Rotated items come again at the end: the number says when to stop. */
	list_for_each_safe(item, next, &lru->list) {
		if (!nr_to_walk--)
			break;
		const lru_status status = isolate(item, lru, &lru->lock, cb_arg);
		if (status == LRU_REMOVED)
			removed++;
		else if (status == LRU_ROTATE)
			list_move_tail(item, &lru->list);
	}
	spin_unlock(&lru->lock);
	return removed;
}

} /* extern "C" */

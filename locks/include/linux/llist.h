/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H
/*
 * Lock-less singly linked lists: many add, each with one compare-and-exchange;
 * one takes them all, with one exchange. Newest first.
 *
 *	adds at once: any number.	llist_del_all at once: any number.
 *	llist_del_first: one at a time, and with nobody taking all (the entry
 *	that it read may come back meanwhile: the ABA problem).
 *
 * Context: any, NMI included. Order: full barriers.
 */
#include <linux/atomic.h>
#include <linux/container_of.h>

struct llist_node {
	struct llist_node *next;
};

struct llist_head {
	struct llist_node *first;
};

#define LLIST_HEAD_INIT(name) { 0 }
#define LLIST_HEAD(name) struct llist_head name = LLIST_HEAD_INIT(name)

static inline void init_llist_head(struct llist_head *list)
{
	WRITE_ONCE(list->first, (struct llist_node *)0);
}

#define llist_entry(ptr, type, member) container_of(ptr, type, member)
#define __llist_entry_safe(ptr, type, member) ({			\
	struct llist_node *__node = (ptr);				\
	__node ? container_of(__node, type, member) : (type *)0;	\
})

#define llist_for_each(pos, node) for ((pos) = (node); pos; (pos) = (pos)->next)
#define llist_for_each_safe(pos, n, node) \
	for ((pos) = (node); (pos) && ((n) = (pos)->next, true); (pos) = (n))
#define llist_for_each_entry(pos, node, member)				\
	for ((pos) = __llist_entry_safe((node), __typeof__(*(pos)), member); pos; \
	     (pos) = __llist_entry_safe((pos)->member.next, __typeof__(*(pos)), member))
#define llist_for_each_entry_safe(pos, n, node, member)			\
	for ((pos) = __llist_entry_safe((node), __typeof__(*(pos)), member); \
	     (pos) && ((n) = __llist_entry_safe((pos)->member.next, __typeof__(*(n)), member), \
		       true);						\
	     (pos) = (n))

static inline bool llist_empty(const struct llist_head *head)
{
	return READ_ONCE(head->first) == 0;
}

static inline struct llist_node *llist_next(struct llist_node *node)
{
	return node->next;
}

/* A chain from @first to @last; true if the list was empty before. */
static inline bool llist_add_batch(struct llist_node *first, struct llist_node *last,
				   struct llist_head *head)
{
	struct llist_node *old = READ_ONCE(head->first);

	do {
		WRITE_ONCE(last->next, old);
	} while (!try_cmpxchg(&head->first, &old, first));
	return old == 0;
}

static inline bool llist_add(struct llist_node *node, struct llist_head *head)
{
	return llist_add_batch(node, node, head);
}

static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, (struct llist_node *)0);
}

static inline struct llist_node *llist_del_first(struct llist_head *head)
{
	struct llist_node *entry = smp_load_acquire(&head->first), *next;

	do {
		if (!entry)
			return 0;
		next = READ_ONCE(entry->next);
	} while (!try_cmpxchg(&head->first, &entry, next));
	return entry;
}

/* Oldest first. Of a chain that was taken. */
static inline struct llist_node *llist_reverse_order(struct llist_node *head)
{
	struct llist_node *reversed = 0;

	while (head) {
		struct llist_node *next = head->next;

		head->next = reversed;
		reversed = head;
		head = next;
	}
	return reversed;
}

#endif /* _LINUX_LLIST_H */

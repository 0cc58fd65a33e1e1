/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H
/*
 * Lists that readers walk under rcu_read_lock() while updaters, who exclude
 * each other by a lock of their own, add and delete.
 *
 * An entry is complete before it is linked (release). A deleted entry keeps its
 * next pointer, so that a reader standing on it goes on; it may be freed, or
 * put on a list again, only after a grace period.
 * Lists are checked as <linux/list.h>'s are, hlists are not.
 * The surprising thing: list_del_rcu() poisons prev; list_empty() of the entry
 * says nothing afterwards.
 */
#include <linux/list.h>
#include <linux/poison.h>
#include <linux/rcupdate.h>

#define list_next_rcu(list) ((list)->next)

static inline void INIT_LIST_HEAD_RCU(struct list_head *list)
{
	WRITE_ONCE(list->next, list);
	WRITE_ONCE(list->prev, list);
}

static inline void __list_add_rcu(struct list_head *entry, struct list_head *prev,
				  struct list_head *next)
{
	if (!__list_add_valid(entry, prev, next))
		return;
	entry->next = next;
	entry->prev = prev;
	smp_store_release(&prev->next, entry);
	next->prev = entry;
}

static inline void list_add_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head, head->next);
}

static inline void list_add_tail_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head->prev, head);
}

static inline void list_del_rcu(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = (struct list_head *)LIST_POISON2;
}

/* new takes old's place; a reader sees one or the other. */
static inline void list_replace_rcu(struct list_head *old, struct list_head *entry)
{
	entry->next = old->next;
	entry->prev = old->prev;
	smp_store_release(&entry->prev->next, entry);
	entry->next->prev = entry;
	old->prev = (struct list_head *)LIST_POISON2;
}

/* Entries of @list to @head; sync() waits for the readers of @list. */
static inline void list_splice_init_rcu(struct list_head *list, struct list_head *head,
					void (*sync)(void))
{
	struct list_head *first = list->next, *last = list->prev, *at = head->next;

	if (list_empty(list))
		return;
	INIT_LIST_HEAD_RCU(list);
	sync();
	last->next = at;
	smp_store_release(&head->next, first);
	first->prev = head;
	at->prev = last;
}

#define list_entry_rcu(ptr, type, member) container_of(READ_ONCE(ptr), type, member)
#define list_first_or_null_rcu(ptr, type, member) ({			\
	struct list_head *__head = (ptr), *__first = READ_ONCE(__head->next); \
	__head != __first ? container_of(__first, type, member) : (type *)0; \
})
#define list_next_or_null_rcu(head, ptr, type, member) ({		\
	struct list_head *__next = READ_ONCE((ptr)->next);		\
	__next != (head) ? container_of(__next, type, member) : (type *)0; \
})

/* The optional last argument says why no rcu_read_lock() is needed: it is told
 * to the checkers at the head. */
#define __list_check_rcu(head, cond) \
	hw_announce(EV_RCU_DEREF, (head), !!(cond), (const void *)_THIS_IP_)
#define list_for_each_entry_rcu(pos, head, member, ...)			\
	for (__list_check_rcu(head, 0 __VA_OPT__(|| (__VA_ARGS__))),	\
	     pos = list_entry_rcu((head)->next, __typeof__(*pos), member); \
	     &pos->member != (head);					\
	     pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_lockless(pos, head, member)			\
	for (pos = list_entry_rcu((head)->next, __typeof__(*pos), member); \
	     &pos->member != (head);					\
	     pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_continue_rcu(pos, head, member)		\
	for (pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member); \
	     &pos->member != (head);					\
	     pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_srcu(pos, head, member, cond) \
	list_for_each_entry_rcu(pos, head, member, cond)

/* hlists. */

static inline void hlist_add_head_rcu(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *first = h->first;

	n->next = first;
	WRITE_ONCE(n->pprev, &h->first);
	smp_store_release(&h->first, n);
	if (first)
		WRITE_ONCE(first->pprev, &n->next);
}

static inline void hlist_add_before_rcu(struct hlist_node *n, struct hlist_node *next)
{
	WRITE_ONCE(n->pprev, next->pprev);
	n->next = next;
	smp_store_release(n->pprev, n);
	WRITE_ONCE(next->pprev, &n->next);
}

static inline void hlist_add_behind_rcu(struct hlist_node *n, struct hlist_node *prev)
{
	n->next = prev->next;
	WRITE_ONCE(n->pprev, &prev->next);
	smp_store_release(&prev->next, n);
	if (n->next)
		WRITE_ONCE(n->next->pprev, &n->next);
}

static inline void __hlist_unlink_rcu(struct hlist_node *n)
{
	struct hlist_node *next = n->next;

	WRITE_ONCE(*n->pprev, next);
	if (next)
		WRITE_ONCE(next->pprev, n->pprev);
}

static inline void hlist_del_rcu(struct hlist_node *n)
{
	__hlist_unlink_rcu(n);
	WRITE_ONCE(n->pprev, (struct hlist_node **)LIST_POISON2);
}

static inline void hlist_del_init_rcu(struct hlist_node *n)
{
	if (!n->pprev)
		return;
	__hlist_unlink_rcu(n);
	WRITE_ONCE(n->pprev, (struct hlist_node **)0);
}

static inline void hlist_replace_rcu(struct hlist_node *old, struct hlist_node *n)
{
	n->next = old->next;
	WRITE_ONCE(n->pprev, old->pprev);
	smp_store_release(n->pprev, n);
	if (n->next)
		WRITE_ONCE(n->next->pprev, &n->next);
	WRITE_ONCE(old->pprev, (struct hlist_node **)LIST_POISON2);
}

#define hlist_first_rcu(head) ((head)->first)
#define hlist_next_rcu(node)  ((node)->next)
#define __hlist_entry_rcu(ptr, type, member) ({				\
	struct hlist_node *__node = READ_ONCE(ptr);			\
	__node ? container_of(__node, type, member) : (type *)0;	\
})
#define hlist_for_each_entry_rcu(pos, head, member, ...)		\
	for (__list_check_rcu(head, 0 __VA_OPT__(|| (__VA_ARGS__))),	\
	     pos = __hlist_entry_rcu((head)->first, __typeof__(*pos), member); \
	     pos;							\
	     pos = __hlist_entry_rcu((pos)->member.next, __typeof__(*pos), member))

#endif /* _LINUX_RCULIST_H */

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H
/*
 * Packets, and queues of them.
 *
 * Who has an skb owns it: passing it on passes ownership on, and the last owner
 * frees it, with consume_skb() if it was used, kfree_skb() if it was dropped.
 *
 * A queue's lock guards its list and its qlen. skb_queue_tail() and skb_dequeue()
 * take it, in any context (interrupts off inside); the __ forms want it held.
 * Order: a packet's contents are seen by whoever dequeues it.
 *
 * Unlike Linux: a packet is an IP header and a length; its bytes stay in the wire.
 */
#include <linux/spinlock.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_device;

struct iphdr {
	u32 saddr;
	u32 daddr;
	u32 id; /* of this sender, from 0 */
};

struct sk_buff {
	struct sk_buff *next; /* guarded by the queue's lock */
	struct net_device *dev;
	struct iphdr ip;
	unsigned int len;
};

static inline struct iphdr *ip_hdr(struct sk_buff *skb)
{
	return &skb->ip;
}

/* NULL if there is no memory. Any context but NMI. */
struct sk_buff *alloc_skb(unsigned int size, gfp_t gfp);
void kfree_skb(struct sk_buff *skb);
void consume_skb(struct sk_buff *skb);

struct sk_buff_head {
	spinlock_t lock;

	/* guarded by lock: */
	struct sk_buff *first, *last;
	u32 qlen; /* read by anybody */
};

#define skb_queue_head_init(list)                                              \
	do {                                                                   \
		spin_lock_init(&(list)->lock);                                 \
		(list)->first = (list)->last = NULL;                           \
		(list)->qlen = 0;                                              \
	} while (0)
static inline u32 skb_queue_len_lockless(const struct sk_buff_head *list)
{
	return READ_ONCE(list->qlen);
}

void __skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb);
struct sk_buff *__skb_dequeue(struct sk_buff_head *list);
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb);
struct sk_buff *skb_dequeue(struct sk_buff_head *list); /* NULL: empty */
void skb_queue_purge(struct sk_buff_head *list);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SKBUFF_H */

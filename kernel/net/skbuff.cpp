// SPDX-License-Identifier: MIT
/* Packets and their queues. */
#include <linux/skbuff.h>
#include <linux/slab.h>

extern "C" {

sk_buff *alloc_skb(unsigned int size, gfp_t gfp)
{
	auto *skb = static_cast<sk_buff *>(kmalloc(sizeof(sk_buff), gfp));

	if (skb) {
		skb->next = nullptr;
		skb->dev = nullptr;
		skb->len = size;
	}
	return skb;
}

void kfree_skb(sk_buff *skb)
{
	kfree(skb);
}

void consume_skb(sk_buff *skb)
{
	kfree(skb);
}

void __skb_queue_tail(sk_buff_head *list, sk_buff *skb)
{
	skb->next = nullptr;
	if (list->first)
		list->last->next = skb;
	else
		list->first = skb;
	list->last = skb;
	WRITE_ONCE(list->qlen, list->qlen + 1);
}

sk_buff *__skb_dequeue(sk_buff_head *list)
{
	sk_buff *skb = list->first;

	if (skb) {
		list->first = skb->next;
		skb->next = nullptr;
		WRITE_ONCE(list->qlen, list->qlen - 1);
	}
	return skb;
}

void skb_queue_tail(sk_buff_head *list, sk_buff *skb)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	__skb_queue_tail(list, skb);
	spin_unlock_irqrestore(&list->lock, flags);
}

sk_buff *skb_dequeue(sk_buff_head *list)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	sk_buff *skb = __skb_dequeue(list);
	spin_unlock_irqrestore(&list->lock, flags);
	return skb;
}

void skb_queue_purge(sk_buff_head *list)
{
	while (sk_buff *skb = skb_dequeue(list))
		kfree_skb(skb);
}

} /* extern "C" */

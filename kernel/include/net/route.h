/* SPDX-License-Identifier: MIT */
#ifndef _NET_ROUTE_H
#define _NET_ROUTE_H
/*
 * The route table: where a packet for an address goes.
 *
 * Looked up under rcu_read_lock() for every packet; changed by whoever wants while
 * packets flow. A change replaces the route by a new one and frees the old one
 * after a grace period: a packet sees the old or the new route, whole.
 *
 *	fib_lock	spinlock	excludes those who change; task context.
 *			Readers take no lock
 *
 * fib_lock is inside whatever its callers hold, and nothing is taken under it. Context:
 * look-ups anywhere but in NMI; changes in tasks, as they allocate.
 *
 * input() of a route is called under rcu_read_lock(), in softirq context, owns the
 * packet and returns NET_RX_SUCCESS or NET_RX_DROP. After synchronize_rcu() behind
 * ip_rt_del() or ip_rt_change() nobody is in the old input() any more.
 *
 * Unlike Linux: a flat table of single addresses.
 */
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rtable {
	struct hlist_node rt_hash;
	u32 rt_daddr;
	int (*rt_input)(struct sk_buff *skb, void *rt_data);
	void *rt_data;
	struct rcu_head rt_rcu;
};

/* 0, -EEXIST or -ENOMEM; -ENOENT for the others. They may sleep. */
int ip_rt_add(u32 daddr, int (*input)(struct sk_buff *, void *), void *data);
int ip_rt_change(u32 daddr, int (*input)(struct sk_buff *, void *), void *data);
int ip_rt_del(u32 daddr);
/* Under rcu_read_lock(); NULL: no route. */
struct rtable *ip_route_lookup(u32 daddr);

#ifdef __cplusplus
}
#endif
#endif /* _NET_ROUTE_H */

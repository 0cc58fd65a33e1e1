/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H
/*
 * Network devices: a receiving card behind the interrupt source of its name.
 *
 *	lockstep run x.c --source eth0=100000
 *
 *	dev = dev_get_by_name(&init_net, "eth0");	NULL: no such source
 *	err = dev_open(dev, NULL);
 *	...
 *	dev_close(dev);
 *	dev_put(dev);
 *
 * Each time the source raises, a packet arrives and goes into the card's ring of
 * 32, or is missed if that is full. The interrupt only schedules the poll and
 * shuts itself off (NAPI); the NET_RX softirq polls, up to 16 packets a turn,
 * and gives each to netif_receive_skb(), which asks the routes (<net/route.h>).
 * When the ring is empty the interrupt is let on again: the line is level-
 * triggered, so what came meanwhile interrupts at once and nothing is overlooked.
 *
 * So while a device is open, every packet is in exactly one of rx_packets (a
 * route took it), rx_dropped (no route, no memory, or in the ring at the close)
 * and rx_missed_errors; their sum is rx_arrived, exactly, once it is closed.
 *
 * Locks, in their order:
 *
 *	rtnl_mutex	mutex	which devices there are and which are open. Task context
 *	  napi->state	SCHED bit, not a lock but owned like one: whoever set it
 *			(interrupt) passes it to the poll, whose clearing it ends the
 *			turn. It owns the ring's tail. napi_disable() takes it for good
 *	  hw_lock	raw spinlock, irq-safe: what the card does by itself, the
 *			ring's head and rx_missed_errors
 *
 * The poll list belongs to its CPU, interrupts off. Statistics are per CPU and
 * changed by this_cpu operations only, so neither softirq nor interrupt loses any.
 *
 * Context: get, put, open and close sleep.
 * Unlike Linux: cards only receive; there is one net namespace.
 */
#include <linux/bitops.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/skbuff.h>

#ifdef __cplusplus
extern "C" {
#endif

struct net_device;
struct net {
	struct net_device *devices; /* guarded by rtnl_mutex */
};
extern struct net init_net;
struct netlink_ext_ack;

struct napi_struct {
	unsigned long state;	    /* NAPI_STATE_*, atomic bits */
	struct list_head poll_list; /* of the CPU that polls, interrupts off */
	int weight;
	int (*poll)(struct napi_struct *napi, int budget);
};
enum { NAPI_STATE_SCHED, NAPI_STATE_MISSED, NAPI_STATE_DISABLE };

/* For drivers. poll() returns how many it handled; less than the budget: it has
 * called napi_complete_done(). */
void netif_napi_add(struct net_device *dev, struct napi_struct *napi,
		    int (*poll)(struct napi_struct *, int));
bool napi_schedule(struct napi_struct *napi); /* false: it was scheduled already */
bool napi_complete_done(struct napi_struct *napi, int work_done); /* false: goes on */
void napi_enable(struct napi_struct *napi);
void napi_disable(struct napi_struct *napi); /* waits for the poll; sleeps */

struct pcpu_sw_netstats {
	unsigned long rx_packets, rx_bytes, rx_dropped;
};

struct net_device {
	const char *name;
	unsigned int irq;
	struct napi_struct napi;
	struct pcpu_sw_netstats *tstats; /* per CPU */

	/* guarded by rtnl_mutex: */
	bool up;
	unsigned int refs;
	struct net_device *next;
};

struct rtnl_link_stats64 {
	u64 rx_packets, rx_bytes, rx_dropped, rx_missed_errors;
	u64 rx_arrived; /* Unlike Linux: all that the card has seen */
};

struct net_device *dev_get_by_name(struct net *net, const char *name);
void dev_put(struct net_device *dev); /* closed */
int dev_open(struct net_device *dev, struct netlink_ext_ack *extack);
void dev_close(struct net_device *dev);
struct rtnl_link_stats64 *dev_get_stats(struct net_device *dev,
					struct rtnl_link_stats64 *storage);

/* Gives a packet to its route, or drops it. In softirq context. */
int netif_receive_skb(struct sk_buff *skb);
#define NET_RX_SUCCESS 0
#define NET_RX_DROP 1

void rtnl_lock(void);
void rtnl_unlock(void);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_NETDEVICE_H */

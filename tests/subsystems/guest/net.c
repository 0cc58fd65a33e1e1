/* SPDX-License-Identifier: MIT */
/*
 * Networking: every packet is delivered or counted as dropped, while the routes
 * change and a task takes packets out of a queue.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/netdevice.h>
#include <linux/wait.h>
#include <net/route.h>
#include "tests/kernel/guest/check.h"

#define QUEUED_TO 3 /* this address goes to a task, those below it are counted */
#define QUEUE_MAX 8

static struct net_device *dev;
static struct sk_buff_head queue;
static DECLARE_WAIT_QUEUE_HEAD(more);
static struct task_struct *taker, *changer;
static atomic_t counted, taken, refused;
static long last_id = -1; /* the taker's */

static int count_it(struct sk_buff *skb, void *data)
{
	CHECK(in_serving_softirq() && !irqs_disabled());
	CHECK(ip_hdr(skb)->daddr < QUEUED_TO && skb->dev == dev);
	atomic_inc(data);
	consume_skb(skb);
	return NET_RX_SUCCESS;
}

static int queue_it(struct sk_buff *skb, void *data)
{
	if (skb_queue_len_lockless(&queue) >= QUEUE_MAX) {
		atomic_inc(&refused);
		kfree_skb(skb);
		return NET_RX_DROP;
	}
	skb_queue_tail(&queue, skb);
	wake_up(&more);
	return NET_RX_SUCCESS;
}

static int take(void *unused)
{
	struct sk_buff *skb;

	while (!kthread_should_stop()) {
		wait_event(more, skb_queue_len_lockless(&queue) || kthread_should_stop());
		while ((skb = skb_dequeue(&queue))) {
			CHECK((long)ip_hdr(skb)->id > last_id); /* in order */
			last_id = ip_hdr(skb)->id;
			consume_skb(skb);
			atomic_inc(&taken);
		}
	}
	return 0;
}

static int change_routes(void *unused)
{
	int round;

	for (round = 0; !kthread_should_stop(); round++) {
		u32 to = round % QUEUED_TO;

		if (round % 4 == 3) {
			CHECK_EQ(ip_rt_del(to), 0);
			CHECK_EQ(ip_rt_del(to), -ENOENT);
			CHECK_EQ(ip_rt_change(to, count_it, &counted), -ENOENT);
			CHECK_EQ(ip_rt_add(to, count_it, &counted), 0);
			CHECK_EQ(ip_rt_add(to, count_it, &counted), -EEXIST);
		} else {
			CHECK_EQ(ip_rt_change(to, count_it, &counted), 0);
		}
		usleep_range(20, 40);
	}
	return 0;
}

static int __init net_init(void)
{
	u32 to;

	skb_queue_head_init(&queue);
	CHECK(!dev_get_by_name(&init_net, "nothing"));
	dev = dev_get_by_name(&init_net, "eth0");
	if (!dev)
		return -ENXIO;
	for (to = 0; to < QUEUED_TO; to++)
		CHECK_EQ(ip_rt_add(to, count_it, &counted), 0);
	CHECK_EQ(ip_rt_add(QUEUED_TO, queue_it, NULL), 0);
	taker = kthread_run(take, NULL, "take");
	changer = kthread_run(change_routes, NULL, "routes");
	return dev_open(dev, NULL);
}

static void __exit net_exit(void)
{
	struct rtnl_link_stats64 s;
	u32 to;

	kthread_stop(changer);
	/* Twice, with everything still coming in between. */
	dev_close(dev);
	CHECK_EQ(dev_open(dev, NULL), 0);
	usleep_range(200, 300);
	dev_close(dev);
	for (to = 0; to <= QUEUED_TO; to++)
		CHECK_EQ(ip_rt_del(to), 0);
	synchronize_rcu();
	kthread_stop(taker);
	dev_get_stats(dev, &s);
	CHECK_EQ(s.rx_packets + s.rx_dropped + s.rx_missed_errors, s.rx_arrived);
	CHECK_EQ(s.rx_packets, atomic_read(&counted) + atomic_read(&taken) +
				       skb_queue_len_lockless(&queue));
	CHECK(s.rx_arrived > 100 && s.rx_packets > 10 && s.rx_dropped > 10);
	CHECK(s.rx_dropped >= atomic_read(&refused));
	skb_queue_purge(&queue);
	dev_put(dev);
	ALL_CHECKED();
}
module_init(net_init);
module_exit(net_exit);

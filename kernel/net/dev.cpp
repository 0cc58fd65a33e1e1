// SPDX-License-Identifier: MIT
/* The table of network devices, and the way of a packet up from them. */
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/string.h>
#include <net/route.h>
#include "kernel/net/net.h"

namespace {

DEFINE_MUTEX(rtnl_mutex);

net_device *find_device(const char *name)
{
	net_device *dev = init_net.devices;

	while (dev && strcmp(dev->name, name) != 0)
		dev = dev->next;
	return dev;
}

net_device *add_device(const char *name)
{
	const int irq = platform_get_irq_byname(nullptr, name);

	if (irq < 0)
		return nullptr;
	napi_init();
	net_device *dev = nic_create(name, static_cast<unsigned int>(irq));
	if (dev) {
		dev->next = init_net.devices;
		init_net.devices = dev;
	}
	return dev;
}

void remove_device(net_device *dev)
{
	net_device **at = &init_net.devices;

	while (*at != dev)
		at = &(*at)->next;
	*at = dev->next;
	nic_destroy(dev);
}

} /* namespace */

extern "C" {

net init_net;

void rtnl_lock(void)
{
	mutex_lock(&rtnl_mutex);
}

void rtnl_unlock(void)
{
	mutex_unlock(&rtnl_mutex);
}

net_device *dev_get_by_name(struct net *, const char *name)
{
	rtnl_lock();
	net_device *dev = find_device(name);
	if (!dev)
		dev = add_device(name);
	if (dev)
		dev->refs++;
	rtnl_unlock();
	return dev;
}

void dev_put(net_device *dev)
{
	rtnl_lock();
	if (!--dev->refs && !WARN(dev->up, "%s: dev_put() of a device that is open\n", dev->name))
		remove_device(dev);
	rtnl_unlock();
}

int dev_open(net_device *dev, netlink_ext_ack *)
{
	rtnl_lock();
	const int err = dev->up ? 0 : nic_open(dev);
	dev->up = !err;
	rtnl_unlock();
	return err;
}

void dev_close(net_device *dev)
{
	rtnl_lock();
	if (dev->up)
		nic_stop(dev);
	dev->up = false;
	rtnl_unlock();
}

rtnl_link_stats64 *dev_get_stats(net_device *dev, rtnl_link_stats64 *storage)
{
	memset(storage, 0, sizeof(*storage));
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		const pcpu_sw_netstats *s = per_cpu_ptr(dev->tstats, cpu);
		storage->rx_packets += READ_ONCE(s->rx_packets);
		storage->rx_bytes += READ_ONCE(s->rx_bytes);
		storage->rx_dropped += READ_ONCE(s->rx_dropped);
	}
	nic_counts(dev, storage);
	return storage;
}

int netif_receive_skb(sk_buff *skb)
{
	net_device *dev = skb->dev;
	const unsigned int len = skb->len;
	int result = NET_RX_DROP;

	rcu_read_lock();
	const rtable *rt = ip_route_lookup(ip_hdr(skb)->daddr);
	if (rt)
		result = rt->rt_input(skb, rt->rt_data);
	else
		kfree_skb(skb);
	rcu_read_unlock();
	if (result == NET_RX_SUCCESS) {
		this_cpu_inc(dev->tstats->rx_packets);
		this_cpu_add(dev->tstats->rx_bytes, len);
	} else {
		this_cpu_inc(dev->tstats->rx_dropped);
	}
	return result;
}

} /* extern "C" */

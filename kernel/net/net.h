/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_NET_NET_H
#define KERNEL_NET_NET_H
/* The inside of networking: between the devices' table and the card's driver. */
#include <linux/netdevice.h>

void napi_init(void); /* once or more, before the first device */

/* nic.cpp, under rtnl_mutex: a card that is closed. NULL: no memory. */
net_device *nic_create(const char *name, unsigned int irq);
void nic_destroy(net_device *dev);
int nic_open(net_device *dev);
void nic_stop(net_device *dev);
void nic_counts(net_device *dev, rtnl_link_stats64 *to);

#endif /* KERNEL_NET_NET_H */

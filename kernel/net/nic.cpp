// SPDX-License-Identifier: MIT
/*
 * The card: its ring, its interrupt, its poll.
 *
 * What the card does by itself, putting arrived packets into the ring, is done in
 * card_receives() whenever somebody looks: the device counts arrivals (irq/regs.h).
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include "irq/regs.h"
#include "kernel/net/net.h"

namespace {

constexpr unsigned int kRing = 32;
constexpr u32 kAddresses = 16; /* that packets are for: 0-15 */

struct rx_desc {
	iphdr ip;
	unsigned int len;
};

struct nic {
	net_device dev;
	rx_desc ring[kRing]; /* [tail, head): the poll's; the rest: the card's */

	raw_spinlock_t hw_lock;
	/* guarded by hw_lock: */
	unsigned int head;
	u64 counted; /* of the device's arrivals */
	u64 arrived, missed;

	unsigned int tail; /* the poll's; released to the card */
};

nic *nic_of(net_device *dev)
{
	return container_of(dev, struct nic, dev);
}

/* What the card puts into a descriptor for its n-th packet. */
void write_packet(rx_desc *desc, u32 n)
{
	desc->ip.saddr = 99;
	desc->ip.daddr = (n * 2654435761u >> 16) % kAddresses;
	desc->ip.id = n;
	desc->len = 64 + n % 7 * 200;
}

/* Returns the head: how far the ring is filled. */
unsigned int card_receives(nic *card)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&card->hw_lock, flags);
	const u64 now = hw_source_raised(card->dev.irq);
	const unsigned int tail = smp_load_acquire(&card->tail);
	for (; card->counted != now; card->counted++, card->arrived++) {
		if (card->head - tail == kRing) {
			card->missed++;
			continue;
		}
		write_packet(&card->ring[card->head % kRing], static_cast<u32>(card->arrived));
		card->head++;
	}
	const unsigned int head = card->head;
	raw_spin_unlock_irqrestore(&card->hw_lock, flags);
	return head;
}

void receive(nic *card, const rx_desc *desc)
{
	sk_buff *skb = alloc_skb(desc->len, GFP_ATOMIC);

	if (!skb) {
		this_cpu_inc(card->dev.tstats->rx_dropped);
		return;
	}
	skb->ip = desc->ip;
	skb->dev = &card->dev;
	netif_receive_skb(skb);
}

int nic_poll(napi_struct *napi, int budget)
{
	nic *card = nic_of(container_of(napi, struct net_device, napi));
	const unsigned int head = card_receives(card);
	int work = 0;

	for (; work < budget && card->tail != head; work++) {
		receive(card, &card->ring[card->tail % kRing]);
		smp_store_release(&card->tail, card->tail + 1);
	}
	/* The line is asserted if more came since: it interrupts as soon as it may. */
	if (work < budget && napi_complete_done(napi, work))
		enable_irq(card->dev.irq);
	return work;
}

irqreturn_t nic_interrupt(int irq, void *dev_id)
{
	auto *card = static_cast<nic *>(dev_id);

	disable_irq_nosync(static_cast<unsigned int>(irq));
	if (!napi_schedule(&card->dev.napi))
		enable_irq(static_cast<unsigned int>(irq)); /* it is being closed */
	return IRQ_HANDLED;
}

} /* namespace */

net_device *nic_create(const char *name, unsigned int irq)
{
	auto *card = static_cast<nic *>(kzalloc(sizeof(nic), GFP_KERNEL));

	if (!card)
		return nullptr;
	card->dev.tstats = alloc_percpu(pcpu_sw_netstats);
	if (!card->dev.tstats) {
		kfree(card);
		return nullptr;
	}
	raw_spin_lock_init(&card->hw_lock);
	card->dev.name = name;
	card->dev.irq = irq;
	netif_napi_add(&card->dev, &card->dev.napi, nic_poll);
	return &card->dev;
}

void nic_destroy(net_device *dev)
{
	free_percpu(dev->tstats);
	kfree(nic_of(dev));
}

int nic_open(net_device *dev)
{
	nic *card = nic_of(dev);

	card->counted = hw_source_raised(dev->irq);
	napi_enable(&dev->napi);
	const int err = request_irq(dev->irq, nic_interrupt, IRQF_TRIGGER_HIGH, dev->name, card);
	if (err)
		napi_disable(&dev->napi);
	return err;
}

/*
 * Behind napi_disable() no poll begins; the last one may still stand before its
 * enable_irq(), and softirqs are RCU readers: wait for that, too.
 */
void nic_stop(net_device *dev)
{
	nic *card = nic_of(dev);

	napi_disable(&dev->napi);
	synchronize_net();
	free_irq(dev->irq, card);
	const unsigned int head = card_receives(card);
	this_cpu_add(dev->tstats->rx_dropped, head - card->tail);
	card->tail = head;
}

void nic_counts(net_device *dev, rtnl_link_stats64 *to)
{
	nic *card = nic_of(dev);
	unsigned long flags;

	raw_spin_lock_irqsave(&card->hw_lock, flags);
	to->rx_arrived = card->arrived;
	to->rx_missed_errors = card->missed;
	raw_spin_unlock_irqrestore(&card->hw_lock, flags);
}

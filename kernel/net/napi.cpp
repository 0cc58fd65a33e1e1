// SPDX-License-Identifier: MIT
/*
 * NAPI: interrupts while there is little to do, polling while there is much.
 *
 *	idle	   --napi_schedule(): sets SCHED--> on this CPU's poll list
 *	scheduled  --napi_schedule(): sets MISSED--> one more turn when done
 *	polled	   --budget used up--> end of the list
 *	polled	   --napi_complete_done(): clears SCHED--> idle, or scheduled if MISSED
 *
 * Whoever holds SCHED owns the poll; nobody polls on two CPUs at once.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/netdevice.h>
#include "kernel/net/net.h"

namespace {

constexpr int kWeight = 16;
constexpr int kBudget = 64; /* packets of one softirq */

struct softnet_data {
	list_head poll_list; /* its own CPU only, interrupts off */
};
DEFINE_PER_CPU(struct softnet_data, softnet);

void queue_here(napi_struct *napi)
{
	list_add_tail(&napi->poll_list, &raw_cpu_ptr(&softnet)->poll_list);
	__raise_softirq_irqoff(NET_RX_SOFTIRQ);
}

/* One turn. Interrupts are on in it and off around it. */
int poll_one(napi_struct *napi)
{
	list_del_init(&napi->poll_list);
	local_irq_enable();
	const int work = napi->poll(napi, napi->weight);
	WARN(work > napi->weight, "napi: poll handled %d of %d\n", work, napi->weight);
	local_irq_disable();
	if (work >= napi->weight)
		queue_here(napi); /* SCHED is still ours */
	return work;
}

void net_rx_action(softirq_action *)
{
	const unsigned long end = jiffies + usecs_to_jiffies(2000);
	list_head *list = &raw_cpu_ptr(&softnet)->poll_list;

	local_irq_disable();
	for (int budget = kBudget; budget > 0 && !list_empty(list);) {
		budget -= poll_one(list_first_entry(list, napi_struct, poll_list));
		if (!time_before(jiffies, end))
			break;
	}
	if (!list_empty(list))
		__raise_softirq_irqoff(NET_RX_SOFTIRQ);
	local_irq_enable();
}

} /* namespace */

void napi_init(void)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		softnet_data *data = per_cpu_ptr(&softnet, cpu);
		if (!data->poll_list.next)
			INIT_LIST_HEAD(&data->poll_list);
	}
	open_softirq(NET_RX_SOFTIRQ, net_rx_action); /* the same each time */
}

extern "C" {

void netif_napi_add(net_device *, napi_struct *napi, int (*poll)(napi_struct *, int))
{
	napi->state = BIT(NAPI_STATE_SCHED); /* until napi_enable() */
	INIT_LIST_HEAD(&napi->poll_list);
	napi->weight = kWeight;
	napi->poll = poll;
}

bool napi_schedule(napi_struct *napi)
{
	unsigned long flags;

	if (test_bit(NAPI_STATE_DISABLE, &napi->state))
		return false;
	if (test_and_set_bit(NAPI_STATE_SCHED, &napi->state)) {
		set_bit(NAPI_STATE_MISSED, &napi->state);
		return false;
	}
	local_irq_save(flags);
	queue_here(napi);
	local_irq_restore(flags);
	return true;
}

bool napi_complete_done(napi_struct *napi, int)
{
	unsigned long flags;

	if (test_and_clear_bit(NAPI_STATE_MISSED, &napi->state) &&
	    !test_bit(NAPI_STATE_DISABLE, &napi->state)) {
		local_irq_save(flags);
		queue_here(napi);
		local_irq_restore(flags);
		return false;
	}
	clear_bit_unlock(NAPI_STATE_SCHED, &napi->state);
	return true;
}

void napi_enable(napi_struct *napi)
{
	clear_bit(NAPI_STATE_MISSED, &napi->state);
	clear_bit(NAPI_STATE_DISABLE, &napi->state);
	clear_bit_unlock(NAPI_STATE_SCHED, &napi->state);
}

void napi_disable(napi_struct *napi)
{
	might_sleep();
	set_bit(NAPI_STATE_DISABLE, &napi->state);
	while (test_and_set_bit(NAPI_STATE_SCHED, &napi->state))
		usleep_range(20, 200);
}

} /* extern "C" */

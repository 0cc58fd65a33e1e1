// SPDX-License-Identifier: MIT
/*
 * Where a CPU goes for an interrupt.
 *
 * The machine calls vector_entry() on the stack of what it interrupted, interrupts
 * off, and turns them on again when it returns. Between the two, in this order: the
 * handler, the softirqs, and with preempt=full perhaps other tasks.
 */
#include <asm/nmi.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "irq/regs.h"
#include "kernel/core/boot.h"
#include "kernel/core/irq.h"
#include "kernel/core/sched.h"
#include "kernel/core/softirq.h"
#include "kernel/core/tick.h"
#include "kernel/core/upcalls.h"

namespace {

constexpr unsigned int kNmiHandlersMax = 8;

struct nmi_handler {
	nmi_handler_t handler;
	const char *name;
};
/* Written by register_nmi_handler(), a slot at a time. */
nmi_handler nmi_handlers[kNmiHandlersMax];

void do_nmi(void)
{
	nmi_enter();
	int handled = handle_nmi_lines();
	for (nmi_handler &h : nmi_handlers) {
		nmi_handler_t fn = smp_load_acquire(&h.handler);
		if (fn)
			handled += fn(NMI_LOCAL, nullptr);
	}
	if (!handled)
		printk_once(KERN_EMERG "Uhhuh. NMI received for unknown reason on CPU %u.\n",
			    hw_cpu_id());
	nmi_exit();
}

void handle_local_vector(unsigned int vector)
{
	ack_local_apic();
	hw_announce(EV_HARDIRQ_ENTER, nullptr, vector, nullptr);
	switch (vector) {
	case VECTOR_LOCAL_TIMER:
		local_timer_interrupt();
		break;
	case VECTOR_RESCHEDULE:
		scheduler_ipi();
		break;
	case VECTOR_CALL_FUNCTION:
	case VECTOR_CALL_SINGLE:
		call_function_interrupt();
		break;
	case VECTOR_IRQ_WORK:
		irq_work_run();
		break;
	case VECTOR_REBOOT:
		reboot_interrupt();
		break;
	case VECTOR_SOFTIRQ ... VECTOR_SOFTIRQ + NR_SOFTIRQS - 1:
		raise_softirq_irqoff(vector - VECTOR_SOFTIRQ); /* irq_exit() runs it */
		break;
	default:
		pr_emerg("%u.%u No irq handler for vector\n", hw_cpu_id(), vector);
	}
	hw_announce(EV_HARDIRQ_EXIT, nullptr, vector, nullptr);
}

void vector_entry(unsigned int vector)
{
	if (vector == VECTOR_NMI) {
		do_nmi();
		return;
	}
	if (vector == VECTOR_SPURIOUS)
		return;
	irq_enter();
	if (vector >= VECTOR_IRQ_BASE && vector < VECTOR_IRQ_BASE + NR_IRQS)
		handle_irq(vector - VECTOR_IRQ_BASE);
	else
		handle_local_vector(vector);
	irq_exit();
	/* 0: nothing is held against it, and somebody asked for it. */
	if (should_resched(0) && preempt_model == PREEMPT_FULL)
		preempt_schedule_irq();
}

} /* namespace */

void trap_init(void)
{
	hw_set_vector_entry(vector_entry);
}

extern "C" {

void irq_enter(void)
{
	rcu_irq_enter();
	if (is_idle_task(current) && !in_interrupt())
		tick_irq_enter();
	preempt_count_add(HARDIRQ_OFFSET);
}

void irq_exit(void)
{
	preempt_count_sub(HARDIRQ_OFFSET);
	if (!in_interrupt() && local_softirq_pending())
		invoke_softirq();
	rcu_irq_exit();
}

void nmi_enter(void)
{
	preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET);
	hw_announce(EV_NMI_ENTER, nullptr, VECTOR_NMI, nullptr);
}

void nmi_exit(void)
{
	hw_announce(EV_NMI_EXIT, nullptr, VECTOR_NMI, nullptr);
	preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET);
}

int register_nmi_handler(unsigned int, nmi_handler_t fn, unsigned long, const char *name)
{
	for (nmi_handler &h : nmi_handlers) {
		if (READ_ONCE(h.handler))
			continue;
		h.name = name;
		smp_store_release(&h.handler, fn);
		return 0;
	}
	return -ENOMEM;
}

void unregister_nmi_handler(unsigned int, const char *name)
{
	for (nmi_handler &h : nmi_handlers) {
		if (h.handler && h.name == name)
			WRITE_ONCE(h.handler, (nmi_handler_t)nullptr);
	}
	kick_all_cpus_sync(); /* none runs any more */
}

} /* extern "C" */

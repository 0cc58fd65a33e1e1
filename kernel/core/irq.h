/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_IRQ_H
#define KERNEL_CORE_IRQ_H
/* Inside of interrupt handling. */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/spinlock.h>

/* A line of the I/O APIC. */
struct irq_desc {
	raw_spinlock_t lock;

	/* guarded by lock: */
	irqaction *action;
	unsigned int depth; /* of disabling; 1 while nobody has requested it */
	bool in_progress;   /* handlers run on some CPU */
	bool pending;	    /* an edge came while it could not be handled */
	bool masked;
	bool level;
	bool nmi;	    /* delivered as an NMI: see irq_nmi.cpp */
	unsigned int cpu;   /* where it is delivered */
	unsigned int oneshot_threads; /* the line stays masked until they are done */

	atomic_t threads_active;
};
extern irq_desc irq_descs[NR_IRQS];

/* An interrupt of the line has been taken; interrupts are off. */
void handle_irq(unsigned int irq);

/* ioapic.cpp; desc->lock held */
void mask_line(unsigned int irq);
void unmask_line(unsigned int irq);
void route_line(unsigned int irq, unsigned int cpu);
void ack_local_apic(void);

/* irq_thread.cpp */
int create_irq_thread(irqaction *action);
void wake_irq_thread(irq_desc *desc, irqaction *action);
irqreturn_t irq_default_primary_handler(int irq, void *dev_id);

/* irq_nmi.cpp: calls the handlers of all such lines; how many handled it. */
int handle_nmi_lines(void);

void send_ipi(unsigned int cpu, unsigned int vector);

/* What they do on the other CPU: call_function.cpp, irq_work.cpp, init.cpp. */
void call_function_interrupt(void);
void irq_work_run(void);
void reboot_interrupt(void);

#endif /* KERNEL_CORE_IRQ_H */

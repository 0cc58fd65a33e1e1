// SPDX-License-Identifier: MIT
/* The registers of the interrupt controller (82093AA, and the local APIC). */
#include <linux/kernel.h>
#include <linux/platform_device.h>
#include "irq/regs.h"
#include "kernel/core/irq.h"

namespace {

/* One CPU, physical destination: a set of CPUs would get one interrupt each. */
void write_entry(unsigned int irq)
{
	const irq_desc *desc = &irq_descs[irq];

	hw_ioapic_write(IOAPIC_ENTRY(irq) + 1, desc->cpu << 24);
	hw_ioapic_write(IOAPIC_ENTRY(irq), (desc->nmi ? IOAPIC_NMI : VECTOR_IRQ_BASE + irq) |
						   (desc->level ? IOAPIC_LEVEL : 0) |
						   (desc->masked ? IOAPIC_MASKED : 0));
}

} /* namespace */

void mask_line(unsigned int irq)
{
	irq_desc *desc = &irq_descs[irq];

	if (desc->masked)
		return;
	desc->masked = true;
	write_entry(irq);
}

void unmask_line(unsigned int irq)
{
	irq_desc *desc = &irq_descs[irq];

	if (!desc->masked)
		return;
	desc->masked = false;
	write_entry(irq);
}

void route_line(unsigned int irq, unsigned int cpu)
{
	irq_descs[irq].cpu = cpu;
	write_entry(irq);
}

void ack_local_apic(void)
{
	hw_lapic_write(LAPIC_EOI, 0);
}

extern "C" {

int platform_get_irq_byname(platform_device *, const char *name)
{
	const int line = hw_source_line(name);

	return line < 0 ? -ENXIO : line;
}

} /* extern "C" */

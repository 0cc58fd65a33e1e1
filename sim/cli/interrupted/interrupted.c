// SPDX-License-Identifier: MIT
/*
 * What the benchmark of interrupts runs: a CPU that counts, and a handler that
 * only says that it is done. No kernel: what is measured is the machine's part.
 */
#include "cpu/hw.h"
#include "irq/regs.h"

struct task_struct {
	uint32_t preempt_count, flags;
};
struct task_struct init_task;

static volatile uint64_t count; /* or the loop would have no step */

static void on_vector(unsigned vector)
{
	(void)vector;
	hw_lapic_write(LAPIC_EOI, 0);
}

void start_kernel(const struct hw_boot_info *boot)
{
	const int line = hw_source_line("dev");

	(void)boot;
	hw_set_vector_entry(on_vector);
	hw_lapic_write(LAPIC_SVR, 0x1ff);
	if (line >= 0)
		hw_ioapic_write(IOAPIC_ENTRY((uint32_t)line), VECTOR_IRQ_BASE + (uint32_t)line);
	hw_irq_enable();
	for (;;)
		count++;
}

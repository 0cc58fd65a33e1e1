// SPDX-License-Identifier: MIT
/*
 * The machine starts here, on CPU 0, as init_task, interrupts off.
 *
 * Read start_kernel() for the order of things; each stage may use what the ones
 * above it set up. Until sched_init() nobody may sleep, until setup_per_cpu_areas()
 * nobody may take a lock.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include "kernel/core/boot.h"

const hw_boot_info *boot_info;

extern "C" {

enum system_states system_state;

void start_kernel(void *boot)
{
	boot_info = static_cast<const hw_boot_info *>(boot);
	hw_irq_disable();
	parse_early_params(boot_info->cmdline, boot_info->image[0]); /* which spinlock, ... */
	setup_per_cpu_areas();
	mem_init();	    /* pages, kmalloc */
	sched_init();	    /* runqueues; CPU 0 runs its idle task */
	softirq_init();
	init_timers();
	hrtimers_init();
	trap_init();	    /* vectors lead to the kernel */
	init_IRQ();	    /* I/O APIC: all lines masked */
	local_apic_init();
	tick_init_cpu();    /* time passes */
	hw_irq_enable();
	smp_init();	    /* the other CPUs */
	rest_init();	    /* task 1 goes on with kernel_init() */
	cpu_startup_idle(); /* and we are CPU 0's idle task */
}

} /* extern "C" */

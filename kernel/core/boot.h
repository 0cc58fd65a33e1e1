/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_BOOT_H
#define KERNEL_CORE_BOOT_H
/* The stages of start_kernel(), in the order in which it calls them. */
#include <linux/types.h>
#include "cpu/hw.h"

extern const struct hw_boot_info *boot_info; /* constant after start_kernel() */

/* A parameter of the kernel's command line: NAME=VALUE. */
struct boot_param {
	const char *name;
	int (*setup)(const char *value); /* nonzero: bad value */
};

void parse_early_params(const char *cmdline, const hw_image_info *kernel);
void parse_module_params(const char *cmdline, const hw_image_info *image);
void setup_per_cpu_areas(void);
void mem_init(void);
void sched_init(void);
void softirq_init(void);
void init_timers(void);
void hrtimers_init(void);
void trap_init(void);	     /* interrupt entry */
void local_apic_init(void);  /* of the executing CPU */
void tick_init_cpu(void);    /* of the executing CPU */
void init_IRQ(void);
void smp_init(void);
void rest_init(void);	     /* makes task 1 */
void spawn_ksoftirqd(void);
int kernel_init(void *unused);
int preempt_setup(const char *value);
[[noreturn]] void cpu_startup_idle(void);

#endif /* KERNEL_CORE_BOOT_H */

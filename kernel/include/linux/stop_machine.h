/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STOP_MACHINE_H
#define _LINUX_STOP_MACHINE_H
/*
 * A function that runs while nothing else does: every CPU has a stopper thread, of
 * the highest priority, and all of them stand still with interrupts off while some
 * call the function.
 *
 *	err = stop_machine(fn, data, NULL);	on the first CPU, the others stand
 *	err = stop_machine(fn, data, mask);	on each CPU of the mask, at once
 *	err = stop_one_cpu(2, fn, data);	only CPU 2 does nothing else: there fn
 *						runs in its stopper, interrupts on
 *
 * The value is fn's: 0, or an error of one that did not return 0.
 *
 * fn of stop_machine() runs with interrupts off: it sees no other code anywhere, but
 * for NMI handlers. It must be short, must not sleep, and may take no lock: who has
 * it stands still.
 * Context: tasks only; they sleep until it is done.
 * Order: all that any CPU did before is seen by fn, and what fn did by all after.
 * The surprising thing: a CPU gets to its stopper only where it may be preempted:
 * never inside a spinlock, but perhaps in the middle of a mutex's section. And
 * stop_machine() waits for a CPU that never comes to such a place.
 *
 * Unlike Linux: the stopper threads are made when the first is needed, so the first
 * call may return -ENOMEM; there is no stop_one_cpu_nowait().
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int (*cpu_stop_fn_t)(void *arg);

int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg);
/* fn runs on cpu1 while cpu2 stands with interrupts off. */
int stop_two_cpus(unsigned int cpu1, unsigned int cpu2, cpu_stop_fn_t fn, void *arg);
int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);

#ifdef __cplusplus
}
#endif

/* No CPU ever goes offline here: nothing more to hold. */
#define stop_machine_cpuslocked(fn, data, cpus) stop_machine((fn), (data), (cpus))

#endif /* _LINUX_STOP_MACHINE_H */

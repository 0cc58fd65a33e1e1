/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H
/*
 * CPUs, and functions called on other ones by interrupt.
 *
 * smp_call_function*(): func runs in hardirq context, interrupts off, on each
 * CPU named; with wait != 0 the call returns when all are done. Must not be
 * called with interrupts off or in interrupt (deadlock: the target may be doing
 * the same); that is reported.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/preempt.h>
#include <linux/smp_types.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*smp_call_func_t)(void *info);
typedef bool (*smp_cond_func_t)(int cpu, void *info);

struct __call_single_data {
	struct __call_single_node node;
	smp_call_func_t func;
	void *info;
};
typedef struct __call_single_data call_single_data_t;
#define CSD_INIT(_func, _info) { .node = { NULL, 0 }, .func = (_func), .info = (_info) }

unsigned int __debug_smp_processor_id(const void *ip);

/* The executing CPU. In preemptible code the answer may be stale: reported. */
#define smp_processor_id() ((int)__debug_smp_processor_id((const void *)_THIS_IP_))
#define raw_smp_processor_id() ((int)hw_cpu_id())
#define __smp_processor_id() raw_smp_processor_id()

#define get_cpu()                                                              \
	({                                                                     \
		preempt_disable();                                             \
		raw_smp_processor_id();                                        \
	})
#define put_cpu() preempt_enable()

int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait);
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info,
			    bool wait);
void smp_call_function(smp_call_func_t func, void *info, int wait);
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait);
void on_each_cpu(smp_call_func_t func, void *info, int wait);
void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait);
void on_each_cpu_cond(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait);
/* Returns at once; -EBUSY while @csd is still queued from before. */
int smp_call_function_single_async(int cpu, call_single_data_t *csd);
void smp_send_reschedule(int cpu);
/* Interrupts every CPU that is idle, so that it looks around. */
void kick_all_cpus_sync(void);
void wake_up_all_idle_cpus(void);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SMP_H */

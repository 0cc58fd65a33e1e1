/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BOTTOM_HALF_H
#define _LINUX_BOTTOM_HALF_H
/*
 * Softirqs off on this CPU. Nests. The outermost local_bh_enable() runs what was
 * raised meanwhile.
 *
 * Context: task or softirq, interrupts on; local_bh_enable() in hardirq or with
 * interrupts off is reported (WARN).
 */
#include <linux/instruction_pointer.h>
#include <linux/preempt.h>

#ifdef __cplusplus
extern "C" {
#endif

void __local_bh_disable_ip(unsigned long ip, unsigned int cnt);
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt);
/* Without running softirqs: in a place that may not, with interrupts off. */
void _local_bh_enable(void);

#define local_bh_disable() __local_bh_disable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET)
#define local_bh_enable() __local_bh_enable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET)
#define local_bh_enable_ip(ip) __local_bh_enable_ip((ip), SOFTIRQ_DISABLE_OFFSET)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_BOTTOM_HALF_H */

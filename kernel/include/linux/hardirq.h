/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H
/* Entry into and exit from interrupts: kernel/core/entry.cpp calls them. */
#include <linux/bottom_half.h>
#include <linux/preempt.h>

#ifdef __cplusplus
extern "C" {
#endif

void irq_enter(void);
void irq_exit(void);
void nmi_enter(void);
void nmi_exit(void);
/* Waits until no handler of the line runs anywhere, its thread included. */
void synchronize_irq(unsigned int irq);
bool synchronize_hardirq(unsigned int irq); /* without its thread; may not sleep */

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_HARDIRQ_H */

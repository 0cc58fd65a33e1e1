/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H
/*
 * The interrupt flag of the executing CPU. flags is an unsigned long variable,
 * named, not pointed to; its value says nothing but what restore needs.
 *
 *	local_irq_save(flags);
 *	...
 *	local_irq_restore(flags);
 *
 * NMIs come anyway. The machine itself records when the flag changes.
 */
#include <linux/typecheck.h>
#include "cpu/hw.h"

#define raw_local_irq_disable() hw_irq_disable()
#define raw_local_irq_enable() hw_irq_enable()
#define raw_local_irq_save(flags)                                              \
	do {                                                                   \
		typecheck(unsigned long, flags);                               \
		(flags) = hw_irq_save();                                       \
	} while (0)
#define raw_local_irq_restore(flags)                                           \
	do {                                                                   \
		typecheck(unsigned long, flags);                               \
		hw_irq_restore(flags);                                         \
	} while (0)
#define raw_local_save_flags(flags)                                            \
	do {                                                                   \
		typecheck(unsigned long, flags);                               \
		(flags) = hw_irq_flags();                                      \
	} while (0)
#define raw_irqs_disabled_flags(flags) ((flags) == 0)
#define raw_irqs_disabled() (hw_irq_flags() == 0)

#define local_irq_disable() raw_local_irq_disable()
#define local_irq_enable() raw_local_irq_enable()
#define local_irq_save(flags) raw_local_irq_save(flags)
#define local_irq_restore(flags) raw_local_irq_restore(flags)
#define local_save_flags(flags) raw_local_save_flags(flags)
#define irqs_disabled_flags(flags) raw_irqs_disabled_flags(flags)
#define irqs_disabled() raw_irqs_disabled()

#endif /* _LINUX_IRQFLAGS_H */

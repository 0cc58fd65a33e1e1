/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H
#include <linux/interrupt.h>

#define NR_IRQS 24

#endif /* _LINUX_IRQ_H */

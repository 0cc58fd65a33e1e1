/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_SOFTIRQ_H
#define KERNEL_CORE_SOFTIRQ_H

void invoke_softirq(void);
void tasklet_init_softirqs(void);

#endif /* KERNEL_CORE_SOFTIRQ_H */

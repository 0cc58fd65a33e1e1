/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H
/*
 * Waiting. udelay(), ndelay() and mdelay() spin, in any context; the others
 * sleep, in process context. None waits less than asked for; msleep() waits up
 * to one tick longer.
 */
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

void ndelay(unsigned long nsecs);
void udelay(unsigned long usecs);
void mdelay(unsigned long msecs);
void msleep(unsigned int msecs);
/* Left-over milliseconds if a signal came, else 0. */
unsigned long msleep_interruptible(unsigned int msecs);
void usleep_range(unsigned long min_us, unsigned long max_us);
void ssleep(unsigned int seconds);
void fsleep(unsigned long usecs);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_DELAY_H */

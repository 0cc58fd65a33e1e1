/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BARRIER_H
#define _LINUX_BARRIER_H
/* Memory barriers. Unlike Linux, which has only <asm/barrier.h>: both names
 * exist, since texts about the kernel use this one too. */
#include <asm/barrier.h>

#endif /* _LINUX_BARRIER_H */

/* SPDX-License-Identifier: MIT */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H
/* xchg() and cmpxchg() by their other name. */
#include <linux/cmpxchg.h>

#endif /* _ASM_CMPXCHG_H */

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H
/* Random numbers from the machine's seed: the same in every replay. */
#include <linux/types.h>
#include "cpu/hw.h"

#ifdef __cplusplus
extern "C" {
#endif

#define get_random_u64() ((u64)hw_random())
#define get_random_u32() ((u32)hw_random())
#define get_random_u16() ((u16)hw_random())
#define get_random_u8() ((u8)hw_random())
#define get_random_long() ((unsigned long)hw_random())
#define get_random_int() ((unsigned int)hw_random())
#define prandom_u32() get_random_u32()

/* Below ceil, which is not 0. */
static inline u32 get_random_u32_below(u32 ceil)
{
	return (u32)(((u64)get_random_u32() * ceil) >> 32);
}
#define prandom_u32_max(ceil) get_random_u32_below(ceil)

static inline u32 get_random_u32_inclusive(u32 floor, u32 ceil)
{
	return floor + (u32)(hw_random() % ((u64)ceil - floor + 1));
}

void get_random_bytes(void *buf, size_t n);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_RANDOM_H */

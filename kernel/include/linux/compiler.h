/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H
/*
 * The compiler, as kernel code sees it: branch hints, addresses of code,
 * barrier(), data_race(); and, as in Linux, READ_ONCE() and WRITE_ONCE().
 */
#include <stdint.h>

#include "cpu/events.h"
#include "cpu/hw.h"
#include <linux/compiler_types.h>
#include <linux/rwonce.h>

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* The compiler keeps memory accesses on their side of it. No step. */
#define barrier() __asm__ __volatile__("" : : : "memory")
#define barrier_data(ptr) __asm__ __volatile__("" : : "r"(ptr) : "memory")
#define OPTIMIZER_HIDE_VAR(var) __asm__("" : "=r"(var) : "0"(var))

#define RELOC_HIDE(ptr, off) \
	((__typeof__(ptr))((unsigned long)(ptr) + (unsigned long)(off)))
#define absolute_pointer(val) RELOC_HIDE((void *)(val), 0)

/* Where the caller of this function, and this very code, stand. */
#define _RET_IP_  ((unsigned long)__builtin_return_address(0))
#define _THIS_IP_ ({ __label__ __here; __here: (unsigned long)&&__here; })

#define unreachable() __builtin_unreachable()

#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)
#define __UNIQUE_ID(prefix) __PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

#define __ADDRESSABLE(sym) \
	static void *__used __UNIQUE_ID(__addressable_##sym) = (void *)&sym;

/**
 * data_race() - an expression whose races are intended
 * @expr: evaluated once, with its value; the race detector looks away.
 *
 * Order: none, not even that of READ_ONCE().
 */
#define data_race(expr) ({						\
	hw_announce(EV_DATA_RACE_OFF, 0, 0, 0);				\
	__typeof__(({ expr; })) __race = ({ expr; });			\
	hw_announce(EV_DATA_RACE_ON, 0, 0, 0);				\
	__race;								\
})

#endif /* _LINUX_COMPILER_H */

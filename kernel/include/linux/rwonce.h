/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWONCE_H
#define _LINUX_RWONCE_H
/*
 * READ_ONCE() and WRITE_ONCE(): marked accesses, one step each.
 *
 * Any type of 1, 2, 4 or 8 bytes: integers, pointers, small structs.
 * Order: none towards other locations; a dependency on the value read orders
 * later accesses as LKMM says.
 * Unlike Linux: they are instructions of the machine, not volatile accesses,
 * so that a memory model can tell them from a device register's.
 */
#include <stdint.h>

#include "cpu/hw.h"
#include <linux/compiler_types.h>

#define compiletime_assert_rwonce_type(t) compiletime_assert_atomic_type(t)

/* The value in *ptr, through the machine, with an ordering. */
#define __hw_read(ptr, order) ({					\
	compiletime_assert_atomic_type(*(ptr));				\
	union {								\
		__typeof__(*(ptr)) value;				\
		uint64_t raw;						\
	} __read = {.raw = hw_load((ptr), sizeof(*(ptr)), order)};	\
	__read.value;							\
})

/* *ptr = val, through the machine, with an ordering. */
#define __hw_write(ptr, val, order) do {				\
	compiletime_assert_atomic_type(*(ptr));				\
	union {								\
		uint64_t raw;						\
		__typeof__(*(ptr)) value;				\
	} __write = {0};						\
	__write.value = (val);						\
	hw_store((ptr), sizeof(*(ptr)), __write.raw, order);		\
} while (0)

#define READ_ONCE(x)	   __hw_read(&(x), HW_ONCE)
#define WRITE_ONCE(x, val) __hw_write(&(x), val, HW_ONCE)

#define __READ_ONCE(x)	     READ_ONCE(x)
#define __WRITE_ONCE(x, val) WRITE_ONCE(x, val)


#endif /* _LINUX_RWONCE_H */

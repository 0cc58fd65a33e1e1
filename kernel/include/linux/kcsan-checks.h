/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KCSAN_CHECKS_H
#define _LINUX_KCSAN_CHECKS_H
/*
 * Assertions about who else may touch data: told to the race detector, which
 * reports a concurrent access that breaks one. They access nothing.
 */
#include <linux/compiler.h>

#define __KCSAN_ASSERT_WRITER 1u
#define __KCSAN_ASSERT_ACCESS 2u

#define __kcsan_assert(var, kind)					\
	hw_announce(EV_RACE_ASSERT, &(var),				\
		    (uint64_t)sizeof(var) | (uint64_t)(kind) << 32, 0)

/* Nobody else writes @var now; others may read it. */
#define ASSERT_EXCLUSIVE_WRITER(var) __kcsan_assert(var, __KCSAN_ASSERT_WRITER)
/* Nobody else reads or writes @var now. */
#define ASSERT_EXCLUSIVE_ACCESS(var) __kcsan_assert(var, __KCSAN_ASSERT_ACCESS)

#endif /* _LINUX_KCSAN_CHECKS_H */

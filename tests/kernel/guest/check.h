/* SPDX-License-Identifier: MIT */
#ifndef TESTS_KERNEL_CHECK_H
#define TESTS_KERNEL_CHECK_H
/* A module that judges itself: says what failed, and at the end that it is done. */
#include <linux/module.h>

static int failures;

#define CHECK(cond)                                                            \
	do {                                                                   \
		if (!(cond)) {                                                 \
			failures++;                                            \
			pr_err("FAILED %s:%d: %s\n", __FILE__, __LINE__, #cond); \
		}                                                              \
	} while (0)
#define CHECK_EQ(a, b)                                                         \
	do {                                                                   \
		long __a = (long)(a), __b = (long)(b);                         \
		if (__a != __b) {                                              \
			failures++;                                            \
			pr_err("FAILED %s:%d: %s is %ld, not %ld\n", __FILE__, __LINE__, #a, \
			       __a, __b);                                      \
		}                                                              \
	} while (0)

#define ALL_CHECKED() pr_info("all checked, %d failures\n", failures)

#endif /* TESTS_KERNEL_CHECK_H */

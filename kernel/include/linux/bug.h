/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H
/*
 * Conditions that must not happen.
 *
 * BUG() is an oops: the machine stops, the finding names the line. WARN() and
 * friends report a finding and go on; their value is the condition. The _ONCE
 * forms report the first time only. panic() stops the machine with a text.
 *
 * Context: any.
 * Unlike Linux: BUG() in a task does not merely kill that task.
 */
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/printk.h>

#ifdef __cplusplus
extern "C" {
#endif

void __bug(const char *file, unsigned int line) __attribute__((noreturn));
__attribute__((format(printf, 3, 4))) void __warn_at(const char *file, unsigned int line,
						     const char *fmt, ...);
__attribute__((format(printf, 1, 2), noreturn)) void panic(const char *fmt, ...);

#define BUG() __bug(__FILE__, __LINE__)
#define BUG_ON(condition)                                                      \
	do {                                                                   \
		if (unlikely(condition))                                       \
			BUG();                                                 \
	} while (0)

#define WARN(condition, fmt, ...)                                              \
	({                                                                     \
		bool __warn_hit = !!(condition);                               \
		if (unlikely(__warn_hit))                                      \
			__warn_at(__FILE__, __LINE__, fmt, ##__VA_ARGS__);     \
		unlikely(__warn_hit);                                          \
	})
/* A space, because an empty format makes compilers complain. */
#define WARN_ON(condition) WARN(condition, " ")

#define WARN_ONCE(condition, fmt, ...)                                         \
	({                                                                     \
		static bool __warned;                                          \
		bool __warn_cond = !!(condition);                              \
		if (unlikely(__warn_cond) && !READ_ONCE(__warned)) {           \
			WRITE_ONCE(__warned, true);                            \
			__warn_at(__FILE__, __LINE__, fmt, ##__VA_ARGS__);     \
		}                                                              \
		unlikely(__warn_cond);                                         \
	})
#define WARN_ON_ONCE(condition) WARN_ONCE(condition, " ")
#define WARN_ON_SMP(condition) WARN_ON(condition)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_BUG_H */

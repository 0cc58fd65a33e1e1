/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H
/*
 * The kernel log.
 *
 * A message is one or more lines; each becomes one line of the log when its
 * newline (or the next message) comes. Formats are C's and Linux's without %pS:
 * %p and %px print the address, %pe an error pointer's number, %pV a
 * struct va_format.
 *
 * Context: any, NMI included. Printing is no choice of the machine, but costs
 * steps for reading its arguments.
 * Unlike Linux: %p shows the address (they are the same in every run); there is
 * no console lock.
 */
#include <linux/compiler.h>
#include <linux/kern_levels.h>
#include <linux/ratelimit_types.h>
#include <linux/types.h>
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

struct va_format {
	const char *fmt;
	va_list *va;
};

__attribute__((format(printf, 1, 2))) int _printk(const char *fmt, ...);
__attribute__((format(printf, 1, 0))) int vprintk(const char *fmt, va_list args);

/* Who runs here, in one line. Unlike Linux: without the call trace. */
void dump_stack(void);

#define printk(fmt, ...) _printk(fmt, ##__VA_ARGS__)
#define printk_deferred(fmt, ...) _printk(fmt, ##__VA_ARGS__)

#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...) printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...) printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...) printk(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...) printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...) printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...) printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...) printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...) printk(KERN_CONT fmt, ##__VA_ARGS__)

#define no_printk(fmt, ...)                                                    \
	({                                                                     \
		if (0)                                                         \
			_printk(fmt, ##__VA_ARGS__);                           \
		0;                                                             \
	})
#ifdef DEBUG
#define pr_debug(fmt, ...) printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_debug(fmt, ...) no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#endif
#define pr_devel(fmt, ...) pr_debug(fmt, ##__VA_ARGS__)

#define printk_once(fmt, ...)                                                  \
	({                                                                     \
		static bool __once_done;                                       \
		if (!READ_ONCE(__once_done)) {                                 \
			WRITE_ONCE(__once_done, true);                         \
			printk(fmt, ##__VA_ARGS__);                            \
		}                                                              \
	})
#define pr_err_once(fmt, ...) printk_once(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_once(fmt, ...) printk_once(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_once(fmt, ...) printk_once(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_once(fmt, ...) printk_once(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)

/* Ten in five seconds from each place in the text: <linux/ratelimit.h>. */
#define printk_ratelimited(fmt, ...)                                           \
	({                                                                     \
		static DEFINE_RATELIMIT_STATE(_rs, DEFAULT_RATELIMIT_INTERVAL, \
					      DEFAULT_RATELIMIT_BURST);        \
		if (__ratelimit(&_rs))                                         \
			printk(fmt, ##__VA_ARGS__);                            \
	})
#define pr_emerg_ratelimited(fmt, ...)                                         \
	printk_ratelimited(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_ratelimited(fmt, ...)                                         \
	printk_ratelimited(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_ratelimited(fmt, ...)                                          \
	printk_ratelimited(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_ratelimited(fmt, ...) printk_ratelimited(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_ratelimited(fmt, ...)                                          \
	printk_ratelimited(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_ratelimited(fmt, ...)                                        \
	printk_ratelimited(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_ratelimited(fmt, ...) printk_ratelimited(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PRINTK_H */

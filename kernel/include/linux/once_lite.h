/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ONCE_LITE_H
#define _LINUX_ONCE_LITE_H
/* DO_ONCE_LITE() of <linux/once.h>, which says what it means. */
#include <linux/compiler.h>
#include <linux/types.h>

/* The value is the condition, whoever does it. */
#define DO_ONCE_LITE_IF(condition, func, ...)				\
	({								\
		static bool __already_done;				\
		bool __do_cond = !!(condition);				\
		if (unlikely(__do_cond && !READ_ONCE(__already_done))) { \
			WRITE_ONCE(__already_done, true);		\
			func(__VA_ARGS__);				\
		}							\
		__do_cond;						\
	})
#define DO_ONCE_LITE(func, ...) DO_ONCE_LITE_IF(true, func, ##__VA_ARGS__)

#endif /* _LINUX_ONCE_LITE_H */

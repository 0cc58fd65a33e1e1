/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEBUG_LOCKS_H
#define _LINUX_DEBUG_LOCKS_H
/* A lock's own checks of its user: one warning, and none after the validator
 * has reported something, whose consequence it may be. Value: the condition. */
#include <linux/lockdep.h>

#define DEBUG_LOCKS_WARN_ON(c) ({					\
	bool __wrong = !!(c);						\
	if (unlikely(__wrong) && hw_ask(HW_ASK_DEBUG_LOCKS, 0) != 0 && debug_locks_off()) \
		WARN(1, "DEBUG_LOCKS_WARN_ON(%s)", #c);			\
	unlikely(__wrong);						\
})

#endif /* _LINUX_DEBUG_LOCKS_H */

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TYPECHECK_H
#define _LINUX_TYPECHECK_H
/* typecheck(type, x): the compiler complains unless x has that type. */
#define typecheck(type, x)                                                     \
	({                                                                     \
		type *__tc_type = 0;                                           \
		__typeof__(x) *__tc_x = 0;                                     \
		(void)(__tc_type == __tc_x);                                   \
		1;                                                             \
	})

#endif /* _LINUX_TYPECHECK_H */

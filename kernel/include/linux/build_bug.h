/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H
/* Conditions that must hold when compiling. */
#ifdef __cplusplus
#define __lockstep_static_assert static_assert
#else
#define __lockstep_static_assert _Static_assert
#endif

#define BUILD_BUG_ON_MSG(cond, msg) __lockstep_static_assert(!(cond), msg)
#define BUILD_BUG_ON(cond) BUILD_BUG_ON_MSG(cond, "BUILD_BUG_ON failed: " #cond)
/* As an expression of value 0. */
#define BUILD_BUG_ON_ZERO(e) ((int)(sizeof(char[1 - 2 * !!(e)]) - 1))
#ifndef __cplusplus
#ifndef static_assert
#define static_assert(expr, ...) __static_assert(expr, ##__VA_ARGS__, #expr)
#define __static_assert(expr, msg, ...) _Static_assert(expr, msg)
#endif
#endif

#endif /* _LINUX_BUILD_BUG_H */

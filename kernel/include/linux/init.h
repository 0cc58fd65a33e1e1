/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H
/*
 * Calls at start-up. An initcall returns 0 or a negative error.
 *
 * Unlike Linux: within an image initcalls run in link order, whatever their
 * level; all of the kernel image's run before those of any module. Text marked
 * __init is not freed.
 */
#include <linux/compiler.h>

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

#define __init
#define __exit
#define __initdata
#define __exitdata
#define __initconst

/* Pointers gather in a table that the image describes (cpu/hw.h). */
#define __define_initcall(fn)                                                  \
	__attribute__((used, section("lockstep_init"))) static initcall_t __initcall_##fn = fn
#define __define_exitcall(fn)                                                  \
	__attribute__((used, section("lockstep_exit"))) static exitcall_t __exitcall_##fn = fn

#define early_initcall(fn) __define_initcall(fn)
#define pure_initcall(fn) __define_initcall(fn)
#define core_initcall(fn) __define_initcall(fn)
#define subsys_initcall(fn) __define_initcall(fn)
#define fs_initcall(fn) __define_initcall(fn)
#define device_initcall(fn) __define_initcall(fn)
#define late_initcall(fn) __define_initcall(fn)

#endif /* _LINUX_INIT_H */

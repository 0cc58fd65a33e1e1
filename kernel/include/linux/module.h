/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H
/*
 * A module: what the machine runs after boot.
 *
 * module_init(fn): int fn(void), called by task 1 when the kernel is up;
 * nonzero is a failure, and no exitcall follows. module_exit(fn): void fn(void),
 * called when the run's time is over. Both may sleep.
 *
 * Unlike Linux: a module is loaded once and never unloaded; several files may
 * each have a module_init, run in the order in which the files were named.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>

#define module_init(fn) __define_initcall(fn)
#define module_exit(fn) __define_exitcall(fn)

#define MODULE_LICENSE(text) struct __module_info
#define MODULE_AUTHOR(text) struct __module_info
#define MODULE_DESCRIPTION(text) struct __module_info
#define MODULE_VERSION(text) struct __module_info
#define MODULE_ALIAS(text) struct __module_info

/* Modules stay: taking a reference always succeeds. */
static inline bool try_module_get(struct module *mod)
{
	(void)mod;
	return true;
}

static inline void module_put(struct module *mod)
{
	(void)mod;
}

static inline void __module_get(struct module *mod)
{
	(void)mod;
}

#endif /* _LINUX_MODULE_H */

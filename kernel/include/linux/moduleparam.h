/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H
/*
 * Parameters of a module: set from "mod.NAME=VALUE" before its initcalls run.
 *
 *	static int n = 3;
 *	module_param(n, int, 0444);
 *
 * Types: byte short ushort int uint long ulong bool charp. A value that does not
 * parse is reported with pr_err() and leaves the default. Strings live as long
 * as the machine.
 */
#include <linux/types.h>

enum kernel_param_type {
	KPARAM_byte,
	KPARAM_short,
	KPARAM_ushort,
	KPARAM_int,
	KPARAM_uint,
	KPARAM_long,
	KPARAM_ulong,
	KPARAM_bool,
	KPARAM_charp,
};

struct kernel_param {
	const char *name;
	enum kernel_param_type type;
	void *arg;
};

#define module_param_named(pname, value, ptype, perm)                          \
	__attribute__((used, section("lockstep_param"))) static struct kernel_param \
		__param_##pname = { #pname, KPARAM_##ptype, (void *)&(value) }
#define module_param(name, type, perm) module_param_named(name, name, type, perm)
#define core_param(name, var, type, perm) module_param_named(name, var, type, perm)
#define MODULE_PARM_DESC(name, text) struct __module_param_text

#endif /* _LINUX_MODULEPARAM_H */

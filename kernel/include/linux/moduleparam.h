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

/* The type's tag is pasted at once: C's bool is a macro. The compiler would align
 * larger objects more, and leave gaps in the table. */
#define __module_param(pname, value, tag)                                      \
	__attribute__((used, section("lockstep_param"),                        \
		       aligned(__alignof__(struct kernel_param)))) static struct kernel_param \
		__param_##pname = { #pname, tag, (void *)&(value) }
#define module_param_named(name, value, type, perm) __module_param(name, value, KPARAM_##type)
#define module_param(name, type, perm) __module_param(name, name, KPARAM_##type)
#define MODULE_PARM_DESC(name, text) struct __module_param_text

#endif /* _LINUX_MODULEPARAM_H */

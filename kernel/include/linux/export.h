/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H
/* Every non-static symbol of the kernel image is exported; these say nothing. */
#define EXPORT_SYMBOL(sym) struct __export_##sym
#define EXPORT_SYMBOL_GPL(sym) EXPORT_SYMBOL(sym)
#define THIS_MODULE ((struct module *)0)

struct module;

#endif /* _LINUX_EXPORT_H */

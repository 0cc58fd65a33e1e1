/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INSTRUCTION_POINTER_H
#define _LINUX_INSTRUCTION_POINTER_H
/* _RET_IP_ and _THIS_IP_ by the header that Linux has them in. */
#include <linux/compiler.h>

#endif /* _LINUX_INSTRUCTION_POINTER_H */

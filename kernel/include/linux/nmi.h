/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H
#include <asm/nmi.h>

#endif /* _LINUX_NMI_H */

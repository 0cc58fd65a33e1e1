/* SPDX-License-Identifier: MIT */
#ifndef _ASM_RWONCE_H
#define _ASM_RWONCE_H
/* READ_ONCE() and WRITE_ONCE() by their other name. */
#include <linux/rwonce.h>

#endif /* _ASM_RWONCE_H */

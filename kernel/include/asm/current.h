/* SPDX-License-Identifier: MIT */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H
/*
 * The running task: one identifier, so that a structure may have a member of
 * that name. Reading it is no step of the machine.
 */
#include "cpu/hw.h"

#define current hw_current

#endif /* _ASM_CURRENT_H */

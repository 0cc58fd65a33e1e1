/* SPDX-License-Identifier: MIT */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H
/*
 * cpu_relax(): what every wait loop calls once a round.
 *
 * One step. If the round since the last call at the same place changed
 * nothing, the CPU is parked until a location that it read changes value or
 * an interrupt comes: waiting is free, and searches through it are finite.
 */
#include "cpu/hw.h"
#include <linux/compiler_types.h>

#define cpu_relax() hw_cpu_relax()

#endif /* _ASM_PROCESSOR_H */

// SPDX-License-Identifier: MIT
// What a read-modify-write instruction makes of an old value: the arithmetic
// alone, the same in both executors.
#pragma once

#include "cpu/hw.h"
#include "cpu/step.h"

namespace cpu {

STEP_INLINE uint64_t truncate(uint64_t value, unsigned size) {
  return size >= 8 ? value : value & ((uint64_t{1} << (8 * size)) - 1);
}

STEP_INLINE uint64_t apply(enum hw_rmw op, uint64_t old, uint64_t operand) {
  switch (op) {
    case HW_READ:
      return old;
    case HW_WRITE:
    case HW_XCHG:
      return operand;
    case HW_ADD:
      return old + operand;
    case HW_SUB:
      return old - operand;
    case HW_AND:
      return old & operand;
    case HW_OR:
      return old | operand;
    case HW_XOR:
      return old ^ operand;
    case HW_ANDNOT:
      return old & ~operand;
    case HW_NAND:
      return ~(old & operand);
  }
  return old;
}

}  // namespace cpu

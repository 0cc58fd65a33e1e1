// SPDX-License-Identifier: MIT
// Message: what travels from the I/O APIC, or from one local APIC, to local
// APICs. A value; who sends it decides the set of CPUs.
#pragma once

#include <cstdint>

#include "irq/regs.h"

namespace irq {

// Delivery modes, as bits 8-10 of redirection entries, LVT entries and the ICR.
enum class Delivery : uint8_t { kFixed = 0, kLowest = 1, kNmi = 4 };

struct Message {
  uint64_t cpus = 0;  // bit n: APIC id n; empty: goes nowhere
  uint8_t vector = 0;
  Delivery mode = Delivery::kFixed;
  bool level = false;
};

// What a local APIC makes of a message.
enum class Acceptance : uint8_t {
  kRefused,   // software-disabled, or no valid vector
  kMerged,    // the same is pending already
  kAccepted,  // now pending
};

// Vectors 0-15 can't be delivered as fixed interrupts: the APIC refuses them
// (SDM vol. 3, "Valid Interrupt Vectors").
constexpr unsigned kVectorMin = 16;

// SMI, INIT, start-up and ExtINT are not modelled: refused by everyone.
inline bool can_be_delivered(const Message& message) {
  if (message.mode == Delivery::kNmi) return true;
  return message.mode <= Delivery::kLowest && message.vector >= kVectorMin;
}

// The vector that the CPU will take.
inline unsigned vector_of(const Message& message) {
  return message.mode == Delivery::kNmi ? VECTOR_NMI : message.vector;
}

}  // namespace irq

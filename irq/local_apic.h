// SPDX-License-Identifier: MIT
// Local APIC: which interrupt one CPU is to take next. Plain data, no clock.
//
// Three sets of 256 vectors: IRR (accepted, waiting), ISR (in service), TMR
// (arrived level-triggered). An interrupt is deliverable when the class
// (vector >> 4) of the highest in IRR is above the class of the PPR, which is
// the higher of the TPR and the highest in service.
//
//   accept(v)   IRR 0 -> 1           one already there: merged, and lost
//   take()      IRR 1 -> 0, ISR 0 -> 1   one more may be accepted meanwhile
//   eoi()       highest of ISR 1 -> 0    whichever it was: EOI names no vector
//
// NMIs pass by all that: a latch of one, and a block from take() to the next
// return from any interrupt. While blocked one more stays latched; others are
// lost. (SDM vol. 3: "Handling Multiple NMIs", chapter "APIC".)
//
// The surprising things: software-disabled after reset (SVR bit 8 clear) it
// accepts NMIs but no fixed interrupt, and its LVT entries can't be unmasked.
// The timer only keeps its registers here: the clock belongs to the Controller.
#pragma once

#include <array>
#include <cstdint>

#include "irq/message.h"

namespace irq {

class VectorSet {
 public:
  bool test(unsigned vector) const { return (word_[vector >> 6] >> (vector & 63) & 1) != 0; }
  void set(unsigned vector) {
    word_[vector >> 6] |= uint64_t{1} << (vector & 63);
    used_ |= 1u << (vector >> 6);
  }
  void clear(unsigned vector) {
    uint64_t& word = word_[vector >> 6];
    word &= ~(uint64_t{1} << (vector & 63));
    if (word == 0) used_ &= ~(1u << (vector >> 6));
  }
  int highest() const {  // -1: empty
    if (used_ == 0) return -1;
    const int word = 31 - __builtin_clz(used_);
    return word * 64 + 63 - __builtin_clzll(word_[static_cast<unsigned>(word)]);
  }
  // Word n of the eight that software sees, 32 vectors each.
  uint32_t word32(unsigned n) const;

 private:
  std::array<uint64_t, 4> word_{};
  uint32_t used_ = 0;  // bit n: word n is not 0
};

class LocalApic {
 public:
  void reset(unsigned id);

  Acceptance accept(const Message& message);
  Acceptance would_accept(const Message& message) const;

  bool irq_wire() const;  // a maskable interrupt is deliverable
  bool nmi_wire() const { return nmi_pending_ && !nmi_blocked_; }
  // The vector that the CPU takes now: VECTOR_NMI, a maskable one, or -1.
  int take(bool if_flag);
  void unblock_nmi() { nmi_blocked_ = false; }  // IRET
  struct Eoi {
    int vector;  // -1: nothing was in service
    bool level;  // to be told to the I/O APIC
  };
  Eoi eoi();

  uint8_t priority() const;  // PPR
  bool nmi_pending() const { return nmi_pending_; }

  // Registers without an effect outside: everything but EOI, ICR and TMCCT.
  // Unknown offsets read 0 and ignore writes.
  uint32_t read(uint32_t offset) const;
  void write(uint32_t offset, uint32_t value);

  uint32_t timer_lvt() const { return timer_lvt_; }
  uint32_t timer_initial_ns() const { return timer_initial_; }
  uint32_t counter_lvt() const { return counter_lvt_; }
  uint32_t counter_period_us() const { return counter_period_; }

  // The wires as the CPU was last told; kept by the Controller.
  bool told_irq = false, told_nmi = false;

 private:
  bool enabled() const;
  void write_spurious(uint32_t value);

  VectorSet irr_, isr_, tmr_;
  uint32_t id_ = 0, tpr_ = 0, spurious_ = 0, icr_ = 0, icr2_ = 0;
  uint32_t timer_lvt_ = 0, timer_initial_ = 0;
  uint32_t counter_lvt_ = 0, counter_period_ = 0;
  bool nmi_pending_ = false, nmi_blocked_ = false;
};

}  // namespace irq

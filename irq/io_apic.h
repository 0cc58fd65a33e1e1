// SPDX-License-Identifier: MIT
// I/O APIC: from interrupt lines to messages (Intel 82093AA). Plain data.
//
//   line       entry             raise(line) gives
//   edge       unmasked          a message
//   edge       masked            nothing, and it is not remembered
//   level      unmasked          a message; remote IRR is set once accepted
//   level      remote IRR set    nothing now; after the EOI, if still asserted
//   level      masked            nothing now; when unmasked, if still asserted
//
// Remote IRR is read-only to software; making an entry edge-triggered clears
// it. Delivery is immediate: the delivery status (bit 12) always reads 0.
//
// Unlike the real part: a logical destination is a set as wide as the machine,
// written by set_destination(); and the polarity bit is only remembered, since
// every device here drives its line to the level that the entry calls active.
#pragma once

#include <array>
#include <cstdint>

#include "irq/message.h"
#include "irq/regs.h"

namespace irq {

class IoApic {
 public:
  void reset(unsigned cpus);  // every entry masked, edge, vector 0

  uint32_t read(uint32_t index) const;
  // True: an entry was written, and its line may have something to deliver.
  bool write(uint32_t index, uint32_t value);
  void set_destination(uint32_t line, uint64_t cpus);
  // The user's own wiring, whatever software wrote: one of these CPUs takes it.
  void route(uint32_t line, uint64_t cpus);

  // What a device does with its line.
  void assert_line(unsigned line) { asserted_ |= 1u << line; }
  void release_line(unsigned line) { asserted_ &= ~(1u << line); }
  bool asserted(unsigned line) const { return (asserted_ >> line & 1) != 0; }

  bool masked(unsigned line) const { return (low_[line] & IOAPIC_MASKED) != 0; }
  bool level(unsigned line) const;  // an NMI is edge-triggered, whatever the bit says
  bool remote_irr(unsigned line) const { return (low_[line] & IOAPIC_REMOTE_IRR) != 0; }
  // Level-triggered, asserted, and neither masked nor waiting for an EOI.
  bool level_due(unsigned line) const;
  // A device that would assert the line now would send something.
  bool open(unsigned line) const;

  Message message(unsigned line) const;  // of the entry as it stands
  void accepted(unsigned line);          // a local APIC took a level message
  // An EOI of a level-triggered vector: clears remote IRR of its entries;
  // returns the lines that were waiting for it, a bit each.
  uint32_t eoi(unsigned vector);

 private:
  std::array<uint32_t, IOAPIC_LINES> low_{}, high_{};
  std::array<uint64_t, IOAPIC_LINES> logical_{};
  std::array<uint64_t, IOAPIC_LINES> routed_{};  // 0: as software says
  uint64_t all_cpus_ = 0;
  uint32_t id_ = 0;
  uint32_t asserted_ = 0;  // bit n: line n is active
};

}  // namespace irq

// SPDX-License-Identifier: MIT
#include "irq/io_apic.h"

namespace irq {
namespace {

constexpr uint32_t kVersion = 0x11 | (IOAPIC_LINES - 1) << 16;
constexpr uint32_t kArbitration = 0x02;
constexpr uint32_t kFirstEntry = IOAPIC_ENTRY(0);
constexpr uint32_t kStatus = 1u << 12;
constexpr uint32_t kReadOnly = kStatus | IOAPIC_REMOTE_IRR;
constexpr uint32_t kLowBits = 0x1ffff;
constexpr uint32_t kDeliveryMode = 7u << 8;
constexpr uint32_t kIdBits = 0x0f000000u;
constexpr uint32_t kBroadcast = 0xff;

bool is_entry(uint32_t index) { return index >= kFirstEntry && index < IOAPIC_ENTRY(IOAPIC_LINES); }

}  // namespace

void IoApic::reset(unsigned cpus) {
  *this = IoApic{};
  all_cpus_ = cpus >= 64 ? ~uint64_t{0} : (uint64_t{1} << cpus) - 1;
  low_.fill(IOAPIC_MASKED);
}

uint32_t IoApic::read(uint32_t index) const {
  if (is_entry(index)) {
    const uint32_t line = (index - kFirstEntry) / 2;
    return index & 1 ? high_[line] : low_[line];
  }
  switch (index) {
    case IOAPIC_ID:
    case kArbitration:
      return id_;
    case IOAPIC_VERSION:
      return kVersion;
    default:
      return 0;
  }
}

bool IoApic::write(uint32_t index, uint32_t value) {
  if (index == IOAPIC_ID) id_ = value & kIdBits;
  if (!is_entry(index)) return false;
  const uint32_t line = (index - kFirstEntry) / 2;
  if (index & 1) {
    high_[line] = value & 0xff000000u;
    return false;
  }
  uint32_t kept = low_[line] & kReadOnly;
  if (!(value & IOAPIC_LEVEL)) kept = 0;
  low_[line] = (value & kLowBits & ~kReadOnly) | kept;
  return true;
}

void IoApic::set_destination(uint32_t line, uint64_t cpus) {
  if (line < IOAPIC_LINES) logical_[line] = cpus & all_cpus_;
}

void IoApic::route(uint32_t line, uint64_t cpus) {
  if (line < IOAPIC_LINES) routed_[line] = cpus & all_cpus_;
}

bool IoApic::level(unsigned line) const {
  return (low_[line] & IOAPIC_LEVEL) != 0 && (low_[line] & kDeliveryMode) != IOAPIC_NMI;
}

bool IoApic::level_due(unsigned line) const {
  return level(line) && asserted(line) && !masked(line) && !remote_irr(line);
}

bool IoApic::open(unsigned line) const {
  if (masked(line)) return false;
  return !level(line) || !(asserted(line) || remote_irr(line));
}

Message IoApic::message(unsigned line) const {
  Message message;
  message.vector = static_cast<uint8_t>(low_[line]);
  message.mode = static_cast<Delivery>(low_[line] >> 8 & 7);
  message.level = level(line);
  const uint32_t id = high_[line] >> 24;
  if (routed_[line] != 0) {
    message.cpus = routed_[line];
    if (message.mode == Delivery::kFixed) message.mode = Delivery::kLowest;
  } else if (low_[line] & IOAPIC_LOGICAL) {
    message.cpus = logical_[line];
  } else if (id == kBroadcast) {
    message.cpus = all_cpus_;
  } else if (id < 64) {
    message.cpus = uint64_t{1} << id & all_cpus_;
  }
  return message;
}

void IoApic::accepted(unsigned line) { low_[line] |= IOAPIC_REMOTE_IRR; }

uint32_t IoApic::eoi(unsigned vector) {
  uint32_t waiting = 0;
  for (unsigned line = 0; line < IOAPIC_LINES; ++line) {
    if ((low_[line] & 0xff) != vector || !remote_irr(line)) continue;
    low_[line] &= ~IOAPIC_REMOTE_IRR;
    if (level_due(line)) waiting |= 1u << line;
  }
  return waiting;
}

}  // namespace irq

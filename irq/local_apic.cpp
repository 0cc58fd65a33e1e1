// SPDX-License-Identifier: MIT
#include "irq/local_apic.h"

#include "irq/regs.h"

namespace irq {
namespace {

constexpr uint32_t kSoftwareEnable = 1u << 8;  // SVR
constexpr uint32_t kVersion = 0x00050014;      // LVT entries 0-5, integrated APIC
constexpr uint32_t kVersionOffset = 0x030;
constexpr uint32_t kLvtTimerBits = 0xff | LAPIC_LVT_MASKED | LAPIC_TIMER_PERIODIC;
constexpr uint32_t kLvtCounterBits = 0xff | (7u << 8) | LAPIC_LVT_MASKED;

unsigned priority_class(unsigned vector) { return vector >> 4; }

// The index of the word if offset lies in one of the three 256-bit registers.
bool in_bank(uint32_t offset, uint32_t bank, unsigned* word) {
  *word = (offset - bank) >> 4;
  return offset >= bank && offset < bank + 0x80 && (offset & 0xf) == 0;
}

}  // namespace

uint32_t VectorSet::word32(unsigned n) const {
  return static_cast<uint32_t>(word_[n / 2] >> (n % 2 * 32));
}

void LocalApic::reset(unsigned id) {
  *this = LocalApic{};
  id_ = id << 24;
  spurious_ = VECTOR_SPURIOUS;
  timer_lvt_ = counter_lvt_ = LAPIC_LVT_MASKED;
}

bool LocalApic::enabled() const { return (spurious_ & kSoftwareEnable) != 0; }

Acceptance LocalApic::would_accept(const Message& message) const {
  bool pending = nmi_pending_;
  if (message.mode != Delivery::kNmi) {
    if (!enabled() || !can_be_delivered(message)) return Acceptance::kRefused;
    pending = irr_.test(message.vector);
  }
  return pending ? Acceptance::kMerged : Acceptance::kAccepted;
}

Acceptance LocalApic::accept(const Message& message) {
  const Acceptance answer = would_accept(message);
  if (answer == Acceptance::kRefused) return answer;
  if (message.mode == Delivery::kNmi) {
    nmi_pending_ = true;
    return answer;
  }
  irr_.set(message.vector);
  if (message.level) {
    tmr_.set(message.vector);
  } else {
    tmr_.clear(message.vector);
  }
  return answer;
}

uint8_t LocalApic::priority() const {
  const int serving = isr_.highest();
  const unsigned in_service = serving < 0 ? 0 : static_cast<unsigned>(serving);
  if (priority_class(tpr_) >= priority_class(in_service)) return static_cast<uint8_t>(tpr_);
  return static_cast<uint8_t>(in_service & 0xf0);
}

bool LocalApic::irq_wire() const {
  const int vector = irr_.highest();
  return vector >= 0 && priority_class(static_cast<unsigned>(vector)) > priority_class(priority());
}

int LocalApic::take(bool if_flag) {
  if (nmi_wire()) {
    nmi_pending_ = false;
    nmi_blocked_ = true;
    return VECTOR_NMI;
  }
  if (!if_flag || !irq_wire()) return -1;
  const int vector = irr_.highest();
  irr_.clear(static_cast<unsigned>(vector));
  isr_.set(static_cast<unsigned>(vector));
  return vector;
}

LocalApic::Eoi LocalApic::eoi() {
  const int vector = isr_.highest();
  if (vector < 0) return {-1, false};
  isr_.clear(static_cast<unsigned>(vector));
  return {vector, tmr_.test(static_cast<unsigned>(vector))};
}

uint32_t LocalApic::read(uint32_t offset) const {
  unsigned word = 0;
  if (in_bank(offset, LAPIC_ISR, &word)) return isr_.word32(word);
  if (in_bank(offset, LAPIC_TMR, &word)) return tmr_.word32(word);
  if (in_bank(offset, LAPIC_IRR, &word)) return irr_.word32(word);
  switch (offset) {
    case LAPIC_ID:
      return id_;
    case kVersionOffset:
      return kVersion;
    case LAPIC_TPR:
      return tpr_;
    case LAPIC_PPR:
      return priority();
    case LAPIC_SVR:
      return spurious_;
    case LAPIC_ICR:
      return icr_;
    case LAPIC_ICR2:
      return icr2_;
    case LAPIC_LVTT:
      return timer_lvt_;
    case LAPIC_LVTPC:
      return counter_lvt_;
    case LAPIC_TMICT:
      return timer_initial_;
    case LAPIC_PMC_PERIOD_US:
      return counter_period_;
    default:
      return 0;
  }
}

void LocalApic::write(uint32_t offset, uint32_t value) {
  const uint32_t forced = enabled() ? 0 : LAPIC_LVT_MASKED;
  switch (offset) {
    case LAPIC_TPR:
      tpr_ = value & 0xff;
      break;
    case LAPIC_SVR:
      write_spurious(value);
      break;
    case LAPIC_ICR:
      icr_ = value;
      break;
    case LAPIC_ICR2:
      icr2_ = value & 0xff000000u;
      break;
    case LAPIC_LVTT:
      timer_lvt_ = (value & kLvtTimerBits) | forced;
      break;
    case LAPIC_LVTPC:
      counter_lvt_ = (value & kLvtCounterBits) | forced;
      break;
    case LAPIC_TMICT:
      timer_initial_ = value;
      break;
    case LAPIC_PMC_PERIOD_US:
      counter_period_ = value;
      break;
    default:
      break;
  }
}

// What is pending or in service survives a software disable; LVT entries are
// masked by it and stay so when it is enabled again.
void LocalApic::write_spurious(uint32_t value) {
  spurious_ = value & (kSoftwareEnable | 0xff);
  if (enabled()) return;
  timer_lvt_ |= LAPIC_LVT_MASKED;
  counter_lvt_ |= LAPIC_LVT_MASKED;
}

}  // namespace irq

// SPDX-License-Identifier: MIT
// The table of facts: what the manuals say, a line each, as a stimulus and the
// register or vector that must follow. SDM: Intel SDM vol. 3, chapter "APIC";
// IOAPIC: Intel 82093AA; K: reference/linux-constants.md, section 5.
#include <gtest/gtest.h>

#include <ostream>

#include "tests/irq/bench.h"

namespace irq {
namespace {

struct Fact {
  const char* text;
  void (*stimulus)(Bench&);
  uint32_t (*observed)(Bench&);
  uint32_t expected;
};

void PrintTo(const Fact& fact, std::ostream* out) { *out << fact.text; }

constexpr uint32_t kNone = 0xffffffffu;
void nothing(Bench&) {}
uint32_t take0(Bench& b) { return static_cast<uint32_t>(b.take(0)); }
uint32_t take1(Bench& b) { return static_cast<uint32_t>(b.take(1)); }
uint32_t ppr(Bench& b) { return b.read(0, LAPIC_PPR); }

const Fact kFacts[] = {
    // Reset.
    {"SDM: LVT entries are masked at reset", nothing,
     [](Bench& b) { return b.read(0, LAPIC_LVTT); }, LAPIC_LVT_MASKED},
    {"SDM: the APIC id is in bits 24-31", nothing, [](Bench& b) { return b.read(3, LAPIC_ID); },
     3u << 24},
    {"SDM: the task priority is 0 at reset", nothing, ppr, 0},
    {"IOAPIC: version 0x11, 24 entries", nothing,
     [](Bench& b) { return b.controller.ioapic_read(IOAPIC_VERSION); }, 0x00170011},
    {"IOAPIC: entries are masked at reset", nothing, [](Bench& b) { return b.entry_low(23); },
     IOAPIC_MASKED},
    {"IOAPIC: the id is in bits 24-27", [](Bench& b) { b.controller.ioapic_write(IOAPIC_ID, ~0u); },
     [](Bench& b) { return b.controller.ioapic_read(IOAPIC_ID); }, 0x0f000000},

    // Software disable.
    {"SDM: a disabled APIC accepts no fixed interrupt",
     [](Bench& b) {
       b.write(0, LAPIC_SVR, 0xff);
       b.ipi(0, 0xfd);
     },
     take0, kNone},
    {"SDM: a disabled APIC accepts NMIs",
     [](Bench& b) {
       b.write(0, LAPIC_SVR, 0xff);
       b.ipi(0, LAPIC_ICR_NMI);
     },
     take0, VECTOR_NMI},
    {"SDM: what was pending survives a disable",
     [](Bench& b) {
       b.ipi(0, 0xfd);
       b.write(0, LAPIC_SVR, 0xff);
     },
     take0, 0xfd},
    {"SDM: disabling masks the LVT",
     [](Bench& b) {
       b.write(0, LAPIC_LVTT, 0xec);
       b.write(0, LAPIC_SVR, 0xff);
     },
     [](Bench& b) { return b.read(0, LAPIC_LVTT); }, 0xec | LAPIC_LVT_MASKED},
    {"SDM: the LVT of a disabled APIC can't be unmasked",
     [](Bench& b) {
       b.write(0, LAPIC_SVR, 0xff);
       b.write(0, LAPIC_LVTT, 0xec);
     },
     [](Bench& b) { return b.read(0, LAPIC_LVTT); }, 0xec | LAPIC_LVT_MASKED},

    // Vectors and priorities.
    {"SDM: vectors 0-15 are illegal", [](Bench& b) { b.ipi(0, 15); }, take0, kNone},
    {"SDM: vector 16 is the first", [](Bench& b) { b.ipi(0, 16); }, take0, 16},
    {"SDM: the higher class first",
     [](Bench& b) {
       b.ipi(0, 0x41);
       b.ipi(0, 0x51);
     },
     take0, 0x51},
    {"SDM: inside a class the higher vector first",
     [](Bench& b) {
       b.ipi(0, 0x41);
       b.ipi(0, 0x42);
     },
     take0, 0x42},
    {"K: the timer (class 14) comes after every IPI (class 15)",
     [](Bench& b) {
       b.ipi(0, VECTOR_LOCAL_TIMER);
       b.ipi(0, VECTOR_IRQ_WORK);
     },
     take0, VECTOR_IRQ_WORK},
    {"SDM: a higher vector of the class in service waits",
     [](Bench& b) {
       b.ipi(0, 0x41);
       b.take(0);
       b.ipi(0, 0x4f);
     },
     take0, kNone},
    {"SDM: a higher class interrupts the one in service",
     [](Bench& b) {
       b.ipi(0, 0x41);
       b.take(0);
       b.ipi(0, 0x50);
     },
     take0, 0x50},
    {"SDM: TPR blocks its own class",
     [](Bench& b) {
       b.write(0, LAPIC_TPR, 0x40);
       b.ipi(0, 0x4f);
     },
     take0, kNone},
    {"SDM: TPR lets the next class through",
     [](Bench& b) {
       b.write(0, LAPIC_TPR, 0x4f);
       b.ipi(0, 0x50);
     },
     take0, 0x50},
    {"SDM: TPR blocks no NMI",
     [](Bench& b) {
       b.write(0, LAPIC_TPR, 0xff);
       b.ipi(0, LAPIC_ICR_NMI);
     },
     take0, VECTOR_NMI},
    {"SDM: PPR is TPR when its class is not below the one in service",
     [](Bench& b) {
       b.ipi(0, 0x41);
       b.take(0);
       b.write(0, LAPIC_TPR, 0x43);
     },
     ppr, 0x43},
    {"SDM: else PPR is the class in service, sub-class 0",
     [](Bench& b) {
       b.ipi(0, 0x51);
       b.take(0);
       b.write(0, LAPIC_TPR, 0x43);
     },
     ppr, 0x50},
    {"K: Linux's TPR of 0x10 blocks nothing that it uses",
     [](Bench& b) {
       b.write(0, LAPIC_TPR, 0x10);
       b.ipi(0, 0x30);
     },
     take0, 0x30},
    {"a cleared interrupt flag blocks maskable interrupts", [](Bench& b) { b.ipi(0, 0xfd); },
     [](Bench& b) { return static_cast<uint32_t>(b.take(0, false)); }, kNone},
    {"a cleared interrupt flag blocks no NMI", [](Bench& b) { b.ipi(0, LAPIC_ICR_NMI); },
     [](Bench& b) { return static_cast<uint32_t>(b.take(0, false)); }, VECTOR_NMI},
    {"SDM: EOI with nothing in service does nothing",
     [](Bench& b) {
       b.eoi(0);
       b.ipi(0, 0x30);
     },
     take0, 0x30},

    // Registers.
    {"SDM: IRR shows what was accepted", [](Bench& b) { b.ipi(0, 0xec); },
     [](Bench& b) { return b.read(0, LAPIC_IRR + 0x70); }, 1u << 12},
    {"SDM: ISR shows what was taken",
     [](Bench& b) {
       b.ipi(0, 0x21);
       b.take(0);
     },
     [](Bench& b) { return b.read(0, LAPIC_ISR + 0x10); }, 1u << 1},
    {"SDM: IRR is clear once taken",
     [](Bench& b) {
       b.ipi(0, 0x21);
       b.take(0);
     },
     [](Bench& b) { return b.read(0, LAPIC_IRR + 0x10); }, 0},
    {"SDM: an edge leaves TMR clear", [](Bench& b) { b.ipi(0, 0x21); },
     [](Bench& b) { return b.read(0, LAPIC_TMR + 0x10); }, 0},
    {"SDM: TPR has 8 bits", [](Bench& b) { b.write(0, LAPIC_TPR, 0x12345678); },
     [](Bench& b) { return b.read(0, LAPIC_TPR); }, 0x78},

    // IPIs.
    {"SDM: an IPI goes to the APIC id in bits 24-31", [](Bench& b) { b.ipi(1, 0xfb); }, take1,
     0xfb},
    {"SDM: and to nobody else", [](Bench& b) { b.ipi(1, 0xfb); }, take0, kNone},
    {"SDM: destination 0xff is everybody", [](Bench& b) { b.ipi(0xff, 0xfb); }, take1, 0xfb},
    {"SDM: shorthand self", [](Bench& b) { b.ipi(1, 0xfb | LAPIC_ICR_SELF); }, take0, 0xfb},
    {"SDM: shorthand all including self", [](Bench& b) { b.ipi(1, 0xfb | LAPIC_ICR_ALL); }, take0,
     0xfb},
    {"SDM: shorthand all but self leaves itself out",
     [](Bench& b) { b.ipi(0, 0xfb | LAPIC_ICR_ALL_BUT_SELF); }, take0, kNone},
    {"SDM: shorthand all but self reaches the others",
     [](Bench& b) { b.ipi(0, 0xfb | LAPIC_ICR_ALL_BUT_SELF); }, take1, 0xfb},
    {"SDM: the vector of an NMI is ignored", [](Bench& b) { b.ipi(1, LAPIC_ICR_NMI | 0x55); },
     take1, VECTOR_NMI},
    {"SDM: logical destination, flat model", [](Bench& b) { b.ipi(1 << 1, 0xfb | 1u << 11); },
     take1, 0xfb},
    {"an IPI to an APIC id that does not exist is lost", [](Bench& b) { b.ipi(9, 0xfb); }, take1,
     kNone},
};

class FactTest : public testing::TestWithParam<Fact> {};

TEST_P(FactTest, holds) {
  Bench bench;
  GetParam().stimulus(bench);
  EXPECT_EQ(GetParam().observed(bench), GetParam().expected) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(manuals, FactTest, testing::ValuesIn(kFacts));

}  // namespace
}  // namespace irq

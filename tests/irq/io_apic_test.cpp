// SPDX-License-Identifier: MIT
// Lines, redirection entries and level-triggered devices.
#include <gtest/gtest.h>

#include "sim/core/error.h"
#include "tests/irq/bench.h"

namespace irq {
namespace {

TEST(IoApic, device_lines_are_given_out_from_8_upwards) {
  Bench bench;
  EXPECT_EQ(bench.device("eth0"), 8u);
  EXPECT_EQ(bench.device("disk"), 9u);
  EXPECT_EQ(bench.controller.source_line("nothing"), -1);
}

TEST(IoApic, an_edge_sends_the_vector_of_its_entry_to_its_cpu) {
  Bench bench;
  bench.entry(bench.device("eth0"), 0x38, 2);
  bench.controller.fire("eth0");
  EXPECT_FALSE(bench.lines.irq_wire[0]);
  EXPECT_TRUE(bench.lines.irq_wire[2]);
  EXPECT_EQ(bench.take(2), 0x38);
  EXPECT_FALSE(bench.lines.irq_wire[2]);
}

TEST(IoApic, the_users_wiring_stands_above_what_software_writes) {
  Bench bench;
  const uint32_t line = bench.device("eth0");
  bench.entry(line, 0x38, 2);
  bench.controller.route("eth0", 1u << 1);
  bench.controller.fire("eth0");
  EXPECT_FALSE(bench.lines.irq_wire[2]);
  EXPECT_EQ(bench.take(1), 0x38);
  bench.entry(line, 0x38, 2);  // as a driver does that unmasks it
  EXPECT_EQ(bench.controller.list()[0].cpus, 1u << 1);
  EXPECT_THROW(bench.controller.route("eth0", 0), sim::UserError);
}

TEST(IoApic, what_the_user_sends_is_taken_and_an_nmi_ignores_the_flag) {
  Bench bench;
  bench.controller.send(1, VECTOR_SOFTIRQ + 3);
  EXPECT_EQ(bench.take(1), VECTOR_SOFTIRQ + 3);
  bench.controller.send(2, VECTOR_NMI);
  EXPECT_EQ(bench.controller.take(2, false), VECTOR_NMI);
  EXPECT_THROW(bench.controller.send(64, VECTOR_NMI), sim::UserError);
}

TEST(IoApic, an_edge_on_a_masked_line_is_forgotten) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_MASKED, 1);
  bench.controller.fire("eth0");
  bench.entry(line, 0x38, 1);
  EXPECT_EQ(bench.take(1), -1);
  EXPECT_EQ(bench.controller.list()[0].lost, 1u);
}

TEST(IoApic, a_level_on_a_masked_line_arrives_when_it_is_unmasked) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL | IOAPIC_MASKED, 1);
  bench.controller.fire("eth0");
  EXPECT_EQ(bench.take(1), -1);
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  EXPECT_EQ(bench.take(1), 0x38);
}

TEST(IoApic, a_level_still_asserted_after_the_eoi_is_delivered_again) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  bench.controller.fire("eth0");
  EXPECT_TRUE(bench.entry_low(line) & IOAPIC_REMOTE_IRR);
  EXPECT_TRUE(bench.tmr(1, 0x38));
  EXPECT_EQ(bench.take(1), 0x38);
  EXPECT_FALSE(bench.irr(1, 0x38)) << "nothing new before the EOI";
  bench.eoi(1);
  EXPECT_EQ(bench.take(1), 0x38);
  bench.controller.source_ack(line);
  bench.eoi(1);
  EXPECT_EQ(bench.take(1), -1);
  EXPECT_FALSE(bench.entry_low(line) & IOAPIC_REMOTE_IRR);
  EXPECT_EQ(bench.controller.list()[0].raised, 1u);
  EXPECT_EQ(bench.controller.list()[0].delivered, 2u);
}

TEST(IoApic, an_eoi_of_a_masked_level_waits_for_the_unmask) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  bench.controller.fire("eth0");
  bench.take(1);
  bench.entry(line, 0x38 | IOAPIC_LEVEL | IOAPIC_MASKED, 1);
  bench.eoi(1);
  EXPECT_EQ(bench.take(1), -1);
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  EXPECT_EQ(bench.take(1), 0x38);
}

TEST(IoApic, remote_irr_is_read_only_and_cleared_by_a_change_to_edge) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL | IOAPIC_REMOTE_IRR, 1);
  EXPECT_FALSE(bench.entry_low(line) & IOAPIC_REMOTE_IRR);
  bench.controller.fire("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  EXPECT_TRUE(bench.entry_low(line) & IOAPIC_REMOTE_IRR);
  bench.entry(line, 0x38 | IOAPIC_MASKED, 1);
  EXPECT_FALSE(bench.entry_low(line) & IOAPIC_REMOTE_IRR);
}

TEST(IoApic, rewriting_an_entry_in_service_sends_nothing) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  bench.controller.fire("eth0");
  bench.take(1);
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  EXPECT_FALSE(bench.irr(1, 0x38));
}

TEST(IoApic, a_level_refused_by_a_disabled_apic_arrives_once_it_is_enabled) {
  Bench bench;
  bench.write(1, LAPIC_SVR, 0xff);
  bench.entry(bench.device("eth0"), 0x38 | IOAPIC_LEVEL, 1);
  bench.controller.fire("eth0");
  EXPECT_EQ(bench.take(1), -1);
  bench.write(1, LAPIC_SVR, 0x1ff);
  EXPECT_EQ(bench.take(1), 0x38);
}

TEST(IoApic, two_level_lines_share_a_vector_and_both_wait_for_its_eoi) {
  Bench bench;
  const unsigned eth = bench.device("eth0"), disk = bench.device("disk");
  bench.entry(eth, 0x38 | IOAPIC_LEVEL, 1);
  bench.entry(disk, 0x38 | IOAPIC_LEVEL, 1);
  bench.controller.fire("eth0");
  bench.controller.fire("disk");
  EXPECT_EQ(bench.take(1), 0x38);
  bench.controller.source_ack(eth);
  bench.eoi(1);
  EXPECT_EQ(bench.take(1), 0x38) << "the disk's, merged with the first and still asserted";
  bench.controller.source_ack(disk);
  bench.eoi(1);
  EXPECT_EQ(bench.take(1), -1);
}

TEST(IoApic, a_logical_destination_is_every_cpu_of_the_set) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.controller.set_destination(line, 0b1101);
  bench.entry(line, 0x38 | IOAPIC_LOGICAL, 1);
  bench.controller.fire("eth0");
  EXPECT_EQ(bench.take(0), 0x38);
  EXPECT_EQ(bench.take(1), -1) << "the physical field does not count";
  EXPECT_EQ(bench.take(2), 0x38);
  EXPECT_EQ(bench.take(3), 0x38);
  EXPECT_EQ(bench.controller.list()[0].cpus, 0b1101u);
}

TEST(IoApic, a_destination_set_reaches_cpu_63) {
  Bench bench(64);
  const unsigned line = bench.device("eth0");
  bench.controller.set_destination(line, uint64_t{1} << 63);
  bench.entry(line, 0x38 | IOAPIC_LOGICAL, 0);
  bench.controller.fire("eth0");
  EXPECT_EQ(bench.take(63), 0x38);
}

TEST(IoApic, lowest_priority_delivery_takes_the_least_busy_cpu_of_the_set) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.controller.set_destination(line, 0b0111);
  bench.entry(line, 0x38 | IOAPIC_LOGICAL | 1u << 8, 0);
  bench.write(0, LAPIC_TPR, 0x20);
  bench.write(2, LAPIC_TPR, 0x10);
  bench.write(1, LAPIC_TPR, 0x20);
  bench.controller.fire("eth0");
  EXPECT_FALSE(bench.irr(0, 0x38));
  EXPECT_FALSE(bench.irr(1, 0x38));
  EXPECT_TRUE(bench.irr(2, 0x38));
}

TEST(IoApic, an_entry_of_nmi_mode_sends_nmis_whatever_its_trigger) {
  Bench bench;
  const unsigned line = bench.device("button");
  bench.entry(line, IOAPIC_NMI | IOAPIC_LEVEL, 1);
  bench.controller.fire("button");
  EXPECT_TRUE(bench.lines.nmi_wire[1]);
  EXPECT_EQ(bench.take(1, false), VECTOR_NMI);
  EXPECT_FALSE(bench.entry_low(line) & IOAPIC_REMOTE_IRR);
}

TEST(IoApic, a_source_can_be_raised_only_where_that_changes_something) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  EXPECT_FALSE(bench.controller.can_raise(0)) << "masked";
  bench.entry(line, 0x38, 1);
  EXPECT_TRUE(bench.controller.can_raise(0));
  bench.controller.raise(0);
  EXPECT_FALSE(bench.controller.can_raise(0)) << "one is pending";
  bench.take(1);
  EXPECT_TRUE(bench.controller.can_raise(0)) << "one more may be latched";
  bench.write(1, LAPIC_SVR, 0xff);
  EXPECT_FALSE(bench.controller.can_raise(0)) << "APIC disabled";
}

TEST(IoApic, a_level_source_can_be_raised_again_once_acknowledged_and_ended) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 1);
  bench.controller.raise(0);
  bench.take(1);
  bench.controller.source_ack(line);
  EXPECT_FALSE(bench.controller.can_raise(0)) << "remote IRR";
  bench.eoi(1);
  EXPECT_TRUE(bench.controller.can_raise(0));
}

}  // namespace
}  // namespace irq

// SPDX-License-Identifier: MIT
// Local APICs: merging, nesting, ends of interrupts, wires and NMIs.
#include <gtest/gtest.h>

#include <vector>

#include "tests/irq/bench.h"

namespace irq {
namespace {

TEST(LocalApic, at_reset_it_is_disabled_by_software) {
  BenchLines lines;
  sim::Arena arena(1 << 20);
  Controller controller(arena, lines, 1, 1);
  EXPECT_EQ(controller.lapic_read(0, LAPIC_SVR), 0xffu);
  controller.lapic_write(0, LAPIC_ICR, 0xfd | LAPIC_ICR_SELF);
  EXPECT_EQ(controller.take(0, true), -1);
}

TEST(LocalApic, equal_interrupts_merge_while_one_is_pending) {
  Bench bench;
  bench.ipi(0, 0xfd);
  bench.ipi(0, 0xfd);
  EXPECT_EQ(bench.take(0), 0xfd);
  bench.eoi(0);
  EXPECT_EQ(bench.take(0), -1);
}

TEST(LocalApic, one_more_is_latched_while_the_first_is_in_service) {
  Bench bench;
  bench.ipi(0, 0xfd);
  EXPECT_EQ(bench.take(0), 0xfd);
  bench.ipi(0, 0xfd);
  bench.ipi(0, 0xfd);
  EXPECT_TRUE(bench.irr(0, 0xfd));
  EXPECT_TRUE(bench.isr(0, 0xfd));
  EXPECT_EQ(bench.take(0), -1) << "its own class is in service";
  bench.eoi(0);
  EXPECT_EQ(bench.take(0), 0xfd);
  bench.eoi(0);
  EXPECT_EQ(bench.take(0), -1);
}

TEST(LocalApic, an_eoi_ends_the_highest_in_service_first) {
  Bench bench;
  bench.ipi(0, 0x31);
  bench.take(0);
  bench.ipi(0, 0x55);
  bench.take(0);
  bench.ipi(0, 0xec);
  bench.take(0);
  bench.eoi(0);
  EXPECT_FALSE(bench.isr(0, 0xec));
  EXPECT_TRUE(bench.isr(0, 0x55));
  bench.eoi(0);
  EXPECT_FALSE(bench.isr(0, 0x55));
  EXPECT_TRUE(bench.isr(0, 0x31));
  bench.eoi(0);
  EXPECT_EQ(bench.read(0, LAPIC_PPR), 0u);
}

TEST(LocalApic, every_vector_is_taken_in_the_order_of_priority) {
  Bench bench;
  for (unsigned vector = 16; vector < 256; ++vector) bench.ipi(0, vector * 7 % 256);
  for (unsigned vector = 0; vector < 16; ++vector) bench.ipi(0, vector * 7 % 256);
  for (int vector = 255; vector >= 16; --vector) {
    EXPECT_EQ(bench.take(0), vector);
    bench.eoi(0);
  }
  EXPECT_EQ(bench.take(0), -1);
}

TEST(LocalApic, wires_are_told_only_when_they_change) {
  Bench bench;
  bench.ipi(0, 0x41);
  bench.ipi(0, 0x42);
  EXPECT_EQ(bench.lines.wire_changes, 1u);
  bench.take(0);
  EXPECT_FALSE(bench.lines.irq_wire[0]) << "0x41 is not above 0x42 in service";
  bench.eoi(0);
  EXPECT_TRUE(bench.lines.irq_wire[0]);
  EXPECT_EQ(bench.lines.wire_changes, 3u);
}

TEST(LocalApic, raising_the_task_priority_lowers_the_wire) {
  Bench bench;
  bench.ipi(0, 0x41);
  bench.write(0, LAPIC_TPR, 0x40);
  EXPECT_FALSE(bench.lines.irq_wire[0]);
  EXPECT_EQ(bench.take(0), -1);
  bench.write(0, LAPIC_TPR, 0);
  EXPECT_TRUE(bench.lines.irq_wire[0]);
}

TEST(LocalApic, an_nmi_is_blocked_until_the_return_of_the_one_before) {
  Bench bench;
  bench.ipi(1, LAPIC_ICR_NMI);
  EXPECT_TRUE(bench.lines.nmi_wire[1]);
  EXPECT_EQ(bench.take(1, false), VECTOR_NMI);
  bench.ipi(1, LAPIC_ICR_NMI);
  EXPECT_FALSE(bench.lines.nmi_wire[1]);
  EXPECT_EQ(bench.take(1, false), -1);
  bench.controller.returned(1, VECTOR_NMI);
  EXPECT_TRUE(bench.lines.nmi_wire[1]);
  EXPECT_EQ(bench.take(1, false), VECTOR_NMI);
}

TEST(LocalApic, one_nmi_is_latched_while_blocked_and_further_ones_are_lost) {
  Bench bench;
  bench.ipi(1, LAPIC_ICR_NMI);
  bench.take(1, false);
  for (int i = 0; i < 3; ++i) bench.ipi(1, LAPIC_ICR_NMI);
  bench.controller.returned(1, VECTOR_NMI);
  EXPECT_EQ(bench.take(1, false), VECTOR_NMI);
  bench.controller.returned(1, VECTOR_NMI);
  EXPECT_EQ(bench.take(1, false), -1);
}

TEST(LocalApic, an_nmi_comes_before_a_maskable_interrupt) {
  Bench bench;
  bench.ipi(1, 0xfd);
  bench.ipi(1, LAPIC_ICR_NMI);
  EXPECT_EQ(bench.take(1), VECTOR_NMI);
  EXPECT_EQ(bench.take(1), 0xfd);
}

TEST(LocalApic, the_return_of_an_interrupt_nested_in_an_nmi_unblocks_nmis_early) {
  Bench bench;
  bench.ipi(1, LAPIC_ICR_NMI);
  bench.take(1);
  bench.ipi(1, LAPIC_ICR_NMI);
  bench.ipi(1, 0xfd);
  EXPECT_EQ(bench.take(1, true), 0xfd) << "the handler enabled interrupts";
  bench.eoi(1);
  bench.controller.returned(1, 0xfd);
  EXPECT_EQ(bench.take(1), VECTOR_NMI);
}

TEST(LocalApic, an_ipi_and_its_life_are_recorded) {
  Bench bench;
  bench.ipi(2, 0xfb);
  bench.take(2);
  bench.eoi(2);
  const std::vector<Recorded> expected = {
      {0, EV_IPI_SEND, 2, 0xfb}, {2, EV_IRQ_DELIVER, 0, 0xfb}, {2, EV_IRQ_EOI, 0, 0xfb}};
  EXPECT_EQ(bench.lines.events, expected);
}

TEST(LocalApic, a_lost_interrupt_is_recorded_with_vector_0) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.entry(line, 0x38, 1);
  bench.controller.fire("eth0");
  bench.controller.fire("eth0");
  const std::vector<Recorded> expected = {{1, EV_IRQ_RAISE, line, 0x38},
                                          {1, EV_IRQ_RAISE, line, 0}};
  EXPECT_EQ(bench.lines.events, expected);
}

}  // namespace
}  // namespace irq

// SPDX-License-Identifier: MIT
// Looking at the interrupt controller. Changes nothing.
#include "irq/controller.h"
#include "irq/regs.h"
#include "sim/run/session_impl.h"

namespace run {
namespace {

// Of IRR or ISR, highest first.
std::vector<unsigned> vectors_in(const irq::LocalApic& apic, uint32_t base) {
  std::vector<unsigned> all;
  for (unsigned word = 8; word-- > 0;) {
    const uint32_t bits = apic.read(base + word * 0x10);
    for (unsigned bit = 32; bits != 0 && bit-- > 0;)
      if (bits >> bit & 1) all.push_back(word * 32 + bit);
  }
  return all;
}

// As long as a list of tasklets can sensibly be.
constexpr unsigned kTaskletsMax = 999;

// The list's head and each tasklet begin with the pointer to the next
// (kernel/core/tasklet.cpp, linux/interrupt.h).
unsigned tasklets_in(const Session& session, const char* list, unsigned cpu) {
  unsigned n = 0;
  const auto head = session.symbols().percpu_address(list, cpu);
  for (uint64_t at = head.value_or(0); n < kTaskletsMax; ++n) {
    uint64_t next = 0;
    if (at == 0 || !session.read_memory(static_cast<uint32_t>(at), &next, sizeof next)) break;
    if (next == 0) break;
    at = next;
  }
  return n;
}

}  // namespace

ApicView Session::apic(unsigned n) const {
  const irq::LocalApic& apic = impl_->machine.interrupts().apic(n);
  ApicView view;
  view.requested = vectors_in(apic, LAPIC_IRR);
  view.serving = vectors_in(apic, LAPIC_ISR);
  view.task_priority = apic.read(LAPIC_TPR);
  view.priority = apic.priority();
  view.nmi_pending = apic.nmi_pending();
  if (const auto at = symbols().percpu_address("softirq_pending", n))
    read_memory(*at, &view.softirqs_pending, sizeof view.softirqs_pending);
  view.tasklets = tasklets_in(*this, "tasklet_vec", n);
  view.hi_tasklets = tasklets_in(*this, "tasklet_hi_vec", n);
  return view;
}

std::vector<SourceView> Session::sources() const {
  std::vector<SourceView> all;
  for (const irq::SourceView& s : impl_->machine.interrupts().list())
    all.push_back({s.name, s.rate_hz, irq::pattern_name(s.pattern), s.line, s.enabled, s.asserted,
                   s.cpus, s.raised, s.delivered, s.lost});
  return all;
}

}  // namespace run

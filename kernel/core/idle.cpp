// SPDX-License-Identifier: MIT
/* What a CPU does when there is nothing to do; and how the others begin. */
#include <linux/kernel.h>
#include <linux/sched.h>
#include "irq/regs.h"
#include "kernel/core/boot.h"
#include "kernel/core/sched.h"
#include "kernel/core/tick.h"
#include "kernel/core/upcalls.h"

namespace {

/*
 * The flag is looked at with interrupts off, and hw_halt() lets them in and waits
 * in one instruction: a wake-up cannot slip in between.
 */
void wait_for_work(void)
{
	while (!need_resched()) {
		local_irq_disable();
		if (need_resched()) {
			local_irq_enable();
			return;
		}
		tick_idle_enter();
		rcu_idle_enter();
		hw_halt();
		local_irq_disable();
		rcu_idle_exit();
		local_irq_enable();
	}
}

void secondary_start(void *)
{
	hw_irq_disable();
	current->context = hw_context_self();
	local_apic_init();
	rcu_cpu_starting(hw_cpu_id());
	cpumask_set_cpu(hw_cpu_id(), &idle_cpus);
	cpumask_set_cpu(hw_cpu_id(), &__cpu_online_mask);
	tick_init_cpu();
	hw_irq_enable();
	cpu_startup_idle();
}

} /* namespace */

void cpu_startup_idle(void)
{
	for (;;) {
		wait_for_work();
		tick_idle_exit();
		schedule_idle();
	}
}

void local_apic_init(void)
{
	BUG_ON(hw_lapic_read(LAPIC_ID) >> 24 != hw_cpu_id());
	hw_lapic_write(LAPIC_TPR, 0x10); /* exceptions' classes stay out */
	hw_lapic_write(LAPIC_SVR, 0x100 | VECTOR_SPURIOUS);
}

/* One after the other: each is up before the next is started. */
void smp_init(void)
{
	for (unsigned int cpu = 1; cpu < nr_cpu_ids; cpu++) {
		hw_cpu_start(cpu, secondary_start, nullptr, &idle_tasks[cpu]);
		while (!cpu_online(cpu))
			cpu_relax();
	}
}

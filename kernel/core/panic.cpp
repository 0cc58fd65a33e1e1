// SPDX-License-Identifier: MIT
/* BUG, WARN, panic, and what code says about the context that it needs. */
#include <linux/kernel.h>
#include <linux/sched.h>

namespace {

constexpr int kTextMax = 512;

} /* namespace */

extern "C" {

void __bug(const char *file, unsigned int line)
{
	hw_irq_disable();
	hw_report(HW_REPORT_BUG, "", file, line);
	hw_power_off(1);
}

void __warn_at(const char *file, unsigned int line, const char *fmt, ...)
{
	char text[kTextMax];
	va_list args;

	va_start(args, fmt);
	int n = vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == ' '))
		text[--n] = '\0';
	hw_report(HW_REPORT_WARN, text, file, line);
}

void panic(const char *fmt, ...)
{
	char text[kTextMax];
	va_list args;

	hw_irq_disable();
	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	hw_report(HW_REPORT_PANIC, text, __FILE__, __LINE__);
	hw_power_off(1);
}

void dump_stack(void)
{
	pr_warn("CPU: %u PID: %d Comm: %s\n", hw_cpu_id(), current->pid, current->comm);
}

void __cant_sleep_at(const void *ip)
{
	hw_announce(EV_CONTEXT_ASSERT, nullptr, 2, ip);
}

void __might_sleep_at(const char *file, unsigned int line, unsigned int offset, const void *ip)
{
	hw_announce(EV_MIGHT_SLEEP, file, line | (u64)offset << 32, ip);
	if (preempt_model_voluntary())
		__cond_resched();
}

unsigned int __debug_smp_processor_id(const void *ip)
{
	/* A thread that can only be here may ask at any time. */
	if (preemptible() && current->nr_cpus_allowed != 1 && !current->migration_disabled &&
	    system_state >= SYSTEM_SCHEDULING)
		hw_announce(EV_CONTEXT_ASSERT, nullptr, 1, ip);
	return hw_cpu_id();
}

} /* extern "C" */

// SPDX-License-Identifier: MIT
// The smallest guest: no kernel, only CPUs, a ticket lock and a few crimes.
// The engine's tests choose what it does through `what` and read its results.
#include "cpu/events.h"
#include "cpu/hw.h"
#include "irq/regs.h"

struct task_struct {
	uint32_t preempt_count, flags;
	long pad[6];
};
struct task_struct init_task, idle_task[HW_CPUS_MAX];

uint32_t what, rounds = 100;
uint32_t next_ticket, owner;
long counter, per_cpu_sum[HW_CPUS_MAX];
uint32_t done, interrupts, ready;
static uint32_t cpus;
volatile int *wild = (int *)8;
volatile int zero;

static void ticket_lock(void)
{
	uint32_t mine = (uint32_t)hw_rmw(HW_ADD, &next_ticket, 4, 1, HW_ACQUIRE);

	while (hw_load(&owner, 4, HW_ACQUIRE) != mine)
		hw_cpu_relax();
}

static void ticket_unlock(void)
{
	hw_store(&owner, 4, owner + 1, HW_RELEASE);
}

static void count_under_lock(unsigned cpu)
{
	for (uint32_t i = 0; i < rounds; i++) {
		ticket_lock();
		counter++;
		per_cpu_sum[cpu] += counter;
		ticket_unlock();
	}
}

static void count_bare(void)
{
	for (uint32_t i = 0; i < rounds; i++)
		(*(volatile long *)&counter)++;
}

static int recurse(volatile char *above)
{
	volatile char mine[512];

	mine[0] = above[0];
	return recurse(mine) + mine[0];
}

static void interrupt(unsigned vector)
{
	if (vector == VECTOR_LOCAL_TIMER)
		interrupts++;
	hw_lapic_write(LAPIC_EOI, 0);
}

static void wait_for_interrupts(void)
{
	hw_set_vector_entry(interrupt);
	hw_lapic_write(LAPIC_SVR, 0x1ff);
	hw_lapic_write(LAPIC_LVTT, LAPIC_TIMER_PERIODIC | VECTOR_LOCAL_TIMER);
	hw_lapic_write(LAPIC_TMICT, 10000);
	hw_irq_enable();
	while (*(volatile uint32_t *)&interrupts < 5)
		hw_halt();
	hw_irq_disable();
}

static void wait_for_ready(unsigned cpu)
{
	if (cpu == 0) {
		for (int i = 0; i < 1000; i++)
			(*(volatile long *)&counter)++;
		hw_store(&ready, 4, 1, HW_RELEASE);
	} else {
		while (!hw_load(&ready, 4, HW_ACQUIRE))
			hw_cpu_relax();
	}
}

/* A bounded spin: its counter changes, so it must never be parked. */
static void bounded_spin(void)
{
	for (volatile int i = 0; i < 50 && !hw_load(&ready, 4, HW_ACQUIRE); i++)
		hw_cpu_relax();
}

static void work(unsigned cpu)
{
	switch (what) {
	case 0: count_under_lock(cpu); break;
	case 1: count_bare(); break;
	case 2: *wild = 1; break;
	case 3: zero = 100 / zero; break;
	case 4: counter = recurse((volatile char *)&zero); break;
	case 5: __asm__ volatile("1: jmp 1b"); break;
	case 6: wait_for_interrupts(); break;
	case 7: wait_for_ready(cpu); break;
	case 8: bounded_spin(); break;
	}
}

static void cpu_main(void *arg)
{
	work((unsigned)(uintptr_t)arg);
	hw_rmw(HW_ADD, &done, 4, 1, HW_FULL);
	hw_irq_disable();
	for (;;)
		hw_halt();
}

void start_kernel(void *arg)
{
	const struct hw_boot_info *boot = arg;

	cpus = boot->cpus;
	for (unsigned cpu = 1; cpu < cpus; cpu++)
		hw_cpu_start(cpu, cpu_main, (void *)(uintptr_t)cpu, &idle_task[cpu]);
	work(0);
	hw_rmw(HW_ADD, &done, 4, 1, HW_FULL);
	while (hw_load(&done, 4, HW_ACQUIRE) != cpus)
		hw_cpu_relax();
	hw_power_off(0);
}

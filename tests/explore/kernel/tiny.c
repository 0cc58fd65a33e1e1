// SPDX-License-Identifier: MIT
#include "tests/explore/kernel/tiny.h"

#define LINES 24
#define MAP_ARG LOCK_ARG(0, 0, 0, 1)

struct task_struct {
	uint32_t preempt_count, flags;
	long pad[6];
};

struct task_struct init_task, idle_task[HW_CPUS_MAX];
long program;

static void (*function[HW_CPUS_MAX])(void);
static void (*handler[LINES])(void);
static int line_of_nmi;
static uint32_t shutdown, handling;
static void (*const *conclude)(void);

static struct task_struct *me(void)
{
	return hw_cpu_id() ? &idle_task[hw_cpu_id()] : &init_task;
}

void run_on(unsigned cpu, void (*f)(void))
{
	function[cpu] = f;
}

int handle(const char *source, unsigned cpu, void (*h)(void), enum trigger trigger)
{
	int line = hw_source_line(source);
	uint32_t mode = trigger == NMI ? IOAPIC_NMI : trigger == LEVEL ? IOAPIC_LEVEL : 0;

	if (line < 0)
		return line;
	handler[line] = h;
	if (trigger == NMI)
		line_of_nmi = line;
	/* 16 vectors apart: each line is a priority class of its own. */
	hw_ioapic_write(IOAPIC_ENTRY(line) + 1, cpu << 24);
	hw_ioapic_write(IOAPIC_ENTRY(line), (0x30 + 16u * (unsigned)(line - 8)) | mode);
	return line;
}

static void interrupt(unsigned vector)
{
	const bool nmi = vector == VECTOR_NMI;
	const unsigned line = nmi ? (unsigned)line_of_nmi : 8 + (vector - 0x30) / 16;
	const uint32_t count = nmi ? 0x110000 : 0x10000;

	if (vector == VECTOR_REBOOT) {
		shutdown = 1;
		hw_lapic_write(LAPIC_EOI, 0);
		return;
	}
	hw_rmw(HW_ADD, &handling, 4, 1, HW_FULL);
	me()->preempt_count += count;
	hw_announce(nmi ? EV_NMI_ENTER : EV_HARDIRQ_ENTER, 0, line, 0);
	handler[line]();
	hw_irq_disable();
	if (!nmi)
		hw_lapic_write(LAPIC_EOI, 0);
	hw_announce(nmi ? EV_NMI_EXIT : EV_HARDIRQ_EXIT, 0, line, 0);
	me()->preempt_count -= count;
	hw_rmw(HW_SUB, &handling, 4, 1, HW_FULL);
}

void lock(struct lock *l)
{
	void *ip = __builtin_return_address(0);

	hw_announce(EV_LOCK_ACQUIRE, &l->map, MAP_ARG, ip);
	if (hw_cmpxchg(&l->word, 4, 0, 1, HW_ACQUIRE)) {
		hw_announce(EV_LOCK_CONTENDED, &l->map, MAP_ARG, ip);
		do {
			while (hw_load(&l->word, 4, HW_ONCE))
				hw_cpu_relax();
		} while (hw_cmpxchg(&l->word, 4, 0, 1, HW_ACQUIRE));
	}
	hw_announce(EV_LOCK_ACQUIRED, &l->map, MAP_ARG, ip);
}

bool trylock(struct lock *l)
{
	if (hw_cmpxchg(&l->word, 4, 0, 1, HW_ACQUIRE))
		return false;
	hw_announce(EV_LOCK_ACQUIRE, &l->map, LOCK_ARG(0, 1, 0, 1), __builtin_return_address(0));
	return true;
}

void unlock(struct lock *l)
{
	hw_announce(EV_LOCK_RELEASE, &l->map, MAP_ARG, __builtin_return_address(0));
	hw_store(&l->word, 4, 0, HW_RELEASE);
}

void say(long a, long b)
{
	char text[8] = { (char)('0' + a / 10 % 10), (char)('0' + a % 10), ' ',
			 (char)('0' + b / 10 % 10), (char)('0' + b % 10) };

	hw_console(6, text, 5);
}

/* As free_irq() does: no more of them, and none still running. */
static void quiesce(void)
{
	for (uint32_t line = 8; line < LINES; line++)
		hw_ioapic_write(IOAPIC_ENTRY(line), IOAPIC_MASKED);
	while (hw_load(&handling, 4, HW_ACQUIRE))
		hw_cpu_relax();
}

static void cpu_main(void *arg)
{
	const unsigned cpu = (unsigned)(uintptr_t)arg;

	hw_lapic_write(LAPIC_SVR, 0x1ff);
	hw_irq_enable();
	hw_announce(EV_TASK_START, me(), 0, (void *)function[cpu]);
	if (function[cpu])
		function[cpu]();
	while (!shutdown)
		hw_halt();
	quiesce();
	hw_irq_disable();
	(*conclude)();
	hw_power_off(0);
}

static long number_at_the_end(const char *text)
{
	long n = 0;

	for (; *text; text++)
		n = *text >= '0' && *text <= '9' ? n * 10 + (*text - '0') : 0;
	return n;
}

void start_kernel(const struct hw_boot_info *boot)
{
	const unsigned cpus = boot->cpus;
	int (*const *init)(void) = boot->image[1]->init_begin;

	conclude = boot->image[1]->exit_begin;
	program = number_at_the_end(boot->cmdline);
	hw_set_vector_entry(interrupt);
	(*init)();
	for (unsigned cpu = 1; cpu < cpus; cpu++)
		hw_cpu_start(cpu, cpu_main, (void *)(uintptr_t)cpu, &idle_task[cpu]);
	hw_announce(EV_INIT_DONE, 0, 0, 0);
	cpu_main(0);
}

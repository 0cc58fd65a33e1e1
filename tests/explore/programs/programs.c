// SPDX-License-Identifier: MIT
// Small programs whose sets of outcomes can be derived by hand; which one runs
// is a parameter. explore_test.cpp says what must come out of each, and why.
#include "tests/explore/kernel/tiny.h"

static volatile long counter, raised, x, y, data, flag, seen[2];
static struct lock a, b;
static int device_line;

static void increment(void)
{
	counter++;
}

static void increment_twice(void)
{
	counter++;
	counter++;
}

static void handler_increments(void)
{
	counter++;
	raised++;
}

static void increment_irqs_off(void)
{
	hw_irq_disable();
	counter++;
	hw_irq_enable();
}

/* Store buffering: each writes its own and reads the other's. */
static void write_x_read_y(void)
{
	x = 1;
	seen[0] = y;
}

static void write_y_read_x(void)
{
	y = 1;
	seen[1] = x;
}

/* Message passing. */
static void send(void)
{
	data = 1;
	flag = 1;
}

static void receive(void)
{
	seen[0] = flag;
	seen[1] = data;
}

static void wait_and_receive(void)
{
	while (!hw_load(&flag, 8, HW_ACQUIRE))
		hw_cpu_relax();
	seen[0] = 1;
	seen[1] = data;
}

static void a_then_b(void)
{
	lock(&a);
	lock(&b);
	counter++;
	unlock(&b);
	unlock(&a);
}

static void b_then_a(void)
{
	lock(&b);
	lock(&a);
	counter++;
	unlock(&a);
	unlock(&b);
}

static void locked_increment(void)
{
	lock(&a);
	counter++;
	unlock(&a);
}

static void handler_locks(void)
{
	raised++;
	locked_increment();
}

static void locked_increment_irqs_off(void)
{
	hw_irq_disable();
	locked_increment();
	hw_irq_enable();
}

static void handler_tries(void)
{
	raised++;
	if (trylock(&a)) {
		counter++;
		unlock(&a);
	}
}

/* The order in which handlers begin and end, a digit each. */
static void mark(long digit)
{
	unsigned long flags = hw_irq_save();

	counter = counter * 10 + digit;
	hw_irq_restore(flags);
}

static void low_handler(void)
{
	hw_irq_enable();
	mark(1);
	mark(2);
}

static void high_handler(void)
{
	mark(3);
	mark(4);
}

static void nothing(void)
{
	x = 1;
}

/* A device that is served only at its second interrupt. */
static void served_late(void)
{
	if (++raised == 2)
		hw_source_ack((uint32_t)device_line);
}

static void wait_for_handler(void)
{
	while (!hw_load(&raised, 8, HW_ACQUIRE))
		hw_halt();
	seen[0] = counter;
}

static void two_increments(void)
{
	run_on(0, increment_twice);
	run_on(1, increment_twice);
}

static void two_handlers(void)
{
	run_on(0, nothing);
	handle("low", 0, low_handler, EDGE);
	handle("high", 0, high_handler, EDGE);
}

static void device(unsigned cpu, void (*task)(void), void (*handler)(void), enum trigger trigger)
{
	run_on(0, task);
	device_line = handle("dev", cpu, handler, trigger);
}

static int setup(void)
{
	switch (program) {
	case 1: run_on(0, increment); run_on(1, increment); break;
	case 2: two_increments(); break;
	case 3: run_on(0, write_x_read_y); run_on(1, write_y_read_x); break;
	case 4: run_on(0, send); run_on(1, receive); break;
	case 5: run_on(0, send); run_on(1, wait_and_receive); break;
	case 6: run_on(0, a_then_b); run_on(1, b_then_a); break;
	case 7: device(0, increment, handler_increments, EDGE); break;
	case 8: device(0, increment_irqs_off, handler_increments, EDGE); break;
	case 9: device(1, increment, handler_increments, EDGE); break;
	case 10: device(0, locked_increment, handler_locks, EDGE); break;
	case 11: device(0, locked_increment_irqs_off, handler_locks, EDGE); break;
	case 12: device(0, locked_increment_irqs_off, handler_locks, NMI); break;
	case 13: device(0, locked_increment, handler_tries, NMI); break;
	case 14: two_handlers(); break;
	case 15: device(0, nothing, served_late, LEVEL); break;
	case 16: device(0, wait_for_handler, handler_increments, EDGE); break;
	case 17: run_on(0, increment); run_on(1, increment); run_on(2, increment); break;
	}
	return 0;
}

static void conclude(void)
{
	switch (program) {
	case 3: case 4: case 5: case 16: say(seen[0], seen[1]); break;
	case 14: say(counter / 100, counter % 100); break;
	default: say(counter, raised); break;
	}
}

static int (*const init)(void) __attribute__((section("lockstep_init"), used)) = setup;
static void (*const end)(void) __attribute__((section("lockstep_exit"), used)) = conclude;

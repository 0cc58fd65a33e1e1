/* SPDX-License-Identifier: MIT */
#ifndef TESTS_EXPLORE_TINY_H
#define TESTS_EXPLORE_TINY_H
/*
 * The kernel of the search's own tests: no tasks, no scheduler. Each CPU runs
 * one function of the program and then waits for interrupts for ever. When
 * nothing moves any more the host asks for the shutdown: the program says what
 * came out, and the machine is powered off.
 */
#include "cpu/events.h"
#include "cpu/hw.h"
#include "irq/regs.h"

extern long program; /* which one, from the command line: mod.program=N */

void run_on(unsigned cpu, void (*function)(void));

/* A source by name interrupts `cpu`. level: until hw_source_ack(). */
enum trigger { EDGE, LEVEL, NMI };
int handle(const char* source, unsigned cpu, void (*handler)(void), enum trigger trigger);

struct lock {
  uint32_t word;
  uint32_t map; /* what the announcements name */
};
void lock(struct lock* lock);
bool trylock(struct lock* lock);
void unlock(struct lock* lock);

/* One line of the log with two numbers, the outcome. */
void say(long a, long b);

/* The program has one initcall, before the other CPUs start, and one exitcall,
 * at the end. */

#endif /* TESTS_EXPLORE_TINY_H */

/* SPDX-License-Identifier: MIT */
/* "Per-CPU Variables". */
#include "given.h"

#include <linux/percpu.h>

// Static per-CPU variable
static DEFINE_PER_CPU(int, my_counter);

static void dynamic(void)
{
// Dynamic allocation
int __percpu *my_ptr;
my_ptr = alloc_percpu(int);
	CHECK_EQ(*per_cpu_ptr(my_ptr, 0), 0);
	free_percpu(my_ptr);
}

// Access (must disable preemption!)
void increment_counter(void)
{
    preempt_disable();           // Or get_cpu()
    this_cpu_inc(my_counter);    // Increment this CPU's copy
    preempt_enable();            // Or put_cpu()
}

// Alternative: get_cpu() returns CPU number and disables preemption
void access_percpu(void)
{
    int cpu = get_cpu();
    int *ptr = per_cpu_ptr(&my_counter, cpu);
    (*ptr)++;
    put_cpu();
}

static int sum(void)
{
// Read all CPUs (for statistics)
int total = 0;
int cpu;
for_each_possible_cpu(cpu) {
    total += per_cpu(my_counter, cpu);
}
	return total;
}

static void count(void)
{
	int i;

	for (i = 0; i < 10; i++) {
		increment_counter();
		access_percpu();
	}
}

static void alone(void)
{
// Atomic per-CPU operations (no preemption disable needed)
this_cpu_add(my_counter, 5);
this_cpu_read(my_counter);
this_cpu_write(my_counter, 0);
}

static int __init seed_init(void)
{
	dynamic();
	on_each_of_3_cpus(count);
	CHECK_EQ(sum(), 60);
	side_by_side(alone, NULL, NULL);
	CHECK(sum() < 60);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* Kernel Synchronization: "Atomic Types", "When to Use Atomic Operations". */
#include "given.h"

#include <linux/atomic.h>

// Basic atomic integer
atomic_t counter = ATOMIC_INIT(0);

// 64-bit atomic
atomic64_t big_counter = ATOMIC64_INIT(0);

static void operations(void)
{
// Atomic operations
atomic_read(&counter);           // Read value
atomic_set(&counter, 5);         // Set value
atomic_add(10, &counter);        // Add
atomic_sub(3, &counter);         // Subtract
atomic_inc(&counter);            // Increment
atomic_dec(&counter);            // Decrement
	CHECK_EQ(atomic_read(&counter), 12);
}

/* The text declares old twice: each line is a scope of its own. */
static void read_modify_write(void)
{
{
int old = atomic_fetch_add(5, &counter);  // Returns old value
	CHECK_EQ(old, 12);
}
{
int old = atomic_xchg(&counter, 10);       // Exchange
	CHECK_EQ(old, 17);
}
}

static void tests(int n, int old, int new)
{
// Atomic test operations
atomic_dec_and_test(&counter);   // Returns true if result is 0
atomic_add_negative(n, &counter); // Returns true if result is negative

// Compare and swap
atomic_cmpxchg(&counter, old, new);  // If counter==old, set to new
atomic_try_cmpxchg(&counter, &old, new);  // Returns bool
	CHECK_EQ(atomic_read(&counter), 100);
	CHECK_EQ(old, 100);
}

static void sixty_four_bits(void)
{
	atomic64_add(1ll << 40, &big_counter);
	CHECK_EQ(atomic64_read(&big_counter), 1ll << 40);
}

// Good: Simple counter
static atomic_t connection_count = ATOMIC_INIT(0);

void on_connect(void) {
    atomic_inc(&connection_count);
}

void on_disconnect(void) {
    atomic_dec(&connection_count);
}

static void good(void)
{
// Good: Use atomic primitive
atomic_cmpxchg(&counter, 0, 1);  // Atomic "compare and set if zero"
}

static void connect_often(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		on_connect();
		on_disconnect();
	}
	on_connect();
}

static int __init seed_init(void)
{
	operations();
	read_modify_write();
	tests(-3, 6, 100);
	sixty_four_bits();
	atomic_set(&counter, 0);
	on_each_of_3_cpus(good);
	CHECK_EQ(atomic_read(&counter), 1);
	on_each_of_3_cpus(connect_often);
	CHECK_EQ(atomic_read(&connection_count), 3);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

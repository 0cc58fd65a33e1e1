/* SPDX-License-Identifier: MIT */
/* "Barrier Types", "Common Barrier Patterns". */
#include "given.h"

#include <linux/barrier.h>

static int variable, value = 7, x, val = 3;

static void types(void)
{
// Full memory barrier (both reads and writes)
mb();           // Barrier for all memory types
smp_mb();       // Only needed on SMP systems

// Write barrier (writes before cannot pass writes after)
wmb();
smp_wmb();

// Read barrier (reads before cannot pass reads after)
rmb();
smp_rmb();

// Acquire/Release semantics (lighter than full barriers)
smp_load_acquire(&variable);   // All reads after this see writes before corresponding release
smp_store_release(&variable, value);  // All writes before this visible to loads after acquire

// Compiler-only barrier (doesn't affect CPU)
barrier();      // Prevents compiler reordering
READ_ONCE(x);   // Prevent compiler from caching/reordering read
WRITE_ONCE(x, val);  // Prevent compiler from tearing/reordering write
	CHECK_EQ(READ_ONCE(x), 3);
	CHECK_EQ(smp_load_acquire(&variable), 7);
}

// Pattern 1: Flag-guarded data
struct {
    int data;
    int ready;  // Flag
} shared;

static void flag_writer(void)
{
// Writer
WRITE_ONCE(shared.data, 42);
smp_wmb();                      // Ensure data written before ready
WRITE_ONCE(shared.ready, 1);
}

static void flag_reader(void)
{
// Reader
while (!READ_ONCE(shared.ready))
    cpu_relax();
smp_rmb();                      // Ensure ready read before data
int value = READ_ONCE(shared.data);
	CHECK_EQ(value, 42);
}

#define ITEMS 10
static int buffer[ITEMS + 1], head, received;

static void producer(void)
{
	int item, next_head;

	for (item = 1; item <= ITEMS; item++) {
		next_head = item;
// Pattern 2: Ring buffer
// Producer
buffer[head] = item;
smp_wmb();                      // Item visible before head update
WRITE_ONCE(head, next_head);
	}
}

static void consumer(void)
{
	int tail, item;

	for (tail = 0; tail < ITEMS; tail++) {
// Consumer
while (READ_ONCE(head) == tail)
    cpu_relax();
smp_rmb();                      // Head visible before reading item
item = buffer[tail];
		CHECK_EQ(item, tail + 1);
		received++;
	}
}

static int __init seed_init(void)
{
	types();
	side_by_side(flag_writer, flag_reader, flag_reader);
	side_by_side(producer, consumer, NULL);
	CHECK_EQ(received, ITEMS);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* "Why Memory Barriers?": plain accesses to a flag, with and without barriers,
 * and the same with the flag marked, as in the interview answer. */
#include "given.h"

#include <asm/barrier.h>
#include <linux/moduleparam.h>

static int how;
module_param(how, int, 0);

static int printed;

static void print(int data)
{
	printed = data;
}

// Without barriers, this might be reordered!
int ready = 0;
int data = 0;

static int flag;

static void writer_without(void)
{
// CPU 1 (writer)
data = 42;          // Might execute after ready=1!
ready = 1;
}

static void reader_without(void)
{
// CPU 2 (reader)
while (!ready);     // Might read ready=1 but...
print(data);        // ...data still shows 0!
}

static void writer_with(void)
{
// With barriers
// CPU 1 (writer)
data = 42;
smp_wmb();          // Write barrier: data visible before ready
ready = 1;
}

static void reader_with(void)
{
// CPU 2 (reader)
while (!ready);
smp_rmb();          // Read barrier: read data after ready
print(data);        // Now guaranteed to see 42
}

/* The interview answers print the two CPUs side by side. */
static void answer_without_1(void)
{
data = 42;
flag = 1;
}

static void answer_without_2(void)
{
while (!flag);
print(data);  // Might print 0!
}

static void answer_with_1(void)
{
data = 42;
smp_wmb();
WRITE_ONCE(flag, 1);
}

static void answer_with_2(void)
{
while (!READ_ONCE(flag));
smp_rmb();
print(data);  // Now guaranteed 42
}

static int __init seed_init(void)
{
	switch (how) {
	case 0: side_by_side(writer_without, reader_without, NULL); break;
	case 1: side_by_side(writer_with, reader_with, NULL); break;
	case 2: side_by_side(answer_without_1, answer_without_2, NULL); break;
	case 3: side_by_side(answer_with_1, answer_with_2, NULL); break;
	}
	CHECK_EQ(printed, 42);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

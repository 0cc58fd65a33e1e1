/* SPDX-License-Identifier: MIT */
/* "Read-Write Spinlocks", "Seqlock (Sequence Lock)". */
#include "given.h"

#include <linux/rwlock.h>
#include <linux/seqlock.h>

static DEFINE_RWLOCK(my_rwlock);
static int a, b;

static void reader(void)
{
// Reader (shared access)
read_lock(&my_rwlock);
// ... read data ...
	CHECK_EQ(a, b);
read_unlock(&my_rwlock);
}

static void writer(void)
{
// Writer (exclusive access)
write_lock(&my_rwlock);
// ... modify data ...
a++;
b++;
write_unlock(&my_rwlock);
}

static void irq_safe(void)
{
	unsigned long flags;

// IRQ-safe variants
read_lock_irqsave(&my_rwlock, flags);
	CHECK_EQ(a, b);
	read_unlock_irqrestore(&my_rwlock, flags);
write_lock_irqsave(&my_rwlock, flags);
	a++;
	b++;
	write_unlock_irqrestore(&my_rwlock, flags);
}

static DEFINE_SEQLOCK(my_seqlock);
static int c, d;

static void seq_writer(void)
{
// Writer (takes exclusive lock)
write_seqlock(&my_seqlock);
// ... modify data ...
WRITE_ONCE(c, c + 1);
WRITE_ONCE(d, d + 1);
write_sequnlock(&my_seqlock);
}

static void seq_reader(void)
{
	int my_c, my_d;

// Reader (lockless, may need to retry)
unsigned int seq;
do {
    seq = read_seqbegin(&my_seqlock);
    // ... read data into local variables ...
    my_c = READ_ONCE(c);
    my_d = READ_ONCE(d);
} while (read_seqretry(&my_seqlock, seq));

// If read_seqretry returns true, a write occurred during read
// and we must retry
	CHECK_EQ(my_c, my_d);
}

static int __init seed_init(void)
{
	int round;

	for (round = 0; round < 10; round++) {
		side_by_side(reader, writer, irq_safe);
		side_by_side(seq_reader, seq_writer, seq_reader);
	}
	CHECK_EQ(a, 20);
	CHECK_EQ(d, 10);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

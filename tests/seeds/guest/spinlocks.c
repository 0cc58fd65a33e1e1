/* SPDX-License-Identifier: MIT */
/* "Basic Spinlock", "Spinlock Variants". */
#include "given.h"

#include <linux/spinlock.h>

// Static initialization
static DEFINE_SPINLOCK(my_lock);

static int inside, times;

static void critical_section(void)
{
	CHECK_EQ(inside++, 0);
	times++;
	CHECK_EQ(--inside, 0);
}

static void basic_usage(void)
{
// Basic usage
spin_lock(&my_lock);
// ... critical section ...
	critical_section();
spin_unlock(&my_lock);

// With trylock (non-blocking)
if (spin_trylock(&my_lock)) {
    // ... critical section ...
    critical_section();
    spin_unlock(&my_lock);
} else {
    // Lock not available, handle gracefully
}
}

static void dynamic(void)
{
// Dynamic initialization
spinlock_t my_lock;
spin_lock_init(&my_lock);
	spin_lock(&my_lock);
	CHECK(spin_is_locked(&my_lock));
	spin_unlock(&my_lock);
}

static DEFINE_SPINLOCK(lock);
static DEFINE_SPINLOCK(lock1);
static DEFINE_SPINLOCK(lock2);

static void variants(void)
{
// Basic (use in process context when not sharing with interrupts)
spin_lock(&lock);
spin_unlock(&lock);

// Disable softirqs (use when sharing with softirq context)
spin_lock_bh(&lock);      // Disable bottom halves
	CHECK(in_softirq());
spin_unlock_bh(&lock);    // Re-enable bottom halves

// Disable all interrupts (use when sharing with hardirq context)
unsigned long flags;
spin_lock_irqsave(&lock, flags);     // Save IRQ state, disable IRQs
// ... critical section ...
	CHECK(irqs_disabled());
spin_unlock_irqrestore(&lock, flags); // Restore IRQ state

// Disable interrupts (unconditionally)
spin_lock_irq(&lock);     // Assumes IRQs were enabled
	CHECK(irqs_disabled());
spin_unlock_irq(&lock);   // Re-enables IRQs
	CHECK(!irqs_disabled());
}

static void correct(void)
{
// Correct: Use irqsave for inner locks
spin_lock_irq(&lock1);
spin_lock(&lock2);        // IRQs already disabled
spin_unlock(&lock2);
	CHECK(irqs_disabled());
spin_unlock_irq(&lock1);
}

static int __init seed_init(void)
{
	int round;

	for (round = 0; round < 5; round++)
		on_each_of_3_cpus(basic_usage);
	CHECK(times >= 15 && times <= 30);
	dynamic();
	on_each_of_3_cpus(variants);
	on_each_of_3_cpus(correct);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

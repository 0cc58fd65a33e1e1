/* SPDX-License-Identifier: MIT */
/* "Semaphores": at most three inside. */
#include "given.h"

#include <linux/delay.h>
#include <linux/semaphore.h>

// Initialize with count
static DEFINE_SEMAPHORE(my_sem, 3);  // Allow 3 concurrent accessors

static atomic_t inside, most;

static void dynamic(void)
{
struct semaphore my_sem;
sema_init(&my_sem, 3);
	CHECK_EQ(down_trylock(&my_sem), 0);
	CHECK_EQ(down_interruptible(&my_sem), 0);
	down(&my_sem);
	CHECK_EQ(down_trylock(&my_sem), 1);
	up(&my_sem);
	CHECK_EQ(down_trylock(&my_sem), 0);
}

static void visit(void)
{
	int n, seen;

// Acquire (decrement)
down(&my_sem);              // Sleep if count is 0
	n = atomic_inc_return(&inside);
	CHECK(n <= 3);
	seen = atomic_read(&most);
	while (n > seen && !atomic_try_cmpxchg(&most, &seen, n))
		;
	usleep_range(5, 10);
	atomic_dec(&inside);
// Release (increment)
up(&my_sem);
}

static void visit_often(void)
{
	int i;

	for (i = 0; i < 5; i++)
		visit();
}

static int one_more(void *unused)
{
	visit_often();
	complete((struct completion *)unused);
	return 0;
}

static int __init seed_init(void)
{
	static DECLARE_COMPLETION(fourth);

	dynamic();
	kthread_run(one_more, &fourth, "fourth");
	on_each_of_3_cpus(visit_often);
	wait_for_completion(&fourth);
	CHECK(atomic_read(&most) >= 2);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* "Bad: Compound operation (not atomic!)": two CPUs both see zero. */
#include "given.h"

#include <linux/atomic.h>

static atomic_t counter;

static void bad(void)
{
// Bad: Compound operation (not atomic!)
if (atomic_read(&counter) == 0) {  // RACE!
    atomic_inc(&counter);          // Another CPU could change it
}
}

static int __init seed_init(void)
{
	int round;

	for (round = 0; round < 40; round++) {
		atomic_set(&counter, 0);
		on_each_of_3_cpus(bad);
		WARN(atomic_read(&counter) != 1, "counted %d times", atomic_read(&counter));
	}
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* "WRONG: Recursive locking". */
#include "given.h"

#include <linux/mutex.h>

static DEFINE_MUTEX(my_mutex);

static void foo(void)
{
	mutex_lock(&my_mutex);
	mutex_unlock(&my_mutex);
}

static int __init seed_init(void)
{
// WRONG: Recursive locking
mutex_lock(&my_mutex);
foo();  // foo() also calls mutex_lock(&my_mutex) → DEADLOCK!
mutex_unlock(&my_mutex);
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* "Lock Ordering Rules", "Lock Annotations", "Lockdep Output Example". */
#include "given.h"

#include <linux/mutex.h>
#include <linux/spinlock.h>

static int how;
module_param(how, int, 0);

// Annotate lock ordering for lockdep
static DEFINE_MUTEX(outer_lock);
static DEFINE_MUTEX(inner_lock);

void my_function(void)
{
    mutex_lock(&outer_lock);
    mutex_lock_nested(&inner_lock, SINGLE_DEPTH_NESTING);  // Tell lockdep this is intentional
    // ...
    mutex_unlock(&inner_lock);
    mutex_unlock(&outer_lock);
}

static struct mutex my_lock;

static void annotate(void)
{
// Lock class annotation (for locks that seem same but aren't)
static struct lock_class_key my_lock_key;
__mutex_init(&my_lock, "my_lock", &my_lock_key);
	mutex_lock(&my_lock);
	CHECK(lockdep_is_held(&my_lock));
	mutex_unlock(&my_lock);
}

/* "Classic Deadlock", and the same order everywhere. */
static spinlock_t A, B;
#define lock(l)	  spin_lock(&l)
#define unlock(l) spin_unlock(&l)

static void in_order(void)
{
lock(A)                     ;
lock(B)                                        ;
unlock(B)                   ;
unlock(A)                                       ;
}

static void out_of_order(void)
{
lock(B)                     ;
lock(A)                                        ;
unlock(A)                   ;
unlock(B)                                       ;
}

/* What the example output reports. */
static void recursive(void)
{
	mutex_lock(&my_lock);
	mutex_lock(&my_lock);
}

static int __init seed_init(void)
{
	spin_lock_init(&A);
	spin_lock_init(&B);
	on_each_of_3_cpus(my_function);
	annotate();
	side_by_side(in_order, in_order, NULL);
	if (how == 1)
		side_by_side(in_order, out_of_order, NULL);
	if (how == 2)
		recursive();
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* "RCU API": one pointer, its readers, and both ways to free. */
#include "given.h"

#include <linux/rcupdate.h>
#include <linux/slab.h>

struct my_data {
	int field, copy;
	struct rcu_head rcu_head;
};

static struct my_data __rcu *global_ptr;
static int new_value = 1;
static atomic_t freed;

static void my_free_callback(struct rcu_head *head)
{
	atomic_inc(&freed);
	kfree(container_of(head, struct my_data, rcu_head));
}

static void read_side(void)
{
// Reader-side
rcu_read_lock();
struct my_data *ptr = rcu_dereference(global_ptr);
// ... use ptr (do not dereference after rcu_read_unlock) ...
	CHECK(ptr->field >= 0 && ptr->field <= 100);
rcu_read_unlock();
}

static void read_often(void)
{
	int i;

	for (i = 0; i < 20; i++)
		read_side();
}

static void write_side(void)
{
	struct my_data *old = rcu_dereference_protected(global_ptr, 1);

// Writer-side (update)
struct my_data *new = kmalloc(sizeof(*new), GFP_KERNEL);
*new = *old;                    // Copy old data
new->field = new_value;         // Modify
rcu_assign_pointer(global_ptr, new);  // Atomic publish
synchronize_rcu();              // Wait for readers
kfree(old);                     // Safe to free now
}

static void write_without_waiting(void)
{
	struct my_data *old = rcu_dereference_protected(global_ptr, 1);
	struct my_data *new = kmalloc(sizeof(*new), GFP_KERNEL);

	*new = *old;
	new->field = new_value + 1;
	rcu_assign_pointer(global_ptr, new);
// Asynchronous free (don't wait)
call_rcu(&old->rcu_head, my_free_callback);
}

static void both_writes(void)
{
	write_side();
	write_without_waiting();
}

static int __init seed_init(void)
{
	struct my_data *first = kzalloc(sizeof(*first), GFP_KERNEL);
	int round;

	RCU_INIT_POINTER(global_ptr, first);
	for (round = 0; round < 3; round++)
		side_by_side(read_often, both_writes, read_often);
	rcu_barrier();
	CHECK_EQ(atomic_read(&freed), 3);
	CHECK_EQ(rcu_access_pointer(global_ptr)->field, 2);
	kfree(rcu_access_pointer(global_ptr));
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

/* SPDX-License-Identifier: MIT */
/* "Complete Example: Thread-Safe Data Structure". */
#include "given.h"

#include <linux/spinlock.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct my_data {
    int value;
    struct rcu_head rcu;
};

struct my_container {
    struct my_data __rcu *current;  // RCU-protected pointer
    spinlock_t update_lock;          // Writer mutual exclusion
};

// Initialize
void my_container_init(struct my_container *c)
{
    struct my_data *data = kzalloc(sizeof(*data), GFP_KERNEL);
    spin_lock_init(&c->update_lock);
    rcu_assign_pointer(c->current, data);
}

// Read (lockless, can be called from any context including IRQ)
int my_container_read(struct my_container *c)
{
    int value;
    
    rcu_read_lock();
    struct my_data *data = rcu_dereference(c->current);
    value = data->value;
    rcu_read_unlock();
    
    return value;
}

// Update (process context only, might sleep)
void my_container_update(struct my_container *c, int new_value)
{
    struct my_data *old, *new;
    
    new = kmalloc(sizeof(*new), GFP_KERNEL);
    if (!new)
        return;
    
    spin_lock(&c->update_lock);
    
    old = rcu_dereference_protected(c->current, 
                                    lockdep_is_held(&c->update_lock));
    new->value = new_value;
    rcu_assign_pointer(c->current, new);
    
    spin_unlock(&c->update_lock);
    
    synchronize_rcu();  // Wait for readers
    kfree(old);
}

static struct my_container container;

static void update(void)
{
	int i;

	for (i = 1; i <= 4; i++)
		my_container_update(&container, i);
}

static void read(void)
{
	int i, value;

	for (i = 0; i < 30; i++) {
		value = my_container_read(&container);
		CHECK(value >= 0 && value <= 4);
	}
}

static int __init seed_init(void)
{
	my_container_init(&container);
	side_by_side(update, read, update);
	CHECK_EQ(my_container_read(&container), 4);
	kfree(rcu_dereference_protected(container.current, 1));
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

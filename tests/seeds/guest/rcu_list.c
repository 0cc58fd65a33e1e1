/* SPDX-License-Identifier: MIT */
/* "RCU-Protected List". */
#include "given.h"

#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static void process(int data)
{
	CHECK(data > 0 && data <= 100);
}

struct my_entry {
    int data;
    struct list_head list;
    struct rcu_head rcu;  // For call_rcu
};

static LIST_HEAD(my_list);
static DEFINE_SPINLOCK(list_lock);  // Protects writers

// Reader (lockless)
void read_list(void)
{
    struct my_entry *entry;
    
    rcu_read_lock();
    list_for_each_entry_rcu(entry, &my_list, list) {
        process(entry->data);
    }
    rcu_read_unlock();
}

// Writer (needs lock for mutual exclusion with other writers)
void add_entry(int data)
{
    struct my_entry *new = kmalloc(sizeof(*new), GFP_KERNEL);
    new->data = data;
    
    spin_lock(&list_lock);
    list_add_rcu(&new->list, &my_list);
    spin_unlock(&list_lock);
}

// Delete with RCU
static void entry_free_rcu(struct rcu_head *head)
{
    struct my_entry *entry = container_of(head, struct my_entry, rcu);
    kfree(entry);
}

void remove_entry(struct my_entry *entry)
{
    spin_lock(&list_lock);
    list_del_rcu(&entry->list);
    spin_unlock(&list_lock);
    
    call_rcu(&entry->rcu, entry_free_rcu);  // Free after grace period
}

static void read_often(void)
{
	int i;

	for (i = 0; i < 15; i++)
		read_list();
}

/* The only one who removes. */
static void add_and_remove(void)
{
	int i;

	for (i = 1; i <= 10; i++) {
		add_entry(i);
		add_entry(10 * i);
		remove_entry(list_first_entry(&my_list, struct my_entry, list));
		remove_entry(list_last_entry(&my_list, struct my_entry, list));
	}
}

static int __init seed_init(void)
{
	side_by_side(read_often, add_and_remove, read_often);
	CHECK(list_empty(&my_list));
	rcu_barrier();
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);

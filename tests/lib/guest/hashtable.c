/* SPDX-License-Identifier: MIT */
/*
 * A hash table as a table would do it, and then with readers under RCU while a
 * writer adds and deletes. An object knows its key: a reader finds that one or none.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hashtable.h>
#include <linux/kthread.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "tests/kernel/guest/check.h"

#define KEYS 24

struct object {
	int key;
	struct hlist_node node;
	struct rcu_head rcu;
};

static DEFINE_HASHTABLE(table, 3);
static DEFINE_SPINLOCK(lock); /* changes of the table */
static DECLARE_COMPLETION(readers_done);
static atomic_t running, met, wrong;
static bool stop;

static struct object *find(int key)
{
	struct object *obj;

	hash_for_each_possible(table, obj, node, key)
		if (obj->key == key)
			return obj;
	return NULL;
}

static int count_all(void)
{
	struct object *obj;
	int bkt, n = 0;

	hash_for_each(table, bkt, obj, node)
		n++;
	return n;
}

static void alone(void)
{
	struct { DECLARE_HASHTABLE(many, 4); } own;
	static struct object objs[KEYS];
	struct hlist_node *tmp;
	struct object *obj;
	int i, bkt;

	hash_init(own.many);
	CHECK(hash_empty(own.many));
	CHECK_EQ(HASH_SIZE(own.many), 16);
	CHECK_EQ(HASH_BITS(own.many), 4);
	for (i = 0; i < KEYS; i++) {
		CHECK(!hash_hashed(&objs[i].node));
		objs[i].key = i;
		hash_add(table, &objs[i].node, objs[i].key);
		CHECK(hash_hashed(&objs[i].node));
	}
	CHECK_EQ(count_all(), KEYS);
	for (i = 0; i < KEYS; i++)
		CHECK(find(i) == &objs[i]);
	CHECK(!find(KEYS));
	hash_for_each_safe(table, bkt, tmp, obj, node)
		if (obj->key % 2)
			hash_del(&obj->node);
	CHECK_EQ(count_all(), KEYS / 2);
	CHECK(!find(1) && find(2));
	hash_for_each_possible_safe(table, obj, tmp, node, 2)
		hash_del(&obj->node);
	CHECK(!find(2));
	hash_for_each_safe(table, bkt, tmp, obj, node)
		hash_del(&obj->node);
	CHECK(hash_empty(table));
	CHECK_EQ(hash_64(1, 64 - 32), GOLDEN_RATIO_64 >> 32);
	CHECK_EQ(hash_32(1, 8), GOLDEN_RATIO_32 >> 24);
}

static int reader(void *unused)
{
	struct object *obj;
	int key, bkt;

	while (!READ_ONCE(stop)) {
		key = get_random_u32() % KEYS;
		rcu_read_lock();
		hash_for_each_possible_rcu(table, obj, node, key) {
			atomic_inc(&met);
			if (obj->key >= KEYS)
				atomic_inc(&wrong);
		}
		hash_for_each_rcu(table, bkt, obj, node)
			if (hash_min(obj->key, HASH_BITS(table)) != (u32)bkt)
				atomic_inc(&wrong);
		rcu_read_unlock();
		usleep_range(1, 3);
	}
	if (atomic_dec_and_test(&running))
		complete(&readers_done);
	return 0;
}

/* Deletes the key's object, or adds one. */
static void change(int key)
{
	struct object *obj, *new = kmalloc(sizeof(*new), GFP_KERNEL);

	INIT_HLIST_NODE(&new->node);
	new->key = key;
	spin_lock(&lock);
	obj = find(key);
	if (obj)
		hash_del_rcu(&obj->node);
	else
		hash_add_rcu(table, &new->node, key);
	spin_unlock(&lock);
	if (!obj)
		return;
	kfree_rcu(obj, rcu);
	kfree(new);
}

static int __init hashtable_init(void)
{
	struct hlist_node *tmp;
	struct object *obj;
	int i, bkt;

	alone();
	atomic_set(&running, 2);
	for (i = 0; i < 2; i++)
		kthread_run(reader, NULL, "reader%d", i);
	for (i = 0; i < 60; i++) {
		change(get_random_u32() % KEYS);
		if (i % 4 == 0)
			usleep_range(1, 2);
	}
	WRITE_ONCE(stop, true);
	wait_for_completion(&readers_done);
	hash_for_each_safe(table, bkt, tmp, obj, node) {
		hash_del_rcu(&obj->node);
		kfree_rcu(obj, rcu);
	}
	rcu_barrier();
	CHECK(hash_empty(table));
	CHECK_EQ(atomic_read(&wrong), 0);
	CHECK(atomic_read(&met) > 0);
	ALL_CHECKED();
	return 0;
}
module_init(hashtable_init);

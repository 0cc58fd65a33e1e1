/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HASHTABLE_H
#define _LINUX_HASHTABLE_H
/*
 * A hash table of fixed size: an array of hlist_head, 2^bits of them.
 *
 *	static DEFINE_HASHTABLE(table, 4);		a file's
 *	struct dev { DECLARE_HASHTABLE(table, 4); };	a member: then hash_init()
 *
 *	hash_add(table, &obj->node, obj->key);
 *	hash_for_each_possible(table, obj, node, key)
 *		if (obj->key == key)
 *			...
 *	hash_del(&obj->node);
 *
 * Nothing here locks: who changes the table excludes all others, by a lock for
 * the table or for a bucket. With the _rcu forms readers need only
 * rcu_read_lock(), and a deleted object waits for a grace period before it is
 * freed or added anywhere again (<linux/rculist.h>).
 *
 * The surprising thing: hash_for_each_possible() walks one bucket, in which
 * other keys lie as well: compare. And the table must be the array itself, as
 * its size is taken from it; of a pointer it would be wrong.
 * A loop's body may delete the object it stands on only in the _safe forms.
 */
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/rculist.h>

/* Sets all heads to NULL, which statically they are. */
#define DEFINE_HASHTABLE(name, bits) struct hlist_head name[1 << (bits)] = {}
#define DEFINE_READ_MOSTLY_HASHTABLE(name, bits) DEFINE_HASHTABLE(name, bits)
#define DECLARE_HASHTABLE(name, bits) struct hlist_head name[1 << (bits)]

#define HASH_SIZE(name) (ARRAY_SIZE(name))
#define HASH_BITS(name) ((unsigned int)ilog2(HASH_SIZE(name)))

/* Of a key of 4 bytes or fewer by hash_32(), else by hash_long(). */
#define hash_min(val, bits) \
	(sizeof(val) <= 4 ? hash_32((u32)(val), bits) : hash_long((unsigned long)(val), bits))
#define __hash_bucket(table, key) (&(table)[hash_min(key, HASH_BITS(table))])

static inline void __hash_init(struct hlist_head *ht, unsigned int sz)
{
	unsigned int i;

	for (i = 0; i < sz; i++)
		INIT_HLIST_HEAD(&ht[i]);
}
#define hash_init(table) __hash_init(table, HASH_SIZE(table))

#define hash_add(table, node, key) hlist_add_head(node, __hash_bucket(table, key))
#define hash_add_rcu(table, node, key) hlist_add_head_rcu(node, __hash_bucket(table, key))

/* Whether the node is in a table: meaningful after INIT_HLIST_NODE(), zeroed
 * memory or hash_del(). */
static inline bool hash_hashed(struct hlist_node *node)
{
	return !hlist_unhashed(node);
}

static inline bool __hash_empty(struct hlist_head *ht, unsigned int sz)
{
	unsigned int i;

	for (i = 0; i < sz; i++)
		if (!hlist_empty(&ht[i]))
			return false;
	return true;
}
#define hash_empty(table) __hash_empty(table, HASH_SIZE(table))

/* Of a node in no table: nothing. */
static inline void hash_del(struct hlist_node *node)
{
	hlist_del_init(node);
}

static inline void hash_del_rcu(struct hlist_node *node)
{
	hlist_del_init_rcu(node);
}

/*
 * All objects. @bkt: an int of the caller's; @tmp: a struct hlist_node * of his.
 * Leaving the loop early takes a goto, or a look at obj: as in Linux two loops
 * are made one by stopping when obj is set.
 */
#define hash_for_each(name, bkt, obj, member)				\
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < (int)HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry(obj, &name[bkt], member)
#define hash_for_each_safe(name, bkt, tmp, obj, member)			\
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < (int)HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry_safe(obj, tmp, &name[bkt], member)
#define hash_for_each_rcu(name, bkt, obj, member)			\
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < (int)HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry_rcu(obj, &name[bkt], member)

/* The objects in the key's bucket. */
#define hash_for_each_possible(name, obj, member, key) \
	hlist_for_each_entry(obj, __hash_bucket(name, key), member)
#define hash_for_each_possible_safe(name, obj, tmp, member, key) \
	hlist_for_each_entry_safe(obj, tmp, __hash_bucket(name, key), member)
/* The optional last argument: as of list_for_each_entry_rcu(). */
#define hash_for_each_possible_rcu(name, obj, member, key, ...) \
	hlist_for_each_entry_rcu(obj, __hash_bucket(name, key), member, ##__VA_ARGS__)
#define hash_for_each_possible_rcu_notrace(name, obj, member, key) \
	hash_for_each_possible_rcu(name, obj, member, key)

#endif /* _LINUX_HASHTABLE_H */

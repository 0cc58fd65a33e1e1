/* SPDX-License-Identifier: MIT */
/* A cache that is looked up under RCU, counts references and gives memory back. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/module.h>
#include <linux/delay.h>
#include <linux/hashtable.h>
#include <linux/kref.h>
#include <linux/kthread.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/list.h>
#include <linux/err.h>

struct centry {
	u32 key;
	u32 value;
	struct kref ref;
	struct hlist_node hash;
	struct list_head lru;
	struct rcu_head rcu;
};

static DEFINE_HASHTABLE(cache_hash, 4);
static LIST_HEAD(cache_lru);
static DEFINE_SPINLOCK(cache_lock);
static unsigned long cache_count;
static struct kmem_cache *centry_cachep;
static struct task_struct *workers[2];

static void centry_free_rcu(struct rcu_head *head)
{
	kmem_cache_free(centry_cachep, container_of(head, struct centry, rcu));
}

static void centry_release(struct kref *ref)
{
	struct centry *e = container_of(ref, struct centry, ref);

	call_rcu(&e->rcu, centry_free_rcu);
}

static struct centry *cache_lookup(u32 key)
{
	struct centry *e;

	rcu_read_lock();
	hash_for_each_possible_rcu(cache_hash, e, hash, key) {
		if (e->key == key && kref_get_unless_zero(&e->ref)) {
			rcu_read_unlock();
			return e;
		}
	}
	rcu_read_unlock();
	return NULL;
}

static struct centry *cache_insert(u32 key)
{
	struct centry *e, *old;

	e = kmem_cache_zalloc(centry_cachep, GFP_KERNEL);
	if (!e)
		return ERR_PTR(-ENOMEM);
	kref_init(&e->ref);
	e->key = key;
	e->value = key * 3;
	spin_lock(&cache_lock);
	hash_for_each_possible(cache_hash, old, hash, key) {
		if (old->key == key) {
			kref_get(&old->ref);
			spin_unlock(&cache_lock);
			kmem_cache_free(centry_cachep, e);
			return old;
		}
	}
	kref_get(&e->ref);
	hash_add_rcu(cache_hash, &e->hash, key);
	list_add_tail(&e->lru, &cache_lru);
	WRITE_ONCE(cache_count, cache_count + 1);
	spin_unlock(&cache_lock);
	return e;
}

static void centry_unlink(struct centry *e)
{
	lockdep_assert_held(&cache_lock);
	hash_del_rcu(&e->hash);
	list_del_init(&e->lru);
	WRITE_ONCE(cache_count, cache_count - 1);
}

static unsigned long cache_count_objects(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(cache_count) ?: SHRINK_EMPTY;
}

static unsigned long cache_scan_objects(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed = 0;
	struct centry *e, *n;

	if (!spin_trylock(&cache_lock))
		return SHRINK_STOP;
	list_for_each_entry_safe(e, n, &cache_lru, lru) {
		if (freed >= sc->nr_to_scan)
			break;
		centry_unlink(e);
		kref_put(&e->ref, centry_release);
		freed++;
	}
	spin_unlock(&cache_lock);
	return freed;
}

static struct shrinker cache_shrinker = {
	.count_objects = cache_count_objects,
	.scan_objects = cache_scan_objects,
	.seeks = DEFAULT_SEEKS,
};

static int worker(void *data)
{
	unsigned int i = 0;
	u32 key;
	struct centry *e;

	while (!kthread_should_stop()) {
		key = get_random_u32_below(40);
		e = cache_lookup(key);
		if (!e)
			e = cache_insert(key);
		if (!IS_ERR(e)) {
			WARN_ON(e->value != e->key * 3);
			kref_put(&e->ref, centry_release);
		}
		if (++i % 16 == 0)
			shrink_slab(GFP_KERNEL, 1);
		usleep_range(10, 20);
	}
	return 0;
}

static int __init cache_init(void)
{
	int i, err;

	centry_cachep = KMEM_CACHE(centry, SLAB_HWCACHE_ALIGN);
	if (!centry_cachep)
		return -ENOMEM;
	err = register_shrinker(&cache_shrinker, "centry");
	if (err)
		return err;
	for (i = 0; i < ARRAY_SIZE(workers); i++)
		workers[i] = kthread_run(worker, NULL, "cache/%d", i);
	msleep(2);
	return 0;
}

static void __exit cache_exit(void)
{
	struct hlist_node *tmp;
	struct centry *e;
	int i, bkt;

	for (i = 0; i < ARRAY_SIZE(workers); i++)
		kthread_stop(workers[i]);
	unregister_shrinker(&cache_shrinker);
	spin_lock(&cache_lock);
	hash_for_each_safe(cache_hash, bkt, tmp, e, hash) {
		centry_unlink(e);
		kref_put(&e->ref, centry_release);
	}
	spin_unlock(&cache_lock);
	rcu_barrier();
	kmem_cache_destroy(centry_cachep);
	pr_info("gone\n");
}
module_init(cache_init);
module_exit(cache_exit);
MODULE_LICENSE("Dual MIT/GPL");

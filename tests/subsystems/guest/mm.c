/* SPDX-License-Identifier: MIT */
/*
 * Memory: no object has two owners, whichever CPU frees it; a shrinker takes only
 * what nobody uses, with trylock alone; nothing is lost.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/list_lru.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include "tests/kernel/guest/check.h"

#define THINGS 24
#define ROUNDS 40
#define TASKS 4

/* A slot has a thing or none; things that nobody uses are on the LRU. */
struct thing {
	struct list_head lru;
	int slot;
	int users; /* guarded by its slot's lock */
	long owner;
};
static struct {
	spinlock_t lock;
	struct thing *thing; /* guarded by lock */
} slots[THINGS];
static struct kmem_cache *cache;
static struct list_lru lru;
static struct completion finished;
static atomic_t left = ATOMIC_INIT(TASKS + 1), made, freed, in_use;

/* Under the LRU's lock: the slot's lock is outside it, so only try. */
static enum lru_status isolate(struct list_head *item, struct list_lru *l, spinlock_t *lock,
			       void *gone)
{
	struct thing *t = container_of(item, struct thing, lru);
	int slot = READ_ONCE(t->slot);

	if (!spin_trylock(&slots[slot].lock))
		return LRU_SKIP;
	CHECK(slots[slot].thing == t && !t->users);
	slots[slot].thing = NULL;
	list_lru_isolate_move(l, item, gone);
	spin_unlock(&slots[slot].lock);
	return LRU_REMOVED;
}

static unsigned long count(struct shrinker *s, struct shrink_control *sc)
{
	return list_lru_count(&lru);
}

static unsigned long scan(struct shrinker *s, struct shrink_control *sc)
{
	LIST_HEAD(gone);
	struct thing *t, *next;
	unsigned long n = list_lru_walk(&lru, isolate, &gone, sc->nr_to_scan);

	list_for_each_entry_safe(t, next, &gone, lru) {
		list_del(&t->lru);
		kmem_cache_free(cache, t);
		atomic_inc(&freed);
	}
	return n;
}
static struct shrinker shrinker = { .count_objects = count, .scan_objects = scan,
				    .seeks = DEFAULT_SEEKS };

static struct thing *use(int slot)
{
	struct thing *fresh = kmem_cache_zalloc(cache, GFP_KERNEL), *t;

	fresh->slot = slot;
	INIT_LIST_HEAD(&fresh->lru);
	spin_lock(&slots[slot].lock);
	t = slots[slot].thing;
	if (!t) {
		t = slots[slot].thing = fresh;
		fresh = NULL;
		atomic_inc(&made);
	}
	if (!t->users++)
		list_lru_del(&lru, &t->lru);
	spin_unlock(&slots[slot].lock);
	if (fresh)
		kmem_cache_free(cache, fresh);
	return t;
}

static void unuse(struct thing *t)
{
	int slot = t->slot;

	spin_lock(&slots[slot].lock);
	if (!--t->users)
		CHECK(list_lru_add(&lru, &t->lru));
	spin_unlock(&slots[slot].lock);
}

static int done(void)
{
	if (atomic_dec_and_test(&left))
		complete(&finished);
	return 0;
}

static int user(void *data)
{
	long me = (long)data;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		struct thing *t = use((int)(me * 7 + i * 5) % THINGS);

		CHECK_EQ(t->slot, (me * 7 + i * 5) % THINGS);
		atomic_inc(&in_use);
		cond_resched();
		unuse(t);
	}
	return done();
}

/* Wants memory back all the time, holding a slot's lock now and then. */
static int hungry(void *unused)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		spin_lock(&slots[i % THINGS].lock);
		shrink_slab(GFP_NOWAIT, i % 3);
		spin_unlock(&slots[i % THINGS].lock);
		shrink_slab(GFP_KERNEL, 1);
		cond_resched();
	}
	return done();
}

static int __init mm_init(void)
{
	long i;

	cache = KMEM_CACHE(thing, 0);
	list_lru_init(&lru);
	init_completion(&finished);
	for (i = 0; i < THINGS; i++)
		spin_lock_init(&slots[i].lock);
	CHECK_EQ(register_shrinker(&shrinker, "things"), 0);
	for (i = 0; i < TASKS; i++)
		kthread_run(user, (void *)i, "user/%ld", i);
	kthread_run(hungry, NULL, "hungry");
	wait_for_completion(&finished);
	CHECK_EQ(atomic_read(&made) - atomic_read(&freed), list_lru_count(&lru));
	while (list_lru_count(&lru))
		shrink_slab(GFP_KERNEL, 0);
	unregister_shrinker(&shrinker);
	CHECK_EQ(atomic_read(&made), atomic_read(&freed));
	CHECK(atomic_read(&made) >= THINGS / 2 && atomic_read(&in_use) == TASKS * ROUNDS);
	kmem_cache_destroy(cache);
	ALL_CHECKED();
	return 0;
}
module_init(mm_init);

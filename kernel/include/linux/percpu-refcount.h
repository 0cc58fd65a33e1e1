/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_REFCOUNT_H
#define _LINUX_PERCPU_REFCOUNT_H
/*
 * A reference count for what is taken and dropped all the time on all CPUs and
 * dies once: while it lives each CPU counts for itself, and nobody knows the sum.
 * To kill it is to begin counting in one place.
 *
 *	err = percpu_ref_init(&dev->ref, dev_release, 0, GFP_KERNEL);	1, ours
 *	if (percpu_ref_tryget_live(&dev->ref)) {
 *		...
 *		percpu_ref_put(&dev->ref);
 *	}
 *	percpu_ref_kill(&dev->ref);	drops the first one: dev_release() comes
 *	...				when all others are dropped as well
 *	percpu_ref_exit(&dev->ref);	in dev_release() or later
 *
 *	state	 counts	      get	tryget		tryget_live	the last put
 *	living	 per CPU      1 more	1 more, 1	1 more, 1	is not noticed
 *	atomic	 in one place 1 more	1 more unless 0	1 more unless 0	release()
 *	dying	 in one place 1 more	1 more unless 0	0		release()
 *
 * Between living and dying a grace period passes, in which some CPUs may still
 * count for themselves: the count is held up by a bias until they are summed. So
 * release() comes only after it.
 *
 * Context: get, tryget and put anywhere but in NMI; release() is called where the
 * last put is, perhaps in a softirq: it must not sleep. kill may sleep if another
 * switch is under way. init sleeps as gfp says.
 * Order: a put is seen by release(): what was done with a reference comes before.
 * The surprising thing: percpu_ref_tryget() succeeds on a dying reference that is
 * not 0 yet; who looks objects up wants tryget_live. And after kill() returns a
 * reader may still take one by tryget_live, until the grace period is over:
 * percpu_ref_kill_and_confirm() says when not any more.
 * Misuse reported: killing twice; more puts than gets, where it can be seen: when
 * the parts are summed.
 */
#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

struct percpu_ref;
typedef void(percpu_ref_func_t)(struct percpu_ref *);

/* In the low bits of percpu_count_ptr. */
#define __PERCPU_REF_ATOMIC 1ul
#define __PERCPU_REF_DEAD 2ul
#define __PERCPU_REF_ATOMIC_DEAD 3ul

#define PERCPU_REF_INIT_ATOMIC 1u  /* begins atomic, stays until switched to per CPU */
#define PERCPU_REF_INIT_DEAD 2u	   /* begins dying, with 0: for percpu_ref_reinit() */
#define PERCPU_REF_ALLOW_REINIT 4u /* may live again; the other two imply it */

struct percpu_ref_data {
	atomic_long_t count;
	percpu_ref_func_t *release;
	/* guarded by a lock of percpu-refcount.cpp: */
	percpu_ref_func_t *confirm_switch; /* a switch is under way */
	bool force_atomic;
	bool allow_reinit;
	struct rcu_head rcu;
	struct percpu_ref *ref;
};

struct percpu_ref {
	/* The per-CPU counts and the state in one word, so that one read tells both. */
	unsigned long percpu_count_ptr;
	struct percpu_ref_data *data;
};

#ifdef __cplusplus
extern "C" {
#endif

/* 0 or -ENOMEM. */
int __must_check percpu_ref_init(struct percpu_ref *ref, percpu_ref_func_t *release,
				 unsigned int flags, gfp_t gfp);
/* Frees what init took. Nobody uses the reference any more. */
void percpu_ref_exit(struct percpu_ref *ref);
/* confirm() is called when every CPU sees the switch; it may be NULL. */
void percpu_ref_switch_to_atomic(struct percpu_ref *ref, percpu_ref_func_t *confirm);
void percpu_ref_switch_to_atomic_sync(struct percpu_ref *ref);
void percpu_ref_switch_to_percpu(struct percpu_ref *ref);
/* confirm() is called when no tryget_live can succeed any more. */
void percpu_ref_kill_and_confirm(struct percpu_ref *ref, percpu_ref_func_t *confirm);
/* Living again: of a dying one; of one that is 0. */
void percpu_ref_resurrect(struct percpu_ref *ref);
void percpu_ref_reinit(struct percpu_ref *ref);
/* Only of an atomic one; false while it is per CPU. */
bool percpu_ref_is_zero(struct percpu_ref *ref);

#ifdef __cplusplus
}
#endif

static inline void percpu_ref_kill(struct percpu_ref *ref)
{
	percpu_ref_kill_and_confirm(ref, NULL);
}

static inline bool percpu_ref_is_dying(struct percpu_ref *ref)
{
	return (READ_ONCE(ref->percpu_count_ptr) & __PERCPU_REF_DEAD) != 0;
}

/* This CPU's count, if they count for themselves. Under RCU. */
static inline bool __ref_is_percpu(struct percpu_ref *ref, unsigned long **counts)
{
	unsigned long word = READ_ONCE(ref->percpu_count_ptr);

	*counts = (unsigned long *)(word & ~__PERCPU_REF_ATOMIC_DEAD);
	return !(word & __PERCPU_REF_ATOMIC_DEAD);
}

static inline void percpu_ref_get_many(struct percpu_ref *ref, unsigned long nr)
{
	unsigned long *counts;

	rcu_read_lock();
	if (__ref_is_percpu(ref, &counts))
		this_cpu_add(*counts, nr);
	else
		atomic_long_add((long)nr, &ref->data->count);
	rcu_read_unlock();
}

static inline void percpu_ref_get(struct percpu_ref *ref)
{
	percpu_ref_get_many(ref, 1);
}

static inline bool __percpu_ref_tryget(struct percpu_ref *ref, unsigned long nr, bool live)
{
	unsigned long *counts;
	bool got = true;

	rcu_read_lock();
	if (__ref_is_percpu(ref, &counts))
		this_cpu_add(*counts, nr);
	else if (live && percpu_ref_is_dying(ref))
		got = false;
	else
		got = atomic_long_add_unless(&ref->data->count, (long)nr, 0);
	rcu_read_unlock();
	return got;
}

static inline bool percpu_ref_tryget_many(struct percpu_ref *ref, unsigned long nr)
{
	return __percpu_ref_tryget(ref, nr, false);
}

static inline bool percpu_ref_tryget(struct percpu_ref *ref)
{
	return __percpu_ref_tryget(ref, 1, false);
}

static inline bool percpu_ref_tryget_live(struct percpu_ref *ref)
{
	return __percpu_ref_tryget(ref, 1, true);
}

static inline void percpu_ref_put_many(struct percpu_ref *ref, unsigned long nr)
{
	unsigned long *counts;

	rcu_read_lock();
	if (__ref_is_percpu(ref, &counts))
		this_cpu_sub(*counts, nr);
	else if (atomic_long_sub_and_test((long)nr, &ref->data->count))
		ref->data->release(ref);
	rcu_read_unlock();
}

static inline void percpu_ref_put(struct percpu_ref *ref)
{
	percpu_ref_put_many(ref, 1);
}

#endif /* _LINUX_PERCPU_REFCOUNT_H */

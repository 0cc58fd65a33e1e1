/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H
/*
 * SRCU: RCU whose readers may sleep. Each srcu_struct has its own readers, its
 * own grace periods, and waits for nobody else's.
 *
 *	idx = srcu_read_lock(&ss);
 *	p = srcu_dereference(gp, &ss);
 *	... may sleep ...
 *	srcu_read_unlock(&ss, idx);
 *
 * Order: as RCU; srcu_read_lock() and unlock are full barriers.
 * The surprising thing: the index must go to the unlock, perhaps in another
 * function, but in the same task and domain.
 * Misuse reported: cleanup with readers inside; unlock with an impossible index.
 *
 * Unlike Linux: the caller of synchronize_srcu() itself sums the counters, and
 * waits for one grace period at a time; callbacks run in a worker, in batches.
 */
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#ifdef __cplusplus
extern "C" {
#endif

struct srcu_data {
	unsigned long locks[2], unlocks[2];
};

struct srcu_struct {
	struct srcu_data __percpu *sda;
	int idx;		    /* which of the two new readers use */
	unsigned long completed;    /* grace periods; guarded by mutex */
	struct mutex mutex;	    /* one grace period at a time */
	struct wait_queue_head wq;  /* the updater, until the readers left */
	raw_spinlock_t lock;
	/* guarded by lock: callbacks in order of age */
	struct rcu_head *first, *last;
	struct work_struct work;    /* waits for them, and calls them */
	struct lockdep_map dep_map;
};

void __srcu_invoke(struct work_struct *work);
#define __SRCU_STRUCT_INIT(ssname, data) {				\
	.sda = &(data), .idx = 0, .completed = 0,			\
	.mutex = __MUTEX_INITIALIZER(ssname.mutex),			\
	.wq = __WAIT_QUEUE_HEAD_INITIALIZER(ssname.wq),			\
	.lock = __RAW_SPIN_LOCK_INITIALIZER(ssname.lock),		\
	.first = 0, .last = 0,						\
	.work = __WORK_INITIALIZER(ssname.work, __srcu_invoke),		\
	.dep_map = { .key = 0, .name = #ssname } }
#define __DEFINE_SRCU(ssname, is_static)				\
	static DEFINE_PER_CPU(struct srcu_data, ssname##_srcu_data);	\
	is_static struct srcu_struct ssname = __SRCU_STRUCT_INIT(ssname, ssname##_srcu_data)
#define DEFINE_SRCU(ssname)	   __DEFINE_SRCU(ssname, )
#define DEFINE_STATIC_SRCU(ssname) __DEFINE_SRCU(ssname, static)

/* 0 or -ENOMEM. */
int __init_srcu_struct(struct srcu_struct *ssp, const char *name, struct lock_class_key *key);
#define init_srcu_struct(ssp) ({					\
	static struct lock_class_key __key;				\
	__init_srcu_struct((ssp), #ssp, &__key);			\
})
void cleanup_srcu_struct(struct srcu_struct *ssp);

int __srcu_read_lock(struct srcu_struct *ssp);
void __srcu_read_unlock(struct srcu_struct *ssp, int idx);

/* May sleep; not in a reader of the same domain. */
void synchronize_srcu(struct srcu_struct *ssp);
#define synchronize_srcu_expedited(ssp) synchronize_srcu(ssp)

/* As call_rcu() and rcu_barrier(), for the readers of this domain. func runs in
 * a worker with softirqs off. Before cleanup_srcu_struct(): srcu_barrier(). */
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func);
void srcu_barrier(struct srcu_struct *ssp);

static __always_inline int srcu_read_lock(struct srcu_struct *ssp)
{
	int idx = __srcu_read_lock(ssp);

	lock_acquire(&ssp->dep_map, 0, 0, 2, 0, NULL, _THIS_IP_);
	hw_announce(EV_RCU_LOCK, &ssp->dep_map, (u64)idx, (const void *)_THIS_IP_);
	return idx;
}

static __always_inline void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	WARN_ON_ONCE(idx & ~1);
	hw_announce(EV_RCU_UNLOCK, &ssp->dep_map, (u64)idx, (const void *)_THIS_IP_);
	lock_release(&ssp->dep_map, _THIS_IP_);
	__srcu_read_unlock(ssp, idx);
}

#ifdef __cplusplus
}
#endif

#define srcu_read_lock_held(ssp) (lock_is_held(&(ssp)->dep_map) != 0)
#define srcu_dereference(p, ssp) __rcu_deref(p, srcu_read_lock_held(ssp))
#define srcu_dereference_check(p, ssp, c) __rcu_deref(p, (c) || srcu_read_lock_held(ssp))

DEFINE_LOCK_GUARD_1(srcu, struct srcu_struct, _T->idx = srcu_read_lock(_T->lock),
		    srcu_read_unlock(_T->lock, _T->idx), int idx)

#endif /* _LINUX_SRCU_H */

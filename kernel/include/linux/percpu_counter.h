/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_COUNTER_H
#define _LINUX_PERCPU_COUNTER_H
/*
 * A counter for what is counted often on all CPUs and read seldom: each CPU keeps
 * its own part, and gives it to the common count when it reaches the batch.
 *
 *	percpu_counter_add(c, n)	usually touches this CPU's part only
 *	percpu_counter_read(c)		the common count: off by up to
 *					batch * CPUs, and perhaps negative
 *	percpu_counter_sum(c)		all parts added, under the lock: exact when
 *					nobody counts meanwhile
 *	percpu_counter_compare(c, n)	-1, 0, 1; sums only if it is near
 *
 * Context: adding and reading anywhere but in NMI; init and destroy may sleep.
 * Order: none. A reader who must see another CPU's additions needs something
 * else that orders them.
 * The surprising thing: percpu_counter_set() does not keep others from adding
 * meanwhile.
 */
#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>

struct percpu_counter {
	raw_spinlock_t lock; /* irq-safe: the CPU that gives its part is inside */
	s64 count;	     /* written under lock, read by anybody */
	s32 __percpu *counters;
};

extern int percpu_counter_batch; /* 32, or twice the CPUs if that is more */

#ifdef __cplusplus
extern "C" {
#endif

int __percpu_counter_init(struct percpu_counter *fbc, s64 amount, const char *name,
			  struct lock_class_key *key);
/* 0 or -ENOMEM. */
#define percpu_counter_init(fbc, value, gfp)				\
	({								\
		static struct lock_class_key __key;			\
		(void)(gfp);						\
		__percpu_counter_init((fbc), (value), #fbc, &__key);	\
	})
void percpu_counter_destroy(struct percpu_counter *fbc);

void percpu_counter_set(struct percpu_counter *fbc, s64 amount);
/* With a batch of the caller's: large for a counter whose exact value matters less. */
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch);
/* Gives this CPU's part to the common count. */
void percpu_counter_sync(struct percpu_counter *fbc);
s64 __percpu_counter_sum(struct percpu_counter *fbc);
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch);

#ifdef __cplusplus
}
#endif

static inline bool percpu_counter_initialized(struct percpu_counter *fbc)
{
	return fbc->counters != NULL;
}

static inline void percpu_counter_add(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, READ_ONCE(percpu_counter_batch));
}

/* Never given to the common count by itself: for counters that are only summed. */
static inline void percpu_counter_add_local(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, INT_MAX);
}

static inline void percpu_counter_sub(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add(fbc, -amount);
}

static inline void percpu_counter_inc(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, 1);
}

static inline void percpu_counter_dec(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, -1);
}

static inline s64 percpu_counter_read(struct percpu_counter *fbc)
{
	return READ_ONCE(fbc->count);
}

/* 0 where a rough count has become negative: of what is never negative. */
static inline s64 percpu_counter_read_positive(struct percpu_counter *fbc)
{
	s64 count = READ_ONCE(fbc->count);

	return count >= 0 ? count : 0;
}

static inline s64 percpu_counter_sum(struct percpu_counter *fbc)
{
	return __percpu_counter_sum(fbc);
}

static inline s64 percpu_counter_sum_positive(struct percpu_counter *fbc)
{
	s64 sum = __percpu_counter_sum(fbc);

	return sum >= 0 ? sum : 0;
}

static inline int percpu_counter_compare(struct percpu_counter *fbc, s64 rhs)
{
	return __percpu_counter_compare(fbc, rhs, READ_ONCE(percpu_counter_batch));
}

#endif /* _LINUX_PERCPU_COUNTER_H */

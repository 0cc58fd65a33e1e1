/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WW_MUTEX_H
#define _LINUX_WW_MUTEX_H
/*
 * Wound/wait mutexes: take any number of locks of one class in any order, and
 * back off instead of deadlocking.
 *
 * All locks of one operation are taken with its ww_acquire_ctx, whose stamp is
 * its age. When two contexts want each other's locks the older one wins:
 *
 *			wait-die (DEFINE_WD_CLASS)	wound-wait (DEFINE_WW_CLASS)
 *	older meets	waits				wounds it: the holder's next
 *	younger holder					contended lock fails
 *	younger meets	-EDEADLK, if it holds others	waits
 *	older holder
 *
 * On -EDEADLK unlock all, then take the contended one with ww_mutex_lock_slow(),
 * then the others again: the stamp stays, so one becomes the oldest in the end.
 * -EALREADY: this context has it. Without a context (NULL): as a mutex, and one
 * at a time.
 *
 *	ww_acquire_init(&ctx, &my_class);
 *	... ww_mutex_lock(&a, &ctx), ww_mutex_lock(&b, &ctx), back-off ...
 *	ww_acquire_done(&ctx);
 *	... use, unlock ...
 *	ww_acquire_fini(&ctx);
 *
 * Context, order, misuse: as struct mutex.
 * Unlike Linux: no -EDEADLK is injected for testing.
 */
#include <linux/mutex.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ww_class {
	atomic_long_t stamp; /* last one given out */
	struct lock_class_key acquire_key;
	struct lock_class_key mutex_key;
	const char *acquire_name;
	const char *mutex_name;
	unsigned int is_wait_die;
};

struct ww_acquire_ctx {
	/* constant after ww_acquire_init: */
	struct task_struct *task;
	unsigned long stamp; /* bigger is younger */
	unsigned short is_wait_die;
	struct ww_class *ww_class;

	/* its own task: */
	unsigned int acquired; /* locks held */
	unsigned int done_acquire;

	/* guarded by the wait_lock of the mutex that it is wounded for: */
	unsigned short wounded;

	struct lockdep_map dep_map;
};

struct ww_mutex {
	struct mutex base;
	struct ww_acquire_ctx *ctx; /* the owner's; read by waiters under wait_lock */
	struct ww_class *ww_class;
};

#define __WW_CLASS_INITIALIZER(ww_class, wait_die) {			\
	.stamp = ATOMIC_LONG_INIT(0),					\
	.acquire_key = {}, .mutex_key = {},				\
	.acquire_name = #ww_class "_acquire",				\
	.mutex_name = #ww_class "_mutex",				\
	.is_wait_die = (wait_die) }
#define DEFINE_WD_CLASS(classname) \
	struct ww_class classname = __WW_CLASS_INITIALIZER(classname, 1)
#define DEFINE_WW_CLASS(classname) \
	struct ww_class classname = __WW_CLASS_INITIALIZER(classname, 0)
#define DEFINE_WW_MUTEX(mutexname, class_)				\
	struct ww_mutex mutexname = {					\
		.base = __MUTEX_INITIALIZER(mutexname.base), .ctx = 0,	\
		.ww_class = class_ }

void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class);
void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class);
/* From here on the context takes no further locks. */
void ww_acquire_done(struct ww_acquire_ctx *ctx);
void ww_acquire_fini(struct ww_acquire_ctx *ctx);

/* 0, -EDEADLK, -EALREADY; _interruptible also -EINTR. */
int __must_check ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
int __must_check ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
/* After -EDEADLK, with no lock held: waits for as long as it takes. */
void ww_mutex_lock_slow(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
int __must_check ww_mutex_lock_slow_interruptible(struct ww_mutex *lock,
						  struct ww_acquire_ctx *ctx);
int __must_check ww_mutex_trylock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx);
void ww_mutex_unlock(struct ww_mutex *lock);

static inline void ww_mutex_destroy(struct ww_mutex *lock)
{
	mutex_destroy(&lock->base);
}

static inline bool ww_mutex_is_locked(struct ww_mutex *lock)
{
	return mutex_is_locked(&lock->base);
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_WW_MUTEX_H */

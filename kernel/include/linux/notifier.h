/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H
/*
 * Chains of functions that want to know when something happens.
 *
 *	static int on_event(struct notifier_block *nb, unsigned long event, void *data);
 *	static struct notifier_block nb = { .notifier_call = on_event, .priority = 10 };
 *
 *	static BLOCKING_NOTIFIER_HEAD(chain);
 *	blocking_notifier_chain_register(&chain, &nb);
 *	ret = blocking_notifier_call_chain(&chain, EVENT, data);
 *	blocking_notifier_chain_unregister(&chain, &nb);
 *
 * Higher priorities are called first, of equal ones who registered first. A
 * function returns NOTIFY_OK or NOTIFY_DONE to go on, NOTIFY_STOP or NOTIFY_BAD to
 * end the call; the last value returned is the call's.
 *
 *	chain	   calling			registering and unregistering
 *	atomic_	   any context, under RCU:	spinlock, irq-safe; unregister then
 *		   functions must not sleep	waits for a grace period: it sleeps
 *	blocking_  tasks, rwsem for reading:	tasks, the rwsem for writing: not from
 *		   functions may sleep		inside one of its functions
 *	raw_	   as the caller's own locks allow, in all three
 *	srcu_	   tasks, under SRCU:		tasks, a mutex; unregister waits for
 *		   functions may sleep		the chain's readers
 *
 * When unregister returns, the function is not running and will not be called (of
 * a raw chain: if the caller's locks say so).
 * Misuse reported: registering what is registered (a WARN, -EEXIST); a sleeping
 * function in an atomic chain; registering from a blocking chain's own function,
 * as the deadlock that it is.
 *
 * Unlike Linux: _robust calls exist for raw and blocking chains only; no chain
 * works before the module runs.
 */
#include <linux/errno.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

#define NOTIFY_DONE 0x0000
#define NOTIFY_OK 0x0001
#define NOTIFY_STOP_MASK 0x8000
#define NOTIFY_BAD (NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP (NOTIFY_OK | NOTIFY_STOP_MASK)

struct notifier_block;
typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block __rcu *next; /* guarded by the chain's lock, read under RCU */
	int priority;
};

struct atomic_notifier_head {
	spinlock_t lock;
	struct notifier_block __rcu *head; /* guarded by lock, read under RCU */
};

struct blocking_notifier_head {
	struct rw_semaphore rwsem;
	struct notifier_block __rcu *head; /* guarded by rwsem */
};

struct raw_notifier_head {
	struct notifier_block __rcu *head; /* the caller's locks */
};

struct srcu_notifier_head {
	struct mutex mutex;
	struct srcu_struct srcu;
	struct notifier_block __rcu *head; /* guarded by mutex, read under srcu */
};

#define ATOMIC_NOTIFIER_INIT(name) \
	{ .lock = __SPIN_LOCK_UNLOCKED(name.lock), .head = NULL }
#define BLOCKING_NOTIFIER_INIT(name) \
	{ .rwsem = __RWSEM_INITIALIZER((name).rwsem), .head = NULL }
#define RAW_NOTIFIER_INIT(name) { .head = NULL }
#define SRCU_NOTIFIER_INIT(name, data)					\
	{ .mutex = __MUTEX_INITIALIZER(name.mutex),			\
	  .srcu = __SRCU_STRUCT_INIT(name.srcu, data), .head = NULL }

#define ATOMIC_NOTIFIER_HEAD(name) \
	struct atomic_notifier_head name = ATOMIC_NOTIFIER_INIT(name)
#define BLOCKING_NOTIFIER_HEAD(name) \
	struct blocking_notifier_head name = BLOCKING_NOTIFIER_INIT(name)
#define RAW_NOTIFIER_HEAD(name) struct raw_notifier_head name = RAW_NOTIFIER_INIT(name)
#define SRCU_NOTIFIER_HEAD(name)					\
	static DEFINE_PER_CPU(struct srcu_data, name##_head_srcu_data);	\
	struct srcu_notifier_head name = SRCU_NOTIFIER_INIT(name, name##_head_srcu_data)
#define SRCU_NOTIFIER_HEAD_STATIC(name)					\
	static DEFINE_PER_CPU(struct srcu_data, name##_head_srcu_data);	\
	static struct srcu_notifier_head name =				\
		SRCU_NOTIFIER_INIT(name, name##_head_srcu_data)

#define ATOMIC_INIT_NOTIFIER_HEAD(name)					\
	do {								\
		spin_lock_init(&(name)->lock);				\
		(name)->head = NULL;					\
	} while (0)
#define BLOCKING_INIT_NOTIFIER_HEAD(name)				\
	do {								\
		init_rwsem(&(name)->rwsem);				\
		(name)->head = NULL;					\
	} while (0)
#define RAW_INIT_NOTIFIER_HEAD(name) ((void)((name)->head = NULL))

#ifdef __cplusplus
extern "C" {
#endif

/* It makes the srcu_struct with memory: take it down before it is freed. */
void srcu_init_notifier_head(struct srcu_notifier_head *nh);
#define srcu_cleanup_notifier_head(name) cleanup_srcu_struct(&(name)->srcu)

/* 0 or -EEXIST; _unique_prio: -EBUSY if another has this priority. */
int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_chain_register_unique_prio(struct atomic_notifier_head *nh,
					       struct notifier_block *nb);
int blocking_notifier_chain_register(struct blocking_notifier_head *nh,
				     struct notifier_block *nb);
int blocking_notifier_chain_register_unique_prio(struct blocking_notifier_head *nh,
						 struct notifier_block *nb);
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb);

/* 0, or -ENOENT if it is not in the chain. */
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh,
				     struct notifier_block *nb);
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb);
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *nb);

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v);
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v);
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v);
int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v);
bool atomic_notifier_call_chain_is_empty(struct atomic_notifier_head *nh);

/* If a function ends the call, those before it are called with val_down. */
int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh,
					unsigned long val_up, unsigned long val_down, void *v);
int raw_notifier_call_chain_robust(struct raw_notifier_head *nh, unsigned long val_up,
				   unsigned long val_down, void *v);

#ifdef __cplusplus
}
#endif

/* A negative error as a function's value, which ends the call; and back. */
static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

#endif /* _LINUX_NOTIFIER_H */

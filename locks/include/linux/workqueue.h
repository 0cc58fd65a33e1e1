/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H
/*
 * Workqueues: functions to be called soon, by a kernel thread, able to sleep.
 *
 *	work		queue_work		flush_work	cancel_work_sync
 *	idle		-> pending, true	false		false
 *	pending		false			waits, true	-> idle, true
 *	running		-> pending again, true	waits, true	waits, false
 *
 *  - A work item never runs twice at once, whichever CPUs it is queued on.
 *  - On one CPU, items of a workqueue start in the order in which they were
 *    queued; an ordered workqueue runs one at a time.
 *  - A worker that sleeps in an item makes room for another (concurrency
 *    management): per-CPU pools run one item at a time, as long as it runs.
 *
 * Context: queueing anywhere but in NMI; flushing and _sync cancelling sleep.
 * Order: what came before a queue_work() that returned true is seen by the item.
 * The surprising thing: flushing, or cancelling with _sync, while holding a lock
 * that the item takes, deadlocks. Lockdep knows: both sides take a map that
 * stands for the item.
 * Misuse reported: an item that returns with a lock or preemption off, freeing
 * one that is queued.
 *
 * Unlike Linux: items of all workqueues with a CPU share its one pool; there is
 * one unbound pool; no rescuers, high priority or freezing: those flags are
 * accepted. drain_workqueue() is flush_workqueue().
 */
#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/timer.h>

#ifdef __cplusplus
extern "C" {
#endif

struct workqueue_struct;
struct work_pool;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	atomic_long_t data;		/* WORK_*, atomically */
	struct list_head entry;		/* guarded by the pool's lock */
	work_func_t func;
	struct work_pool *pool;		/* last one, guarded by its lock */
	struct workqueue_struct *wq;	/* of the pending instance, likewise */
	int color;			/* likewise: see flush_workqueue() */
	struct lockdep_map lockdep_map;
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq;
	int cpu;
};

struct rcu_work {
	struct work_struct work;
	struct rcu_head rcu;
	struct workqueue_struct *wq;
};

enum {
	WORK_PENDING = 1,   /* queued, or owned by a canceller */
	WORK_CANCELING = 2, /* queueing is refused */
	WORK_BARRIER = 4,   /* a flusher's own */
};

#define WQ_UNBOUND	  0x0002
#define WQ_FREEZABLE	  0x0004
#define WQ_MEM_RECLAIM	  0x0008
#define WQ_HIGHPRI	  0x0010
#define WQ_CPU_INTENSIVE  0x0020
#define WQ_SYSFS	  0x0040
#define WQ_POWER_EFFICIENT 0x0080
#define __WQ_ORDERED	  0x20000
#define WQ_MAX_ACTIVE	  512
#define WQ_DFL_ACTIVE	  256
#define WORK_CPU_UNBOUND  64

#define __WORK_INITIALIZER(n, f) {					\
	.data = ATOMIC_LONG_INIT(0),					\
	.entry = { &(n).entry, &(n).entry },				\
	.func = (f), .pool = 0, .wq = 0, .color = 0,			\
	.lockdep_map = STATIC_LOCKDEP_MAP_INIT("(work_completion)(&" #n ")", &(n)) }
#define __DELAYED_WORK_INITIALIZER(n, f) {				\
	.work = __WORK_INITIALIZER((n).work, (f)),			\
	.timer = __TIMER_INITIALIZER((n).timer, delayed_work_timer_fn, TIMER_IRQSAFE), \
	.wq = 0, .cpu = WORK_CPU_UNBOUND }
#define DECLARE_WORK(n, f)	   struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f) struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f)
#define DECLARE_DEFERRABLE_WORK(n, f) DECLARE_DELAYED_WORK(n, f)

void delayed_work_timer_fn(struct timer_list *timer);
void __init_work(struct work_struct *work, work_func_t func, const char *name,
		 struct lock_class_key *key);

#define INIT_WORK(_work, _func) do {					\
	static struct lock_class_key __key;				\
	__init_work((_work), (_func), "(work_completion)(" #_work ")", &__key); \
} while (0)
#define INIT_WORK_ONSTACK(_work, _func) INIT_WORK(_work, _func)
#define INIT_DELAYED_WORK(_work, _func) do {				\
	INIT_WORK(&(_work)->work, (_func));				\
	timer_setup(&(_work)->timer, delayed_work_timer_fn, TIMER_IRQSAFE); \
} while (0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func) INIT_DELAYED_WORK(_work, _func)
#define INIT_DEFERRABLE_WORK(_work, _func) INIT_DELAYED_WORK(_work, _func)
#define INIT_RCU_WORK(_work, _func) INIT_WORK(&(_work)->work, (_func))
void destroy_work_on_stack(struct work_struct *work);
#define destroy_delayed_work_on_stack(w) destroy_work_on_stack(&(w)->work)

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

#define work_pending(work) \
	((atomic_long_read(&(work)->data) & WORK_PENDING) != 0)
#define delayed_work_pending(w) work_pending(&(w)->work)

__printf(1, 4) struct workqueue_struct *
__alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...);
#define alloc_workqueue(fmt, flags, max_active, ...) \
	__alloc_workqueue(fmt, flags, max_active, ##__VA_ARGS__)
#define alloc_ordered_workqueue(fmt, flags, ...) \
	__alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##__VA_ARGS__)
#define create_workqueue(name) alloc_workqueue("%s", WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name) \
	alloc_ordered_workqueue("%s", WQ_MEM_RECLAIM, name)
void destroy_workqueue(struct workqueue_struct *wq);

/* False if it was pending already. */
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay);
/* With the new delay, pending or not; true if it was pending. */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay);
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork);

bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);
/* Waits for all items queued before the call. */
void __flush_workqueue(struct workqueue_struct *wq);
#define flush_workqueue(wq) __flush_workqueue(wq)
#define drain_workqueue(wq) __flush_workqueue(wq)
unsigned int work_busy(struct work_struct *work);
struct work_struct *current_work(void);
int schedule_on_each_cpu(work_func_t func);

extern struct workqueue_struct *system_wq, *system_highpri_wq, *system_long_wq,
	*system_unbound_wq, *system_freezable_wq, *system_power_efficient_wq;

#define queue_work(wq, work) queue_work_on(WORK_CPU_UNBOUND, wq, work)
#define queue_delayed_work(wq, w, delay) queue_delayed_work_on(WORK_CPU_UNBOUND, wq, w, delay)
#define mod_delayed_work(wq, w, delay) mod_delayed_work_on(WORK_CPU_UNBOUND, wq, w, delay)
#define schedule_work(work) queue_work(system_wq, work)
#define schedule_work_on(cpu, work) queue_work_on(cpu, system_wq, work)
#define schedule_delayed_work(w, delay) queue_delayed_work(system_wq, w, delay)
#define schedule_delayed_work_on(cpu, w, delay) queue_delayed_work_on(cpu, system_wq, w, delay)
#define flush_scheduled_work() flush_workqueue(system_wq)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_WORKQUEUE_H */

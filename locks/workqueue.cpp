// SPDX-License-Identifier: MIT
// Workqueues: making them, queueing, and waiting for all of one.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "locks/workqueue.h"

struct workqueue_struct *system_wq, *system_highpri_wq, *system_long_wq, *system_unbound_wq,
	*system_freezable_wq, *system_power_efficient_wq;

namespace {

// The pool that must get this instance, locked: the one where it runs now, for
// it must not run twice at once; else the one that was asked for.
struct work_pool *lock_pool_for(struct work_struct *work, struct work_pool *pool)
{
	struct work_pool *last = READ_ONCE(work->pool);

	if (last && last != pool) {
		raw_spin_lock(&last->lock);
		if (wq_find_worker(last, work))
			return last;
		raw_spin_unlock(&last->lock);
	}
	raw_spin_lock(&pool->lock);
	return pool;
}

struct work_pool *pool_for(int cpu, const struct workqueue_struct *wq)
{
	if (wq->flags & WQ_UNBOUND)
		return &wq_pools[kUnboundPool];
	return &wq_pools[cpu == WORK_CPU_UNBOUND ? hw_cpu_id() : static_cast<unsigned int>(cpu)];
}

} // namespace

void __init_work(struct work_struct *work, work_func_t func, const char *name,
		 struct lock_class_key *key)
{
	atomic_long_set(&work->data, 0);
	INIT_LIST_HEAD(&work->entry);
	work->func = func;
	work->pool = nullptr;
	work->wq = nullptr;
	work->color = 0;
	lockdep_init_map(&work->lockdep_map, name, key, 0);
}

void destroy_work_on_stack(struct work_struct *work)
{
	WARN_ONCE(work_pending(work), "work item destroyed while pending");
}

// Under the pool's lock.
void wq_move_linked(struct work_struct *work, struct list_head *to, struct list_head *from)
{
	for (;;) {
		struct list_head *next = work->entry.next;

		list_move_tail(&work->entry, to);
		if (next == from)
			return;
		work = list_entry(next, struct work_struct, entry);
		if (!(atomic_long_read(&work->data) & WORK_BARRIER))
			return;
	}
}

void wq_slot_release(struct work_pool *pool, struct workqueue_struct *wq)
{
	struct wq_slot *slot = &wq->slots[pool_number(pool)];
	struct work_struct *next;

	slot->nr_active--;
	if (list_empty(&slot->inactive) || slot->nr_active >= wq->max_active)
		return;
	next = list_first_entry(&slot->inactive, struct work_struct, entry);
	atomic_long_andnot(WORK_INACTIVE, &next->data);
	slot->nr_active++;
	wq_move_linked(next, &pool->worklist, &slot->inactive);
	wq_wake_worker(pool);
}

void wq_item_done(struct workqueue_struct *wq, int color)
{
	// Nothing of wq may be touched after it: it may be destroyed.
	if (atomic_dec_and_test(&wq->in_flight[color]))
		wake_up_all(&wq_flush_waiters);
}

void wq_insert(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	struct work_pool *pool;
	struct wq_slot *slot;
	unsigned long flags;

	local_irq_save(flags);
	pool = lock_pool_for(work, pool_for(cpu, wq));
	slot = &wq->slots[pool_number(pool)];
	WRITE_ONCE(work->pool, pool);
	work->wq = wq;
	work->color = READ_ONCE(wq->color);
	atomic_inc(&wq->in_flight[work->color]);
	hw_announce(EV_WORK_QUEUE, work, reinterpret_cast<unsigned long>(work->func),
		    __builtin_return_address(0));
	if (slot->nr_active < wq->max_active) {
		slot->nr_active++;
		list_add_tail(&work->entry, &pool->worklist);
		wq_wake_worker(pool);
	} else {
		atomic_long_or(WORK_INACTIVE, &work->data);
		list_add_tail(&work->entry, &slot->inactive);
	}
	raw_spin_unlock(&pool->lock);
	local_irq_restore(flags);
}

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	if (atomic_long_fetch_or(WORK_PENDING, &work->data) & WORK_PENDING)
		return false;
	wq_insert(cpu, wq, work);
	return true;
}

struct workqueue_struct *__alloc_workqueue(const char *fmt, unsigned int flags, int max_active,
					   ...)
{
	struct workqueue_struct *wq =
		static_cast<struct workqueue_struct *>(kzalloc(sizeof(*wq), GFP_KERNEL));
	va_list args;

	if (!wq)
		return nullptr;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	wq->flags = flags;
	wq->max_active = max_active ? min(max_active, WQ_MAX_ACTIVE) : WQ_DFL_ACTIVE;
	mutex_init(&wq->flush_mutex);
	for (struct wq_slot &slot : wq->slots)
		INIT_LIST_HEAD(&slot.inactive);
	lockdep_init_map(&wq->lockdep_map, wq->name, &wq->key, 0);
	return wq;
}

// Items queued from now on have the other color; then the old one runs dry.
void __flush_workqueue(struct workqueue_struct *wq)
{
	int old;

	might_sleep();
	lock_map_acquire(&wq->lockdep_map);
	lock_map_release(&wq->lockdep_map);
	mutex_lock(&wq->flush_mutex);
	old = wq->color;
	WRITE_ONCE(wq->color, !old);
	smp_mb(); // the flip, then the count
	wait_event(wq_flush_waiters, !atomic_read(&wq->in_flight[old]));
	smp_mb();
	mutex_unlock(&wq->flush_mutex);
}

void destroy_workqueue(struct workqueue_struct *wq)
{
	// Twice: items of the first round may have queued more.
	__flush_workqueue(wq);
	__flush_workqueue(wq);
	if (WARN_ON(atomic_read(&wq->in_flight[0]) || atomic_read(&wq->in_flight[1])))
		return;
	kfree(wq);
}

namespace {

int __init workqueue_init(void)
{
	system_wq = alloc_workqueue("events", 0, 0);
	system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, 0);
	if (!system_wq || !system_unbound_wq)
		return -ENOMEM;
	system_highpri_wq = system_long_wq = system_wq;
	system_freezable_wq = system_power_efficient_wq = system_wq;
	return 0;
}
early_initcall(workqueue_init);

} // namespace

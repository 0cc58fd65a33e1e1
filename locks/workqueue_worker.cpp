// SPDX-License-Identifier: MIT
// Workers: they take work from their pool's list, and sleep when there is none
// or enough others are awake.
//
// Concurrency management, per-CPU pools: as long as one worker is awake in an
// item no other starts one. When it sleeps (wq_worker_sleeping, called by the
// scheduler) an idle one is woken to take over. There must be an idle one: each
// worker that begins to work without one in reserve has one made, by a task
// whose only job that is, since making one sleeps.
#include <linux/bitops.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "kernel/core/upcalls.h"
#include "locks/workqueue.h"

struct work_pool wq_pools[kPools];
constinit struct wait_queue_head wq_flush_waiters =
	__WAIT_QUEUE_HEAD_INITIALIZER(wq_flush_waiters);

namespace {

struct task_struct *creator;
unsigned long wanted[BITS_TO_LONGS(kPools)]; // pools that want a worker, atomically

void ask_for_worker(struct work_pool *pool)
{
	if (!test_and_set_bit(pool_number(pool), wanted) && creator)
		wake_up_process(creator);
}

bool need_more_workers(struct work_pool *pool)
{
	return !list_empty(&pool->worklist) && !pool->nr_running;
}

// One item, its pool's lock held; dropped while the function runs.
void process_one(struct worker *worker, struct work_struct *work)
{
	struct work_pool *pool = worker->pool;
	struct workqueue_struct *wq = work->wq;
	struct lockdep_map map = work->lockdep_map; // the item may be freed by its function
	work_func_t func = work->func;
	int color = work->color;

	list_del_init(&work->entry);
	hw_announce(EV_WORK_DEQUEUE, work, 0, nullptr);
	worker->current_work = work;
	wq_wake_worker(pool); // an unbound pool has no limit
	// Full order: who finds it not pending queues it again, and we see that.
	(void)atomic_long_fetch_andnot(WORK_PENDING, &work->data);
	raw_spin_unlock_irq(&pool->lock);

	hw_announce(EV_WORK_START, work, reinterpret_cast<unsigned long>(func), nullptr);
	if (wq)
		lock_map_acquire(&wq->lockdep_map);
	lock_map_acquire(&map);
	func(work);
	lock_map_release(&map);
	if (wq)
		lock_map_release(&wq->lockdep_map);
	hw_announce(EV_WORK_END, work, reinterpret_cast<unsigned long>(func), nullptr);
	if (unlikely(in_atomic())) {
		WARN(1, "BUG: workqueue leaked lock or atomic: %s/0x%08x/%d", current->comm,
		     preempt_count(), current->pid);
		preempt_count_set(0);
	}
	cond_resched();

	raw_spin_lock_irq(&pool->lock);
	worker->current_work = nullptr;
	if (!wq)
		return;
	wq_slot_release(pool, wq);
	raw_spin_unlock_irq(&pool->lock);
	wq_item_done(wq, color);
	raw_spin_lock_irq(&pool->lock);
}

void process_scheduled(struct worker *worker)
{
	while (!list_empty(&worker->scheduled))
		process_one(worker,
			    list_first_entry(&worker->scheduled, struct work_struct, entry));
}

void work_while_needed(struct worker *worker)
{
	struct work_pool *pool = worker->pool;
	bool bound = pool_is_bound(pool);

	if (bound)
		pool->nr_running++;
	do {
		struct work_struct *work =
			list_first_entry(&pool->worklist, struct work_struct, entry);
		struct worker *busy = wq_find_worker(pool, work);

		// It never runs twice at once: whoever runs it runs it again.
		wq_move_linked(work, busy ? &busy->scheduled : &worker->scheduled,
			       &pool->worklist);
		process_scheduled(worker);
	} while (!list_empty(&pool->worklist) && pool->nr_running <= 1);
	if (bound)
		pool->nr_running--;
}

int worker_thread(void *data)
{
	struct worker *worker = static_cast<struct worker *>(data);
	struct work_pool *pool = worker->pool;

	current->worker = worker;
	current->flags |= PF_WQ_WORKER;
	raw_spin_lock_irq(&pool->lock);
	list_add(&worker->entry, &pool->workers);
	for (;;) {
		if (need_more_workers(pool)) {
			if (list_empty(&pool->idle_list))
				ask_for_worker(pool);
			work_while_needed(worker);
			continue;
		}
		list_add(&worker->idle, &pool->idle_list);
		set_current_state(TASK_IDLE);
		raw_spin_unlock_irq(&pool->lock);
		schedule();
		raw_spin_lock_irq(&pool->lock);
		list_del_init(&worker->idle);
	}
	return 0;
}

void create_worker(struct work_pool *pool)
{
	struct worker *worker =
		static_cast<struct worker *>(kzalloc(sizeof(*worker), GFP_KERNEL));
	unsigned int number = pool_number(pool), id = pool->nr_workers++;

	if (!worker)
		return;
	INIT_LIST_HEAD(&worker->entry);
	INIT_LIST_HEAD(&worker->idle);
	INIT_LIST_HEAD(&worker->scheduled);
	worker->pool = pool;
	if (pool_is_bound(pool))
		worker->task = kthread_create(worker_thread, worker, "kworker/%u:%u", number, id);
	else
		worker->task = kthread_create(worker_thread, worker, "kworker/u:%u", id);
	if (IS_ERR(worker->task)) {
		kfree(worker);
		return;
	}
	if (pool_is_bound(pool))
		kthread_bind(worker->task, number);
	wake_up_process(worker->task);
}

int creator_thread(void *)
{
	for (;;) {
		unsigned long number;

		set_current_state(TASK_IDLE);
		number = find_first_bit(wanted, kPools);
		if (number == kPools) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		clear_bit(static_cast<long>(number), wanted);
		create_worker(&wq_pools[number]);
	}
	return 0;
}

int __init workers_init(void)
{
	for (unsigned int n = 0; n < kPools; n++) {
		if (n >= nr_cpu_ids && n != kUnboundPool)
			continue;
		raw_spin_lock_init(&wq_pools[n].lock);
		INIT_LIST_HEAD(&wq_pools[n].worklist);
		INIT_LIST_HEAD(&wq_pools[n].workers);
		INIT_LIST_HEAD(&wq_pools[n].idle_list);
	}
	creator = kthread_run(creator_thread, nullptr, "kworker/create");
	return IS_ERR(creator) ? static_cast<int>(PTR_ERR(creator)) : 0;
}
early_initcall(workers_init);

} // namespace

struct worker *wq_find_worker(struct work_pool *pool, struct work_struct *work)
{
	struct worker *worker;

	list_for_each_entry(worker, &pool->workers, entry) {
		if (worker->current_work == work)
			return worker;
	}
	return nullptr;
}

void wq_wake_worker(struct work_pool *pool)
{
	if (!need_more_workers(pool))
		return;
	if (list_empty(&pool->idle_list))
		ask_for_worker(pool);
	else
		wake_up_process(list_first_entry(&pool->idle_list, struct worker, idle)->task);
}

// The scheduler's calls: current is a worker.

void wq_worker_sleeping(struct task_struct *task)
{
	struct worker *worker = static_cast<struct worker *>(task->worker);
	struct work_pool *pool = worker->pool;

	if (!READ_ONCE(worker->current_work) || !pool_is_bound(pool))
		return;
	raw_spin_lock_irq(&pool->lock);
	worker->asleep = true;
	pool->nr_running--;
	wq_wake_worker(pool);
	raw_spin_unlock_irq(&pool->lock);
}

void wq_worker_running(struct task_struct *task)
{
	struct worker *worker = static_cast<struct worker *>(task->worker);

	if (!READ_ONCE(worker->asleep))
		return;
	raw_spin_lock_irq(&worker->pool->lock);
	worker->asleep = false;
	worker->pool->nr_running++;
	raw_spin_unlock_irq(&worker->pool->lock);
}

struct work_struct *current_work(void)
{
	struct worker *worker = static_cast<struct worker *>(current->worker);

	return worker ? worker->current_work : nullptr;
}

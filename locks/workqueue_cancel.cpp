// SPDX-License-Identifier: MIT
// Waiting for one work item, cancelling it, and delayed items.
//
// Whoever sets PENDING owns the item until the worker clears it: a queuer, a
// timer, or a canceller. A canceller therefore takes a pending item out of its
// list and keeps PENDING; with _sync it keeps it until the running instance is
// over, so that the item cannot queue itself again.
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/kernel.h>

#include "locks/workqueue.h"

namespace {

struct barrier {
	struct work_struct work;
	struct completion done;
};

void barrier_func(struct work_struct *work) { complete(&container_of(work, barrier, work)->done); }

// Puts the barrier behind what work is now: the pending instance, or the
// running one. False if it is neither.
bool insert_barrier(struct work_struct *work, barrier *barr)
{
	struct work_pool *pool = READ_ONCE(work->pool);
	struct worker *worker;
	bool found = true;

	if (!pool)
		return false;
	raw_spin_lock_irq(&pool->lock);
	if (work->pool == pool && !list_empty(&work->entry)) {
		list_add(&barr->work.entry, &work->entry);
	} else {
		worker = wq_find_worker(pool, work);
		if (worker)
			list_add(&barr->work.entry, &worker->scheduled);
		else
			found = false;
	}
	raw_spin_unlock_irq(&pool->lock);
	return found;
}

// 1: was pending, 0: was not; PENDING is ours now. -EAGAIN: try again.
int grab_pending(struct work_struct *work, struct timer_list *timer)
{
	struct workqueue_struct *wq = nullptr;
	struct work_pool *pool;
	unsigned long flags;
	int color = 0;

	if (timer && timer_delete(timer))
		return 1;
	if (!(atomic_long_fetch_or(WORK_PENDING, &work->data) & WORK_PENDING))
		return 0;
	pool = READ_ONCE(work->pool);
	if (!pool)
		return -EAGAIN; // about to be put into a list
	raw_spin_lock_irqsave(&pool->lock, flags);
	if (work->pool == pool && !list_empty(&work->entry)) {
		wq = work->wq;
		color = work->color;
		if (atomic_long_fetch_andnot(WORK_INACTIVE, &work->data) & WORK_INACTIVE) {
			// Flushers' barriers behind it are to run all the same.
			wq_move_linked(work, &pool->worklist,
				       &wq->slots[pool_number(pool)].inactive);
			list_del_init(&work->entry);
			wq_wake_worker(pool);
		} else {
			list_del_init(&work->entry);
			wq_slot_release(pool, wq);
		}
		hw_announce(EV_WORK_DEQUEUE, work, 0, nullptr);
	}
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	if (!wq)
		return -EAGAIN;
	wq_item_done(wq, color);
	return 1;
}

bool canceling(struct work_struct *work)
{
	return atomic_long_read(&work->data) & WORK_CANCELING;
}

DECLARE_WAIT_QUEUE_HEAD(cancel_waiters);

int grab_for_sure(struct work_struct *work, struct timer_list *timer, bool may_sleep)
{
	int ret;

	while ((ret = grab_pending(work, timer)) < 0) {
		if (may_sleep && canceling(work))
			wait_event(cancel_waiters, !canceling(work));
		else
			cpu_relax();
	}
	return ret;
}

bool cancel(struct work_struct *work, struct timer_list *timer)
{
	int ret;

	// Somebody cancels it with _sync: it is not pending any more.
	if (canceling(work))
		return false;
	ret = grab_for_sure(work, timer, false);
	(void)atomic_long_fetch_andnot(WORK_PENDING, &work->data);
	return ret == 1;
}

bool cancel_sync(struct work_struct *work, struct timer_list *timer)
{
	int ret;

	might_sleep();
	ret = grab_for_sure(work, timer, true);
	atomic_long_or(WORK_CANCELING, &work->data);
	flush_work(work);
	(void)atomic_long_fetch_andnot(WORK_PENDING | WORK_CANCELING, &work->data);
	wake_up_all(&cancel_waiters);
	return ret == 1;
}

void start_timer(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
		 unsigned long delay)
{
	if (!delay) {
		wq_insert(cpu, wq, &dwork->work);
		return;
	}
	dwork->wq = wq;
	dwork->cpu = cpu;
	dwork->timer.expires = jiffies + delay;
	if (cpu == WORK_CPU_UNBOUND)
		add_timer(&dwork->timer);
	else
		add_timer_on(&dwork->timer, cpu);
}

} // namespace

bool flush_work(struct work_struct *work)
{
	barrier barr;

	might_sleep();
	lock_map_acquire(&work->lockdep_map);
	lock_map_release(&work->lockdep_map);
	INIT_WORK_ONSTACK(&barr.work, barrier_func);
	atomic_long_set(&barr.work.data, WORK_PENDING | WORK_BARRIER);
	init_completion(&barr.done);
	if (!insert_barrier(work, &barr))
		return false;
	wait_for_completion(&barr.done);
	return true;
}

bool flush_delayed_work(struct delayed_work *dwork)
{
	if (timer_delete_sync(&dwork->timer))
		wq_insert(dwork->cpu, dwork->wq, &dwork->work);
	return flush_work(&dwork->work);
}

bool cancel_work(struct work_struct *work) { return cancel(work, nullptr); }
bool cancel_work_sync(struct work_struct *work) { return cancel_sync(work, nullptr); }

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, &dwork->timer);
}

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_sync(&dwork->work, &dwork->timer);
}

void delayed_work_timer_fn(struct timer_list *timer)
{
	struct delayed_work *dwork = container_of(timer, struct delayed_work, timer);

	wq_insert(dwork->cpu, dwork->wq, &dwork->work);
}

bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	if (atomic_long_fetch_or(WORK_PENDING, &dwork->work.data) & WORK_PENDING)
		return false;
	start_timer(cpu, wq, dwork, delay);
	return true;
}

bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	int ret;

	if (canceling(&dwork->work))
		return false;
	ret = grab_for_sure(&dwork->work, &dwork->timer, false);
	start_timer(cpu, wq, dwork, delay);
	return ret == 1;
}

namespace {

void rcu_work_func(struct rcu_head *head)
{
	struct rcu_work *rwork = container_of(head, struct rcu_work, rcu);

	wq_insert(WORK_CPU_UNBOUND, rwork->wq, &rwork->work);
}

} // namespace

bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork)
{
	if (atomic_long_fetch_or(WORK_PENDING, &rwork->work.data) & WORK_PENDING)
		return false;
	rwork->wq = wq;
	call_rcu(&rwork->rcu, rcu_work_func);
	return true;
}

// 1: pending, 2: running, both or none.
unsigned int work_busy(struct work_struct *work)
{
	struct work_pool *pool = READ_ONCE(work->pool);
	unsigned int busy = work_pending(work) ? 1 : 0;
	unsigned long flags;

	if (!pool)
		return busy;
	raw_spin_lock_irqsave(&pool->lock, flags);
	if (wq_find_worker(pool, work))
		busy |= 2;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return busy;
}

// SPDX-License-Identifier: MIT
// Those who wait for a reader-writer semaphore.
//
// The list is in order of arrival. Readers are *given* the semaphore by whoever
// wakes them (waiter->task becomes null); a writer is only woken, and takes it
// itself. So a writer that spins may overtake a sleeping one, until that one,
// having waited for kWaitMax, sets HANDOFF: then nobody but the first waiter
// may take it.
//
// [P] A reader may be given it by somebody else at any moment until its task
// is null; what it did before it slept and what the waker did are ordered by
// the release of task and its acquire.
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/sched/wake_q.h>

#include "locks/rwsem.h"

namespace {

constexpr unsigned long kWaitMax = DIV_ROUND_UP(HZ, 250); // jiffies: 4 ms
constexpr int kReadersWokenMax = 256;

enum WaiterType { kReader, kWriter };

struct rwsem_waiter {
	struct list_head list;
	struct task_struct *task;
	WaiterType type;
	bool handoff_set;
	unsigned long timeout; // jiffies
};

enum WakeType {
	kWakeAny,	 // nobody has it
	kWakeReaders,	 // readers may have it, a writer may come in between
	kWakeReadOwned,	 // we have it as a reader, so no writer can come
};

// All of these under wait_lock.

struct rwsem_waiter *first_waiter(struct rw_semaphore *sem)
{
	return list_first_entry(&sem->wait_list, struct rwsem_waiter, list);
}

void prepare(struct rwsem_waiter *waiter, WaiterType type)
{
	waiter->task = current;
	waiter->type = type;
	waiter->handoff_set = false;
	waiter->timeout = jiffies + kWaitMax;
}

// Counts one reader in before looking who else: a writer may have stolen it.
bool grant_first_reader(struct rw_semaphore *sem, struct rwsem_waiter *waiter)
{
	long count = atomic_long_fetch_add(RWSEM_READER_BIAS, &sem->count);
	long undo = -RWSEM_READER_BIAS;

	if (likely(!(count & RWSEM_WRITER_LOCKED))) {
		rwsem_set_reader_owned(sem, waiter->task);
		return true;
	}
	if (time_after(jiffies, waiter->timeout)) {
		if (!(count & RWSEM_FLAG_HANDOFF))
			undo += RWSEM_FLAG_HANDOFF;
		waiter->handoff_set = true;
	}
	atomic_long_add(undo, &sem->count);
	return false;
}

// Wakes the first writer, or all readers (up to the limit) if a reader is first.
void mark_wake(struct rw_semaphore *sem, WakeType type, struct wake_q_head *wake_q)
{
	struct rwsem_waiter *waiter = first_waiter(sem), *tmp;
	long adjustment = 0;
	int woken = 0;
	LIST_HEAD(readers);

	if (waiter->type == kWriter) {
		if (type == kWakeAny)
			wake_q_add(wake_q, waiter->task);
		return;
	}
	if (type != kWakeReadOwned) {
		if (!grant_first_reader(sem, waiter))
			return;
		adjustment = -RWSEM_READER_BIAS; // the first is counted already
	}
	list_for_each_entry_safe(waiter, tmp, &sem->wait_list, list) {
		if (waiter->type == kWriter)
			continue;
		list_move_tail(&waiter->list, &readers);
		if (++woken >= kReadersWokenMax)
			break;
	}
	adjustment += woken * RWSEM_READER_BIAS;
	if (list_empty(&sem->wait_list))
		adjustment -= RWSEM_FLAG_WAITERS;
	// Whoever was owed the hand-over has it, or is not the first any more.
	if (atomic_long_read(&sem->count) & RWSEM_FLAG_HANDOFF)
		adjustment -= RWSEM_FLAG_HANDOFF;
	atomic_long_add(adjustment, &sem->count);

	list_for_each_entry_safe(waiter, tmp, &readers, list) {
		struct task_struct *task = get_task_struct(waiter->task);

		// [P] From here on the waiter, and with it its list entry, may be gone.
		smp_store_release(&waiter->task, static_cast<struct task_struct *>(nullptr));
		wake_q_add_safe(wake_q, task);
	}
}

// After count changed in our favour, or might have.
void cond_wake(struct rw_semaphore *sem, long count, struct wake_q_head *wake_q)
{
	if (!(count & RWSEM_WRITER_LOCKED))
		mark_wake(sem, count & RWSEM_READER_MASK ? kWakeReaders : kWakeAny, wake_q);
}

void give_up(struct rw_semaphore *sem, struct rwsem_waiter *waiter, struct wake_q_head *wake_q)
{
	bool first = first_waiter(sem) == waiter;

	list_del(&waiter->list);
	if (list_empty(&sem->wait_list))
		atomic_long_andnot(RWSEM_FLAG_HANDOFF | RWSEM_FLAG_WAITERS, &sem->count);
	else if (first)
		mark_wake(sem, kWakeAny, wake_q);
}

// One try of a queued writer; takes it off the list on success.
__no_tick bool try_write_queued(struct rw_semaphore *sem, struct rwsem_waiter *waiter,
				unsigned long ip)
{
	struct rwsem_waiter *first = first_waiter(sem);
	long count = atomic_long_read(&sem->count), next;

	do {
		bool handoff = count & RWSEM_FLAG_HANDOFF;

		if (handoff && first->handoff_set && waiter != first)
			return false;
		next = count;
		if (count & RWSEM_LOCK_MASK) {
			if (handoff || !time_after(jiffies, waiter->timeout))
				return false;
			next |= RWSEM_FLAG_HANDOFF;
		} else {
			next |= RWSEM_WRITER_LOCKED;
			next &= ~RWSEM_FLAG_HANDOFF;
			if (list_is_singular(&sem->wait_list))
				next &= ~RWSEM_FLAG_WAITERS;
		}
	} while (!atomic_long_try_cmpxchg_acquire(&sem->count, &count, next));

	if (next & RWSEM_FLAG_HANDOFF) {
		first->handoff_set = true;
		return false;
	}
	lock_acquired(&sem->dep_map, ip);
	list_del(&waiter->list);
	rwsem_set_owner(sem);
	return true;
}

// Optimistic spinning, without wait_lock.

// While a writer has it and runs. False if waiting asleep is better. A writer
// that has let go and ended is not freed while preemption is off here.
bool spin_on_writer(struct rw_semaphore *sem)
{
	for (;;) {
		long owner = atomic_long_read(&sem->owner);

		if (!owner)
			return true;
		if (owner & RWSEM_READER_OWNED)
			return false;
		if (need_resched() || !READ_ONCE(reinterpret_cast<task_struct *>(owner)->on_cpu))
			return false;
		cpu_relax();
	}
}

__no_tick bool try_write_unqueued(struct rw_semaphore *sem, unsigned long ip)
{
	long count = atomic_long_read(&sem->count);

	while (!(count & (RWSEM_LOCK_MASK | RWSEM_FLAG_HANDOFF))) {
		if (atomic_long_try_cmpxchg_acquire(&sem->count, &count,
						    count | RWSEM_WRITER_LOCKED)) {
			lock_acquired(&sem->dep_map, ip);
			rwsem_set_owner(sem);
			return true;
		}
	}
	return false;
}

bool spin_for_write(struct rw_semaphore *sem, unsigned long ip)
{
	bool taken = false;

	if (!osq_spinning() || need_resched() || !spin_on_writer(sem) || !osq_lock(&sem->osq))
		return false;
	while (spin_on_writer(sem)) {
		taken = try_write_unqueued(sem, ip);
		// No owner and not free: readers come or go, or a hand-over is due.
		if (taken || need_resched() || (atomic_long_read(&sem->count) &
						(RWSEM_READER_MASK | RWSEM_FLAG_HANDOFF)))
			break;
		cpu_relax();
	}
	osq_unlock(&sem->osq);
	return taken;
}

// Sleeps until we were given it. 0 or -EINTR.
int wait_as_reader(struct rw_semaphore *sem, struct rwsem_waiter *waiter, unsigned int state)
{
	DEFINE_WAKE_Q(wake_q);

	for (;;) {
		set_current_state(state);
		if (!smp_load_acquire(&waiter->task)) // [P]
			return 0;
		if (signal_pending_state(state, current)) {
			raw_spin_lock_irq(&sem->wait_lock);
			bool given = !waiter->task;

			if (!given)
				give_up(sem, waiter, &wake_q);
			raw_spin_unlock_irq(&sem->wait_lock);
			wake_up_q(&wake_q);
			return given ? 0 : -EINTR;
		}
		schedule_preempt_disabled();
	}
}

} // namespace

int rwsem_down_read_slowpath(struct rw_semaphore *sem, long count, unsigned int state,
			     unsigned long ip)
{
	long adjustment = -RWSEM_READER_BIAS;
	struct rwsem_waiter waiter;
	DEFINE_WAKE_Q(wake_q);
	int err;

	prepare(&waiter, kReader);
	raw_spin_lock_irq(&sem->wait_lock);
	if (list_empty(&sem->wait_list)) {
		// Nobody waits: counted already, a reader needs no more than
		// that the writer has left meanwhile.
		count = atomic_long_read(&sem->count);
		if (!(count & RWSEM_WRITER_LOCKED)) {
			smp_acquire__after_ctrl_dep();
			raw_spin_unlock_irq(&sem->wait_lock);
			lock_acquired(&sem->dep_map, ip);
			rwsem_set_reader_owned(sem, current);
			return 0;
		}
		adjustment += RWSEM_FLAG_WAITERS;
	}
	list_add_tail(&waiter.list, &sem->wait_list);
	// No reader any more, but a waiter; wake whom our coming and going missed.
	count = atomic_long_add_return(adjustment, &sem->count);
	cond_wake(sem, count, &wake_q);
	raw_spin_unlock_irq(&sem->wait_lock);
	wake_up_q(&wake_q);

	err = wait_as_reader(sem, &waiter, state);
	__set_current_state(TASK_RUNNING);
	if (!err)
		lock_acquired(&sem->dep_map, ip);
	return err;
}

int rwsem_down_write_slowpath(struct rw_semaphore *sem, unsigned int state, unsigned long ip)
{
	struct rwsem_waiter waiter;
	DEFINE_WAKE_Q(wake_q);
	int err = 0;

	if (spin_for_write(sem, ip))
		return 0;

	prepare(&waiter, kWriter);
	raw_spin_lock_irq(&sem->wait_lock);
	list_add_tail(&waiter.list, &sem->wait_list);
	if (first_waiter(sem) == &waiter)
		atomic_long_or(RWSEM_FLAG_WAITERS, &sem->count);
	else
		cond_wake(sem, atomic_long_read(&sem->count), &wake_q);
	// What was to be woken is woken before we sleep: at most once.
	raw_spin_unlock_irq(&sem->wait_lock);
	wake_up_q(&wake_q);
	wake_q_init(&wake_q);

	set_current_state(state);
	raw_spin_lock_irq(&sem->wait_lock);
	while (!try_write_queued(sem, &waiter, ip)) {
		if (signal_pending_state(state, current)) {
			give_up(sem, &waiter, &wake_q);
			err = -EINTR;
			break;
		}
		raw_spin_unlock_irq(&sem->wait_lock);
		schedule_preempt_disabled();
		set_current_state(state);
		raw_spin_lock_irq(&sem->wait_lock);
	}
	__set_current_state(TASK_RUNNING);
	raw_spin_unlock_irq(&sem->wait_lock);
	wake_up_q(&wake_q);
	return err;
}

namespace {

void wake(struct rw_semaphore *sem, WakeType type)
{
	unsigned long flags;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	if (!list_empty(&sem->wait_list))
		mark_wake(sem, type, &wake_q);
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
	wake_up_q(&wake_q);
}

} // namespace

void rwsem_wake(struct rw_semaphore *sem) { wake(sem, kWakeAny); }
void rwsem_wake_readers(struct rw_semaphore *sem) { wake(sem, kWakeReadOwned); }

// SPDX-License-Identifier: MIT
// Inside workqueues: pools, workers, and what the three files share.
//
// A pool is a list of work and the workers that serve it; there is one a CPU
// and one for work without a CPU. A workqueue is what users see: it limits how
// many of its items a pool may work on (max_active); the others wait in its
// slot of that pool.
#pragma once

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

constexpr unsigned int kUnboundPool = NR_CPUS;
constexpr unsigned int kPools = NR_CPUS + 1;
constexpr long WORK_INACTIVE = 8; // in work->data: waits in a slot

struct worker {
	// guarded by the pool's lock:
	struct list_head entry; // in the pool's workers
	struct list_head idle;	// in the pool's idle_list while it has nothing to do
	struct list_head scheduled; // work that only this worker may do
	struct work_struct *current_work;
	bool asleep; // in an item: not counted as running

	// constant:
	struct task_struct *task;
	struct work_pool *pool;
};

struct work_pool {
	raw_spinlock_t lock;
	// guarded by lock:
	struct list_head worklist;
	struct list_head workers;
	struct list_head idle_list;
	unsigned int nr_running; // workers in an item and awake; bound pools only
	unsigned int nr_workers;
};

struct wq_slot {
	int nr_active;
	struct list_head inactive;
};

struct workqueue_struct {
	// constant:
	char name[24];
	unsigned int flags;
	int max_active;
	struct lock_class_key key;
	struct lockdep_map lockdep_map;

	struct mutex flush_mutex; // one flusher at a time
	int color;		  // of items queued now; written by the flusher
	atomic_t in_flight[2];	  // items of each color not yet done

	struct wq_slot slots[kPools]; // guarded by that pool's lock
};

extern struct work_pool wq_pools[kPools];
extern struct wait_queue_head wq_flush_waiters; // an in_flight became 0

static inline unsigned int pool_number(const struct work_pool *pool)
{
	return static_cast<unsigned int>(pool - wq_pools);
}

static inline bool pool_is_bound(const struct work_pool *pool)
{
	return pool_number(pool) != kUnboundPool;
}

// All under the pool's lock.
struct worker *wq_find_worker(struct work_pool *pool, struct work_struct *work);
// Work with the flushers' barriers behind it, to the end of another list.
void wq_move_linked(struct work_struct *work, struct list_head *to, struct list_head *from);
// If work waits and nobody works: an idle worker is woken, or one is asked for.
void wq_wake_worker(struct work_pool *pool);
// One item less of wq is being worked on in this pool: the next may.
void wq_slot_release(struct work_pool *pool, struct workqueue_struct *wq);

// No pool's lock held. One item of wq is over.
void wq_item_done(struct workqueue_struct *wq, int color);
// PENDING is ours: puts it into the list where it belongs.
void wq_insert(int cpu, struct workqueue_struct *wq, struct work_struct *work);

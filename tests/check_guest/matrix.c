// SPDX-License-Identifier: MIT
/*
 * Every mistake with every kind of lock: `kind` and `what` choose one cell of
 * the matrix in matrix_test.cpp. Two locks a and b, each of its own class, and
 * two of one class, p and q.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu-rwsem.h>
#include <linux/rtmutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct lock {
	union {
		spinlock_t spin;
		raw_spinlock_t raw;
		rwlock_t rw;
		seqlock_t seq;
		struct mutex mutex;
		struct rw_semaphore sem;
		struct rt_mutex rt;
		struct semaphore counting;
		struct percpu_rw_semaphore percpu;
	};
};

struct kind {
	void (*init_a)(struct lock *l);
	void (*init_b)(struct lock *l);
	void (*lock)(struct lock *l);
	void (*unlock)(struct lock *l);
	void (*lock_irq)(struct lock *l); /* NULL: no such thing */
	void (*unlock_irq)(struct lock *l);
	void (*lock_nested)(struct lock *l);
	bool (*trylock)(struct lock *l);
};

/* One initialisation site is one class. */
#define INIT(name, call)                                                     \
	static void name##_init_a(struct lock *l) { call; }                  \
	static void name##_init_b(struct lock *l) { call; }
#define LOCK(name, lock_call, unlock_call)                                   \
	static void k_##name##_lock(struct lock *l) { lock_call; }               \
	static void k_##name##_unlock(struct lock *l) { unlock_call; }
#define IRQ(name, lock_call, unlock_call)                                    \
	static void k_##name##_lock_irq(struct lock *l) { lock_call; }           \
	static void k_##name##_unlock_irq(struct lock *l) { unlock_call; }
#define NESTED(name, call) static void k_##name##_nested(struct lock *l) { call; }
#define TRY(name, expression) static bool k_##name##_try(struct lock *l) { return expression; }

INIT(spin, spin_lock_init(&l->spin));
LOCK(spin, spin_lock(&l->spin), spin_unlock(&l->spin));
IRQ(spin, spin_lock_irq(&l->spin), spin_unlock_irq(&l->spin));
NESTED(spin, spin_lock_nested(&l->spin, SINGLE_DEPTH_NESTING));
TRY(spin, spin_trylock(&l->spin));

INIT(raw, raw_spin_lock_init(&l->raw));
LOCK(raw, raw_spin_lock(&l->raw), raw_spin_unlock(&l->raw));
IRQ(raw, raw_spin_lock_irq(&l->raw), raw_spin_unlock_irq(&l->raw));
NESTED(raw, raw_spin_lock_nested(&l->raw, SINGLE_DEPTH_NESTING));
TRY(raw, raw_spin_trylock(&l->raw));

INIT(rw, rwlock_init(&l->rw));
LOCK(write, write_lock(&l->rw), write_unlock(&l->rw));
IRQ(write, write_lock_irq(&l->rw), write_unlock_irq(&l->rw));
NESTED(write, write_lock_nested(&l->rw, SINGLE_DEPTH_NESTING));
TRY(write, write_trylock(&l->rw));
LOCK(read, read_lock(&l->rw), read_unlock(&l->rw));
IRQ(read, read_lock_irq(&l->rw), read_unlock_irq(&l->rw));
TRY(read, read_trylock(&l->rw));

INIT(seq, seqlock_init(&l->seq));
LOCK(seq, write_seqlock(&l->seq), write_sequnlock(&l->seq));
IRQ(seq, write_seqlock_irq(&l->seq), write_sequnlock_irq(&l->seq));

INIT(mutex, mutex_init(&l->mutex));
LOCK(mutex, mutex_lock(&l->mutex), mutex_unlock(&l->mutex));
NESTED(mutex, mutex_lock_nested(&l->mutex, SINGLE_DEPTH_NESTING));
TRY(mutex, mutex_trylock(&l->mutex));

INIT(sem, init_rwsem(&l->sem));
LOCK(semw, down_write(&l->sem), up_write(&l->sem));
NESTED(semw, down_write_nested(&l->sem, SINGLE_DEPTH_NESTING));
TRY(semw, down_write_trylock(&l->sem));
LOCK(semr, down_read(&l->sem), up_read(&l->sem));
NESTED(semr, down_read_nested(&l->sem, SINGLE_DEPTH_NESTING));
TRY(semr, down_read_trylock(&l->sem));

INIT(rt, rt_mutex_init(&l->rt));
LOCK(rt, rt_mutex_lock(&l->rt), rt_mutex_unlock(&l->rt));
NESTED(rt, rt_mutex_lock_nested(&l->rt, SINGLE_DEPTH_NESTING));
TRY(rt, rt_mutex_trylock(&l->rt));

INIT(counting, sema_init(&l->counting, 1));
LOCK(counting, down(&l->counting), up(&l->counting));
TRY(counting, down_trylock(&l->counting) == 0);

INIT(percpu, WARN_ON(percpu_init_rwsem(&l->percpu)));
LOCK(percpuw, percpu_down_write(&l->percpu), percpu_up_write(&l->percpu));
LOCK(percpur, percpu_down_read(&l->percpu), percpu_up_read(&l->percpu));
TRY(percpur, percpu_down_read_trylock(&l->percpu));

#define SPINS(name, init) { init##_init_a, init##_init_b, k_##name##_lock, k_##name##_unlock, \
			    k_##name##_lock_irq, k_##name##_unlock_irq,              \
			    k_##name##_nested, k_##name##_try }
#define SLEEPS(name, init) { init##_init_a, init##_init_b, k_##name##_lock, k_##name##_unlock, \
			     NULL, NULL, k_##name##_nested, k_##name##_try }

/* As in matrix_test.cpp. */
static const struct kind kinds[] = {
	SPINS(spin, spin),
	SPINS(raw, raw),
	SPINS(write, rw),
	{ rw_init_a, rw_init_b, k_read_lock, k_read_unlock, k_read_lock_irq,
	  k_read_unlock_irq, NULL, k_read_try },
	{ seq_init_a, seq_init_b, k_seq_lock, k_seq_unlock, k_seq_lock_irq,
	  k_seq_unlock_irq, NULL, NULL },
	SLEEPS(mutex, mutex),
	SLEEPS(semw, sem),
	SLEEPS(semr, sem),
	SLEEPS(rt, rt),
	{ counting_init_a, counting_init_b, k_counting_lock, k_counting_unlock, NULL, NULL, NULL,
	  k_counting_try },
	{ percpu_init_a, percpu_init_b, k_percpuw_lock, k_percpuw_unlock, NULL, NULL, NULL, NULL },
	{ percpu_init_a, percpu_init_b, k_percpur_lock, k_percpur_unlock, NULL, NULL, NULL,
	  k_percpur_try },
};

static int what, kind;
module_param(what, int, 0);
module_param(kind, int, 0);

static struct lock a, b, p, q, *heap;
static const struct kind *k;
static struct irq_work in_hardirq_work;
static struct timer_list timer;
static struct mutex outer_mutex;
static raw_spinlock_t outer_raw;
static spinlock_t outer_spin;
static void in_order(void)
{
	for (int i = 0; i < 2; i++) {
		k->lock(&a);
		k->lock(&b);
		k->unlock(&b);
		k->unlock(&a);
	}
}

static void against_order(void)
{
	in_order();
	k->lock(&b);
	k->lock(&a);
	k->unlock(&a);
	k->unlock(&b);
}

static void twice(void)
{
	k->lock(&a);
	k->lock(&a);
	k->unlock(&a);
	k->unlock(&a);
}

static void two_of_a_class(void)
{
	k->lock(&p);
	k->lock(&q);
	k->unlock(&q);
	k->unlock(&p);
}

static void nested(void)
{
	k->lock(&p);
	k->lock_nested(&q);
	k->unlock(&q);
	k->unlock(&p);
}

static void try_against_order(void)
{
	in_order();
	k->lock(&b);
	if (k->trylock(&a))
		k->unlock(&a);
	k->unlock(&b);
}

static void sleep_inside(void)
{
	k->lock(&a);
	msleep(1);
	k->unlock(&a);
}

static void mutex_inside(void)
{
	k->lock(&a);
	mutex_lock(&outer_mutex);
	mutex_unlock(&outer_mutex);
	k->unlock(&a);
}

static void inside_raw(void)
{
	raw_spin_lock(&outer_raw);
	k->lock(&a);
	k->unlock(&a);
	raw_spin_unlock(&outer_raw);
}

static void inside_spin(void)
{
	spin_lock(&outer_spin);
	k->lock(&a);
	k->unlock(&a);
	spin_unlock(&outer_spin);
}

static void inside_mutex(void)
{
	mutex_lock(&outer_mutex);
	k->lock(&a);
	k->unlock(&a);
	mutex_unlock(&outer_mutex);
}

static void hardirq_takes_a(struct irq_work *work)
{
	k->lock(&a);
	k->unlock(&a);
}

static void softirq_takes_a(struct timer_list *unused)
{
	k->lock(&a);
	k->unlock(&a);
}

static void hardirq_too(void)
{
	k->lock(&a);
	k->unlock(&a);
	irq_work_queue(&in_hardirq_work);
	irq_work_sync(&in_hardirq_work);
}

static void hardirq_too_irqs_off(void)
{
	k->lock_irq(&a);
	k->unlock_irq(&a);
	irq_work_queue(&in_hardirq_work);
	irq_work_sync(&in_hardirq_work);
}

static void softirq_too(void)
{
	k->lock(&a);
	k->unlock(&a);
	mod_timer(&timer, jiffies + 1);
	msleep(20);
}

static void softirq_too_bh_off(void)
{
	local_bh_disable();
	k->lock(&a);
	k->unlock(&a);
	local_bh_enable();
	mod_timer(&timer, jiffies + 1);
	msleep(20);
}

/* b is taken in hardirqs; a is not safe there, and nests outside b's holder. */
static void unsafe_inside_safe(void)
{
	k->lock_irq(&a); /* a: in hardirq below */
	k->unlock_irq(&a);
	irq_work_queue(&in_hardirq_work);
	irq_work_sync(&in_hardirq_work);
	k->lock(&b); /* b: with interrupts on */
	k->unlock(&b);
	k->lock_irq(&a);
	k->lock(&b);
	k->unlock(&b);
	k->unlock_irq(&a);
}

static void unlock_of_free(void)
{
	k->unlock(&a);
}

static struct completion locked, done;

static int other_unlocks(void *unused)
{
	wait_for_completion(&locked);
	k->unlock(&a);
	complete(&done);
	return 0;
}

static void unlock_by_another(void)
{
	wake_up_process(kthread_create_on_cpu(other_unlocks, NULL, 0, "actor"));
	k->lock(&a);
	complete(&locked);
	while (!completion_done(&done))
		cpu_relax();
}

static void exit_with_it(void)
{
	k->lock(&a);
}

static void freed_while_held(void)
{
	heap = kzalloc(sizeof(*heap), GFP_KERNEL);
	k->init_a(heap);
	k->lock(heap);
	kfree(heap);
}

static void initialised_while_held(void)
{
	k->lock(&a);
	k->init_a(&a);
}

static void (*const scenarios[])(void) = {
	in_order,	   against_order,	 twice,		       two_of_a_class,
	nested,		   try_against_order,	 sleep_inside,	       mutex_inside,
	inside_raw,	   inside_spin,		 inside_mutex,	       hardirq_too,
	hardirq_too_irqs_off, softirq_too,	 softirq_too_bh_off,   unsafe_inside_safe,
	unlock_of_free,	   unlock_by_another,	 exit_with_it,	       freed_while_held,
	initialised_while_held,
};

static int actor(void *unused)
{
	scenarios[what]();
	return 0;
}

static int __init matrix_init(void)
{
	struct task_struct *task;

	k = &kinds[kind];
	k->init_a(&a);
	k->init_b(&b);
	k->init_a(&p);
	k->init_a(&q);
	mutex_init(&outer_mutex);
	raw_spin_lock_init(&outer_raw);
	spin_lock_init(&outer_spin);
	init_completion(&locked);
	init_completion(&done);
	init_irq_work(&in_hardirq_work, hardirq_takes_a);
	timer_setup(&timer, softirq_takes_a, 0);
	task = kthread_create_on_cpu(actor, NULL, 1, "actor");
	if (IS_ERR(task))
		return PTR_ERR(task);
	wake_up_process(task);
	return 0;
}

static void __exit matrix_exit(void)
{
	del_timer_sync(&timer);
}

module_init(matrix_init);
module_exit(matrix_exit);
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: MIT
/*
 * The contract of mutual exclusion, for whichever primitive `kind` names: as
 * many tasks as `tasks`, each `rounds` times inside, alone.
 *
 * Inside, the counter is changed by a plain read and a plain write with steps
 * between: whoever gets in beside another loses an update or is seen.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu-rwsem.h>
#include <linux/rtmutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/ww_mutex.h>

static char *kind = "spinlock";
module_param(kind, charp, 0);
static int tasks = 2;
module_param(tasks, int, 0);
static int rounds = 20;
module_param(rounds, int, 0);

static DEFINE_WW_CLASS(ww_class);
DEFINE_STATIC_PERCPU_RWSEM(percpu_sem);

static struct {
	spinlock_t spin;
	raw_spinlock_t raw;
	rwlock_t rw;
	seqlock_t seq;
	struct mutex mutex;
	struct rt_mutex rt;
	struct ww_mutex ww;
	struct rw_semaphore rwsem;
	struct semaphore sem;
	unsigned long flags; /* of the holder */

	int inside;
	long counter;
	atomic_t refused;
	atomic_t running;
} s;

static DECLARE_COMPLETION(start);
static DECLARE_COMPLETION(all_done);

struct primitive {
	const char *name;
	void (*lock)(void);
	int (*trylock)(void); /* 1: have it */
	void (*unlock)(void);
};

static void save_and_take(void)
{
	unsigned long flags;

	spin_lock_irqsave(&s.spin, flags);
	s.flags = flags;
}

static void give_and_restore(void)
{
	spin_unlock_irqrestore(&s.spin, s.flags);
}

#define PRIMITIVE(id, lock_expr, try_expr, unlock_expr)			\
	static void take_##id(void) { lock_expr; }			\
	static int try_##id(void) { return try_expr; }		\
	static void give_##id(void) { unlock_expr; }

PRIMITIVE(spin, spin_lock(&s.spin), spin_trylock(&s.spin), spin_unlock(&s.spin))
PRIMITIVE(spin_bh, spin_lock_bh(&s.spin), spin_trylock_bh(&s.spin), spin_unlock_bh(&s.spin))
PRIMITIVE(spin_irq, spin_lock_irq(&s.spin), spin_trylock_irq(&s.spin), spin_unlock_irq(&s.spin))
PRIMITIVE(irqsave, save_and_take(), 0, give_and_restore())
PRIMITIVE(raw, raw_spin_lock(&s.raw), raw_spin_trylock(&s.raw), raw_spin_unlock(&s.raw))
PRIMITIVE(rw, write_lock(&s.rw), write_trylock(&s.rw), write_unlock(&s.rw))
PRIMITIVE(seq, write_seqlock(&s.seq), 0, write_sequnlock(&s.seq))
PRIMITIVE(mutex, mutex_lock(&s.mutex), mutex_trylock(&s.mutex), mutex_unlock(&s.mutex))
PRIMITIVE(rt, rt_mutex_lock(&s.rt), rt_mutex_trylock(&s.rt), rt_mutex_unlock(&s.rt))
PRIMITIVE(ww, (void)!ww_mutex_lock(&s.ww, NULL), ww_mutex_trylock(&s.ww, NULL),
	  ww_mutex_unlock(&s.ww))
PRIMITIVE(rwsem, down_write(&s.rwsem), down_write_trylock(&s.rwsem), up_write(&s.rwsem))
PRIMITIVE(percpu, percpu_down_write(&percpu_sem), 0, percpu_up_write(&percpu_sem))
PRIMITIVE(nothing, , 0, )
PRIMITIVE(sem, down(&s.sem), !down_trylock(&s.sem), up(&s.sem))

#define ENTRY(name, id) { name, take_##id, try_##id, give_##id }
static const struct primitive primitives[] = {
	ENTRY("spinlock", spin),	 ENTRY("spinlock_bh", spin_bh),
	ENTRY("spinlock_irq", spin_irq), ENTRY("spinlock_irqsave", irqsave),
	ENTRY("raw_spinlock", raw),	 ENTRY("rwlock", rw),
	ENTRY("seqlock", seq),		 ENTRY("mutex", mutex),
	ENTRY("rt_mutex", rt),		 ENTRY("ww_mutex", ww),
	ENTRY("rwsem", rwsem),		 ENTRY("semaphore", sem),
	ENTRY("percpu_rwsem", percpu),	 ENTRY("nothing", nothing),
};

static const struct primitive *chosen;

static void critical_section(void)
{
	if (s.inside++)
		pr_err("%s: two inside\n", kind);
	s.counter = s.counter + 1;
	s.inside--;
}

static int worker(void *unused)
{
	int i;

	wait_for_completion(&start);
	for (i = 0; i < rounds; i++) {
		/* Every third time politely, if the primitive knows how. */
		if (i % 3 || !chosen->trylock()) {
			if (i % 3 == 0)
				atomic_inc(&s.refused);
			chosen->lock();
		}
		critical_section();
		chosen->unlock();
	}
	if (atomic_dec_and_test(&s.running))
		complete(&all_done);
	return 0;
}

static int __init exclusion_init(void)
{
	unsigned int n;
	int i;

	spin_lock_init(&s.spin);
	raw_spin_lock_init(&s.raw);
	rwlock_init(&s.rw);
	seqlock_init(&s.seq);
	mutex_init(&s.mutex);
	rt_mutex_init(&s.rt);
	ww_mutex_init(&s.ww, &ww_class);
	init_rwsem(&s.rwsem);
	sema_init(&s.sem, 1);

	for (n = 0; n < ARRAY_SIZE(primitives); n++) {
		if (!strcmp(primitives[n].name, kind))
			chosen = &primitives[n];
	}
	if (!chosen)
		return -EINVAL;
	atomic_set(&s.running, tasks);
	for (i = 0; i < tasks; i++)
		kthread_run(worker, NULL, "worker%d", i);
	complete_all(&start);
	wait_for_completion(&all_done);
	if (s.counter != (long)tasks * rounds)
		pr_err("%s: %ld of %d updates\n", kind, s.counter, tasks * rounds);
	else
		pr_info("%s: every one of %ld updates\n", kind, s.counter);
	return 0;
}
module_init(exclusion_init);

// SPDX-License-Identifier: MIT
/*
 * The contract of mutual exclusion, for whichever primitive `kind` names: as
 * many tasks as `tasks`, each `rounds` times inside, alone. Whatever is broken
 * of it is a WARN, or the machine hangs.
 *
 * Inside, the counter is changed by a plain read and a plain write with steps
 * between: whoever gets in beside another loses an update or is seen. A lock
 * that nobody holds can be had by trying. With `irq` a handler of the device
 * "dev" goes in as well. With `overtakes` nobody who wants the lock is overtaken
 * more often. With `pin` each task has a CPU of its own.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu-rwsem.h>
#include <linux/platform_device.h>
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
static bool irq, pin;
module_param(irq, bool, 0);
module_param(pin, bool, 0);
static long overtakes;
module_param(overtakes, long, 0);

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

	int inside, handled;
	long counter, most_overtaken;
	atomic_t refused;
	atomic_t running;
} s;

static DECLARE_COMPLETION(start);
static DECLARE_COMPLETION(all_done);

struct primitive {
	const char *name;
	void (*lock)(void);
	void (*unlock)(void);
	int (*trylock)(void); /* 1: have it */
	bool try_counts; /* it can be had by trying */
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

#define ENTRY(name, id)	       { name, take_##id, give_##id, try_##id, true }
#define ENTRY_NO_TRY(name, id) { name, take_##id, give_##id, try_##id, false }
static const struct primitive primitives[] = {
	ENTRY("spinlock", spin),
	ENTRY("spinlock_bh", spin_bh),
	ENTRY("spinlock_irq", spin_irq),
	ENTRY_NO_TRY("spinlock_irqsave", irqsave),
	ENTRY("raw_spinlock", raw),
	ENTRY("rwlock", rw),
	ENTRY_NO_TRY("seqlock", seq),
	ENTRY("mutex", mutex),
	ENTRY("rt_mutex", rt),
	ENTRY("ww_mutex", ww),
	ENTRY("rwsem", rwsem),
	ENTRY("semaphore", sem),
	ENTRY_NO_TRY("percpu_rwsem", percpu),
	ENTRY_NO_TRY("nothing", nothing),
};

static const struct primitive *chosen;

static void critical_section(void)
{
	WARN(s.inside++, "%s: two inside", kind);
	s.counter = s.counter + 1;
	s.inside--;
}

static void visit(int i)
{
	long before = data_race(s.counter);

	/* Every third time politely, if the primitive knows how. */
	if (i % 3 || !chosen->trylock()) {
		if (i % 3 == 0)
			atomic_inc(&s.refused);
		chosen->lock();
	}
	if (s.counter - before > s.most_overtaken)
		s.most_overtaken = s.counter - before;
	critical_section();
	chosen->unlock();
}

/* Nobody is there yet. */
static void free_lock_is_to_be_had(void)
{
	if (chosen->try_counts) {
		WARN(!chosen->trylock(), "%s: free, but not to be had", kind);
		/* A failed spin_trylock_irq() switches interrupts on. */
		WARN(!irqs_disabled() && chosen->trylock(), "%s: had twice", kind);
		chosen->unlock();
	}
}

/* Only for locks that keep interrupts away from those inside. */
static irqreturn_t handler(int line, void *dev)
{
	spin_lock(&s.spin);
	s.handled++;
	critical_section();
	spin_unlock(&s.spin);
	return IRQ_HANDLED;
}

static int worker(void *unused)
{
	int i;

	wait_for_completion(&start);
	for (i = 0; i < rounds; i++)
		visit(i);
	if (atomic_dec_and_test(&s.running))
		complete(&all_done);
	return 0;
}

static int line;

static void begin(int i)
{
	if (pin)
		wake_up_process(kthread_create_on_cpu(
			worker, NULL, (unsigned int)i % num_online_cpus(), "worker/%u"));
	else
		kthread_run(worker, NULL, "worker%d", i);
}

static void conclude(void)
{
	long updates = (long)tasks * rounds + s.handled;

	if (WARN(s.counter != updates, "%s: %ld of %ld updates", kind, s.counter, updates))
		return;
	pr_info("%s: every one of %ld updates\n", kind, s.counter);
	WARN(overtakes && s.most_overtaken > overtakes, "%s: overtaken %ld times", kind,
	     s.most_overtaken);
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
	free_lock_is_to_be_had();
	if (irq) {
		line = platform_get_irq_byname(NULL, "dev");
		if (request_irq((unsigned int)line, handler, 0, "dev", &line))
			return -EINVAL;
	}
	atomic_set(&s.running, tasks);
	for (i = 0; i < tasks; i++)
		begin(i);
	complete_all(&start);
	wait_for_completion(&all_done);
	if (irq)
		free_irq((unsigned int)line, &line);
	conclude();
	return 0;
}
module_init(exclusion_init);

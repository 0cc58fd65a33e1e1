// SPDX-License-Identifier: MIT
/*
 * Readers beside a writer, for whichever primitive `kind` names. CPU 0 writes
 * `turns` updates of two words, each of its own; the other CPUs read until it
 * is done. Whoever sees one word without the other, or an object that was freed,
 * warns.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu-rwsem.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/string.h>

static char *kind = "rwlock";
module_param(kind, charp, 0);
static long turns = 1000;
module_param(turns, long, 0);

#define FREED -1

struct pair {
	long a, b;
	struct rcu_head rcu;
};

static struct pair now;	   /* under the lock of the kind */
static struct pair *shown; /* rcu and srcu replace it whole */

static DEFINE_RWLOCK(rwlock);
static DEFINE_SEQLOCK(seqlock);
static DECLARE_RWSEM(rwsem);
DEFINE_STATIC_PERCPU_RWSEM(percpu_sem);
DEFINE_STATIC_SRCU(srcu);

static bool stop;
static atomic_t running;
static DECLARE_COMPLETION(all_done);

static bool is(const char *name)
{
	return !strcmp(kind, name);
}

static void set(struct pair *p, long value)
{
	WRITE_ONCE(p->a, value);
	WRITE_ONCE(p->b, value);
}

static void judge(const struct pair *p)
{
	long b = READ_ONCE(p->b), a = READ_ONCE(p->a);

	WARN_ONCE(a != b || a == FREED, "%s: a reader saw %ld and %ld\n", kind, a, b);
}

static void free_pair(struct rcu_head *head)
{
	struct pair *p = container_of(head, struct pair, rcu);

	set(p, FREED);
	kfree(p);
}

static void replace(long value)
{
	struct pair *old = rcu_dereference_protected(shown, 1);
	struct pair *next = kmalloc(sizeof(*next), GFP_KERNEL);

	if (WARN_ON(!next))
		return;
	set(next, value);
	rcu_assign_pointer(shown, next);
	if (is("srcu")) {
		synchronize_srcu(&srcu);
		free_pair(&old->rcu);
	} else if (value % 1024 == 0) {
		synchronize_rcu();
		free_pair(&old->rcu);
	} else {
		call_rcu(&old->rcu, free_pair);
	}
}

static void write(long value)
{
	if (is("rwlock")) {
		write_lock(&rwlock);
		set(&now, value);
		write_unlock(&rwlock);
	} else if (is("seqlock")) {
		write_seqlock(&seqlock);
		set(&now, value);
		write_sequnlock(&seqlock);
	} else if (is("rwsem")) {
		down_write(&rwsem);
		set(&now, value);
		up_write(&rwsem);
	} else if (is("percpu_rwsem")) {
		percpu_down_write(&percpu_sem);
		set(&now, value);
		percpu_up_write(&percpu_sem);
	} else if (is("nothing")) {
		set(&now, value);
	} else {
		replace(value);
	}
}

static void look(void)
{
	struct pair seen;
	unsigned int seq;
	int idx;

	if (is("rwlock")) {
		read_lock(&rwlock);
		judge(&now);
		read_unlock(&rwlock);
	} else if (is("seqlock")) {
		do {
			seq = read_seqbegin(&seqlock);
			seen.a = READ_ONCE(now.a);
			seen.b = READ_ONCE(now.b);
		} while (read_seqretry(&seqlock, seq));
		judge(&seen);
	} else if (is("rwsem")) {
		down_read(&rwsem);
		judge(&now);
		up_read(&rwsem);
	} else if (is("percpu_rwsem")) {
		percpu_down_read(&percpu_sem);
		judge(&now);
		percpu_up_read(&percpu_sem);
	} else if (is("rcu")) {
		rcu_read_lock();
		judge(rcu_dereference(shown));
		rcu_read_unlock();
	} else if (is("srcu")) {
		idx = srcu_read_lock(&srcu);
		judge(srcu_dereference(shown, &srcu));
		srcu_read_unlock(&srcu, idx);
	} else {
		judge(&now);
	}
}

static void leave(void)
{
	if (atomic_dec_and_test(&running))
		complete(&all_done);
}

static int writer(void *unused)
{
	long i;

	for (i = 1; i <= turns; i++)
		write(i);
	WRITE_ONCE(stop, true);
	leave();
	return 0;
}

static int reader(void *unused)
{
	while (!READ_ONCE(stop)) {
		look();
		cond_resched();
	}
	leave();
	return 0;
}

static int __init readers_init(void)
{
	unsigned int cpu;

	shown = kzalloc(sizeof(*shown), GFP_KERNEL);
	if (!shown)
		return -ENOMEM;
	atomic_set(&running, (int)num_online_cpus());
	for (cpu = 0; cpu < num_online_cpus(); cpu++)
		wake_up_process(kthread_create_on_cpu(cpu ? reader : writer, NULL, cpu, "pair/%u"));
	wait_for_completion(&all_done);
	rcu_barrier();
	pr_info("%s: readers saw every update whole\n", kind);
	kfree(shown);
	return 0;
}

module_init(readers_init);
MODULE_LICENSE("GPL");

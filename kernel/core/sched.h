/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_SCHED_H
#define KERNEL_CORE_SCHED_H
/*
 * The scheduler's inside: runqueues, and who may touch what.
 *
 * Locks: p->pi_lock, then rq->lock. A task that is queued is stable under its
 * runqueue's lock; one that sleeps under its pi_lock; one in transit between two
 * runqueues (TASK_ON_RQ_MIGRATING) belongs to the CPU that moves it, which has
 * interrupts off and waits for nobody but a runqueue's lock.
 *
 * A task's life on a CPU: on_cpu is 1 from before the switch to it until after
 * the switch away from it has left its stack. Waking it up elsewhere waits for 0.
 */
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct rq {
	raw_spinlock_t lock;

	/* guarded by lock: */
	list_head rt;	/* runnable, not running; by priority, then by turn */
	list_head fair; /* the same, all others; by turn */
	unsigned int nr_running; /* with the running one, without idle; read by anybody */
	bool push;		 /* switched_from may not stay on this CPU */
	task_struct *curr;	 /* read by anybody */
	task_struct *switched_from; /* between the two halves of a switch */

	/* constant after boot */
	unsigned int cpu;
	task_struct *idle;

	/* this CPU only */
	unsigned long nr_switches;
};

DECLARE_PER_CPU(struct rq, runqueues);

#define cpu_rq(cpu) (&per_cpu(runqueues, (cpu)))
#define this_rq() raw_cpu_ptr(&runqueues)
#define task_rq(p) cpu_rq(task_cpu(p))

/* CPUs with nothing to run, and with more than one task; atomic, kept in step with
 * nr_running under each runqueue's lock. */
extern struct cpumask idle_cpus, busy_cpus;

enum preempt_model { PREEMPT_NONE, PREEMPT_VOLUNTARY, PREEMPT_FULL };
extern enum preempt_model preempt_model; /* constant after boot */

/* runqueue.cpp; all with rq->lock held */
void activate_task(rq *rq, task_struct *p);
/* The running one, or dequeued; on_rq is what it becomes: 0 or MIGRATING. */
void deactivate_task(rq *rq, task_struct *p, int on_rq);
void enqueue_task(rq *rq, task_struct *p, bool head);
void dequeue_task(rq *rq, task_struct *p);
void put_prev_task(rq *rq, task_struct *prev, bool preempted);
task_struct *pick_next_task(rq *rq);
void resched_curr(rq *rq);
void check_preempt_curr(rq *rq, task_struct *p);
int slice_of(const task_struct *p);

/* Locks the runqueue that p is on, pi_lock first. */
rq *task_rq_lock(task_struct *p, unsigned long *flags);
void task_rq_unlock(rq *rq, task_struct *p, unsigned long *flags);
rq *__task_rq_lock(task_struct *p); /* pi_lock is held */

/* affinity.cpp */
bool may_run_on(const task_struct *p, unsigned int cpu);
unsigned long allowed_cpus(const task_struct *p);
void set_task_cpu(task_struct *p, unsigned int cpu); /* announces the move */
void push_task(task_struct *p); /* MIGRATING, interrupts off */

/* wakeup.cpp */
unsigned int select_task_rq(const task_struct *p);

/* balance.cpp */
void newidle_balance(rq *rq); /* lock held, dropped and retaken */
void trigger_load_balance(rq *rq, bool idle);

/* tick.cpp calls, interrupts off */
void scheduler_tick(void);

/* schedule.cpp */
void schedule_tail(void);
void schedule_idle(void);
void preempt_schedule_irq(void);
[[noreturn]] void do_task_dead(void);
void scheduler_ipi(void);

/* task.cpp */
task_struct *copy_task(void (*entry)(void *), const char *comm, unsigned int flags);
void free_task(task_struct *p); /* its memory: nobody may look at it any more */
void init_idle(task_struct *p, unsigned int cpu);
extern task_struct idle_tasks[NR_CPUS]; /* [0] is unused: init_task */


#endif /* KERNEL_CORE_SCHED_H */

// SPDX-License-Identifier: MIT
// Stopper threads, and the steps in which they stop the machine together.
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/stop_machine.h>

namespace {

// Of one call, shared by its works.
struct Done {
	atomic_t todo;
	atomic_t ret;
	completion all;
};

struct Work {
	list_head entry; // guarded by its stopper's lock
	cpu_stop_fn_t fn;
	void *arg;
	Done *done;
};

struct Stopper {
	raw_spinlock_t lock;
	list_head works; // guarded by lock, oldest first
	task_struct *thread;
};

Stopper stoppers[NR_CPUS];

DEFINE_MUTEX(stop_mutex); // one call that stops several CPUs at a time; the threads' birth
bool ready;		  // written under stop_mutex

// What all stoppers of one call do, in step: a state begins when every one of
// them has acknowledged the one before.
enum State { kNone, kPrepare, kDisableIrq, kRun, kExit };

struct Multi {
	cpu_stop_fn_t fn;
	void *data;
	unsigned int threads;
	const cpumask *active; // who calls fn
	atomic_t acks;	       // still to come in this state
	int state;
};

void set_state(Multi *m, int state)
{
	atomic_set(&m->acks, static_cast<int>(m->threads));
	smp_store_release(&m->state, state);
}

void acknowledge(Multi *m)
{
	if (atomic_dec_and_test(&m->acks))
		set_state(m, m->state + 1);
}

// In a stopper thread, on every CPU of the call at once.
int stop_together(void *arg)
{
	auto *m = static_cast<Multi *>(arg);
	const bool runs = cpumask_test_cpu(static_cast<unsigned>(smp_processor_id()), m->active);
	int seen = kNone, ret = 0;
	unsigned long flags;

	local_save_flags(flags);
	do {
		cpu_relax();
		const int state = smp_load_acquire(&m->state);
		if (state == seen)
			continue;
		seen = state;
		if (seen == kDisableIrq)
			local_irq_disable();
		if (seen == kRun && runs)
			ret = m->fn(m->data);
		if (seen != kExit)
			acknowledge(m);
	} while (seen != kExit);
	local_irq_restore(flags);
	return ret;
}

Work *next_work(Stopper *stopper)
{
	Work *work;

	raw_spin_lock_irq(&stopper->lock);
	work = list_first_entry_or_null(&stopper->works, Work, entry);
	if (work)
		list_del_init(&work->entry);
	raw_spin_unlock_irq(&stopper->lock);
	return work;
}

int stopper_thread(void *arg)
{
	auto *stopper = static_cast<Stopper *>(arg);

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		Work *work = next_work(stopper);
		if (!work) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		Done *done = work->done;
		preempt_disable();
		const int ret = work->fn(work->arg);
		preempt_enable();
		if (ret)
			atomic_set(&done->ret, ret);
		if (atomic_dec_and_test(&done->todo))
			complete(&done->all);
	}
}

// With stop_mutex held.
int make_stoppers()
{
	const sched_param highest = { MAX_RT_PRIO - 1 };
	unsigned int cpu;

	if (ready)
		return 0;
	for_each_possible_cpu(cpu) {
		Stopper *stopper = &stoppers[cpu];

		if (stopper->thread)
			continue;
		raw_spin_lock_init(&stopper->lock);
		INIT_LIST_HEAD(&stopper->works);
		task_struct *thread =
			kthread_create_on_cpu(stopper_thread, stopper, cpu, "migration/%u");
		if (IS_ERR(thread))
			return -ENOMEM;
		sched_setscheduler_nocheck(thread, SCHED_FIFO, &highest);
		stopper->thread = thread;
		wake_up_process(thread);
	}
	smp_store_release(&ready, true);
	return 0;
}

int stoppers_ready()
{
	if (smp_load_acquire(&ready))
		return 0;
	guard(mutex)(&stop_mutex);
	return make_stoppers();
}

void begin(Done *done, int works)
{
	atomic_set(&done->todo, works);
	atomic_set(&done->ret, 0);
	init_completion(&done->all);
}

int end(Done *done)
{
	wait_for_completion(&done->all);
	return atomic_read(&done->ret);
}

void queue(unsigned int cpu, Work *work, cpu_stop_fn_t fn, void *arg, Done *done)
{
	Stopper *stopper = &stoppers[cpu];
	unsigned long flags;

	work->fn = fn;
	work->arg = arg;
	work->done = done;
	raw_spin_lock_irqsave(&stopper->lock, flags);
	list_add_tail(&work->entry, &stopper->works);
	raw_spin_unlock_irqrestore(&stopper->lock, flags);
	wake_up_process(stopper->thread);
}

// With stop_mutex held: two calls' stoppers in different orders on two CPUs would
// wait for each other for ever.
int stop_cpus(const cpumask *cpus, Multi *m)
{
	static Work works[NR_CPUS]; // guarded by stop_mutex
	unsigned int cpu;
	Done done;

	m->threads = cpumask_weight(cpus);
	set_state(m, kPrepare);
	begin(&done, static_cast<int>(m->threads));
	// Not preempted here by a stopper that waits for those not yet queued.
	preempt_disable();
	for_each_cpu(cpu, cpus)
		queue(cpu, &works[cpu], stop_together, m, &done);
	preempt_enable();
	return end(&done);
}

} // namespace

int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg)
{
	Work work;
	Done done;

	might_sleep();
	if (!cpu_online(cpu))
		return -ENOENT;
	if (const int err = stoppers_ready())
		return err;
	begin(&done, 1);
	queue(cpu, &work, fn, arg, &done);
	return end(&done);
}

int stop_two_cpus(unsigned int cpu1, unsigned int cpu2, cpu_stop_fn_t fn, void *arg)
{
	Multi m = { fn, arg, 0, cpumask_of(cpu1), ATOMIC_INIT(0), kNone };
	cpumask both = CPU_MASK_NONE;

	if (!cpu_online(cpu1) || !cpu_online(cpu2))
		return -ENOENT;
	guard(mutex)(&stop_mutex);
	if (const int err = make_stoppers())
		return err;
	__cpumask_set_cpu(cpu1, &both);
	__cpumask_set_cpu(cpu2, &both);
	return stop_cpus(&both, &m);
}

int stop_machine(cpu_stop_fn_t fn, void *data, const cpumask *cpus)
{
	const cpumask *first = cpumask_of(cpumask_first(cpu_online_mask));
	Multi m = { fn, data, 0, cpus ? cpus : first, ATOMIC_INIT(0), kNone };

	guard(mutex)(&stop_mutex);
	if (const int err = make_stoppers())
		return err;
	return stop_cpus(cpu_online_mask, &m);
}

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H
/*
 * Device interrupts, softirqs and tasklets.
 *
 * A handler runs in hardirq context with interrupts off, on the CPU that the line
 * is routed to; the same line is never handled twice at once. Lines have numbers
 * 0-23; platform_get_irq_byname() finds a device's.
 *
 * Locks: each line has a raw spinlock, taken with interrupts off, which guards its
 * handlers' list, how deep it is disabled, and its entry in the I/O APIC. It is not
 * held while a handler runs. Softirqs and tasklets have none: what is pending belongs
 * to its CPU, interrupts off.
 *
 * Order: free_irq(), disable_irq() and synchronize_irq() return when no handler
 * of the line runs any more: they must not be called with a lock held that the
 * handler takes, nor from the handler. Context: they may sleep.
 */
#include <linux/bottom_half.h>
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/irqreturn.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct task_struct;

#define IRQF_TRIGGER_NONE 0x00000000
#define IRQF_TRIGGER_RISING 0x00000001
#define IRQF_TRIGGER_FALLING 0x00000002
#define IRQF_TRIGGER_HIGH 0x00000004
#define IRQF_TRIGGER_LOW 0x00000008
#define IRQF_TRIGGER_MASK 0x0000000f
#define IRQF_SHARED 0x00000080
#define IRQF_PERCPU 0x00000400
#define IRQF_NOBALANCING 0x00000800
#define IRQF_ONESHOT 0x00002000
#define IRQF_NO_THREAD 0x00010000
#define IRQF_NO_AUTOEN 0x00080000

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	struct irqaction *next; /* guarded by the line's lock */
	irq_handler_t thread_fn;
	struct task_struct *thread;
	unsigned int irq;
	unsigned int flags;
	unsigned long thread_flags; /* atomic bits, see irq_thread.cpp */
	const char *name;
};

/* 0, -EBUSY if the line is taken and not shared by both, -EINVAL, -ENOMEM. */
int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long flags, const char *name, void *dev_id);
static inline int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			      const char *name, void *dev_id)
{
	return request_threaded_irq(irq, handler, NULL, flags, name, dev_id);
}
const void *free_irq(unsigned int irq, void *dev_id);
/* Nest. What comes while disabled is handled when enabled: once, however often it came. */
void disable_irq(unsigned int irq);
void disable_irq_nosync(unsigned int irq);
void enable_irq(unsigned int irq);

/**
 * request_nmi - a line that is not stopped by local_irq_disable()
 *
 * Its handler runs in NMI context on top of anything, and may take no lock that
 * others hold: spin_trylock() only. IRQF_PERCPU must be among the flags, and
 * IRQF_SHARED not. 0, -EINVAL, -EBUSY, -ENOMEM. Which line raised an NMI is not
 * known: all their handlers are called, and say IRQ_NONE if it was not theirs.
 *
 * Unlike Linux: every line of the controller can deliver NMIs.
 */
int request_nmi(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		void *dev_id);
const void *free_nmi(unsigned int irq, void *dev_id); /* waits as free_irq() does */
void enable_nmi(unsigned int irq);
void disable_nmi_nosync(unsigned int irq);
int irq_set_affinity(unsigned int irq, const struct cpumask *mask);

enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,

	NR_SOFTIRQS
};

struct softirq_action {
	void (*action)(struct softirq_action *);
};
extern const char *const softirq_to_name[NR_SOFTIRQS];

/**
 * open_softirq - say what a softirq does
 *
 * Its action runs with interrupts on and softirqs off, after a hardirq, at the
 * end of local_bh_disable(), or in ksoftirqd; at once on several CPUs.
 */
void open_softirq(int nr, void (*action)(struct softirq_action *));
void raise_softirq(unsigned int nr);
void raise_softirq_irqoff(unsigned int nr); /* interrupts are off */
void __raise_softirq_irqoff(unsigned int nr); /* and somebody will run them */
unsigned int local_softirq_pending(void);
struct task_struct *this_cpu_ksoftirqd(void);

/*
 * Tasklets: a function of one's own in a softirq, on one CPU at a time. Scheduling
 * one that is scheduled does nothing; while it runs, it will run once more.
 */
struct tasklet_struct {
	struct tasklet_struct *next; /* the CPU that it is scheduled on, irqs off */
	unsigned long state;	     /* TASKLET_STATE_*, atomic bits */
	atomic_t count;		     /* runs only while 0 */
	bool use_callback;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

enum { TASKLET_STATE_SCHED, TASKLET_STATE_RUN };

#define DECLARE_TASKLET(name, _callback)                                       \
	struct tasklet_struct name = { NULL, 0, ATOMIC_INIT(0), true,          \
				       { .callback = (_callback) }, 0 }
#define DECLARE_TASKLET_DISABLED(name, _callback)                              \
	struct tasklet_struct name = { NULL, 0, ATOMIC_INIT(1), true,          \
				       { .callback = (_callback) }, 0 }
#define DECLARE_TASKLET_OLD(name, _func)                                       \
	struct tasklet_struct name = { NULL, 0, ATOMIC_INIT(0), false, { .func = (_func) }, 0 }
#define from_tasklet(var, callback_tasklet, tasklet_fieldname)                 \
	container_of(callback_tasklet, __typeof__(*var), tasklet_fieldname)

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);
void tasklet_schedule(struct tasklet_struct *t);
void tasklet_hi_schedule(struct tasklet_struct *t);
void tasklet_disable(struct tasklet_struct *t); /* waits while it runs */
void tasklet_disable_nosync(struct tasklet_struct *t);
void tasklet_enable(struct tasklet_struct *t);
void tasklet_kill(struct tasklet_struct *t); /* waits until it has run; sleeps */
void tasklet_unlock_wait(struct tasklet_struct *t);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_INTERRUPT_H */

/* SPDX-License-Identifier: MIT */
#ifndef CPU_EVENTS_H
#define CPU_EVENTS_H
/*
 * Kinds of events: the vocabulary of the trace, shared by both sides.
 *
 * Announced by the guest (hw_announce) or written by the machine itself (M).
 * "object" and "arg" say what the two fields carry; unused ones are 0. pc is
 * the guest address to blame. Values are part of the trace format: append,
 * never renumber.
 */
#include <stdint.h>

enum ev_kind {
	EV_NONE = 0,

	/* Steps (M). object: address; arg: values, see sim/core/event.h. */
	EV_READ = 1,
	EV_WRITE = 2,
	EV_LOAD = 3,   /* marked read */
	EV_STORE = 4,  /* marked write */
	EV_RMW = 5,    /* read-modify-write that succeeded */
	EV_RMW_FAIL = 6, /* cmpxchg that did not store */
	EV_FENCE = 7,  /* arg: enum hw_fence */
	EV_RELAX = 8,
	EV_INSN = 9,   /* other instructions; arg: enum ev_insn */

	/* Lock events. object: struct lockdep_map; arg: LOCK_ARG(). */
	EV_LOCK_ACQUIRE = 16,   /* wanted: about to try */
	EV_LOCK_CONTENDED = 17, /* the try failed: about to wait */
	EV_LOCK_ACQUIRED = 18,
	EV_LOCK_RELEASE = 19,
	EV_LOCK_NEST = 20,  /* precedes ACQUIRE; arg: nest_lock's map */
	EV_LOCK_INIT = 21,  /* lock (re)initialised; arg: its key */
	EV_LOCK_SET_CLASS = 22, /* arg: key | subclass << 48 */
	EV_LOCK_DOWNGRADE = 23,
	EV_LOCK_PIN = 24,
	EV_LOCK_UNPIN = 25,
	EV_LOCK_DESTROY = 26,

	/* Spinning (M). object: first location waited for. */
	EV_SPIN_BEGIN = 32,
	EV_SPIN_END = 33, /* arg: 1 woken by a value, 2 by an interrupt */

	/* Interrupts. arg: vector unless said otherwise. */
	EV_IRQ_RAISE = 40,  /* (M) object: source or line */
	EV_IRQ_DELIVER = 41, /* (M) CPU takes it */
	EV_IRQ_EOI = 42,    /* (M) */
	EV_IPI_SEND = 43,   /* (M) object: target CPU */
	EV_HARDIRQ_ENTER = 44, /* object: struct irqaction or 0; arg: irq */
	EV_HARDIRQ_EXIT = 45,
	EV_SOFTIRQ_ENTER = 46, /* arg: softirq number */
	EV_SOFTIRQ_EXIT = 47,
	EV_NMI_ENTER = 48,
	EV_NMI_EXIT = 49,
	EV_SOFTIRQ_RAISE = 50, /* arg: softirq number */
	EV_TASKLET_ENTER = 51, /* object: tasklet; arg: function */
	EV_TASKLET_EXIT = 52,
	EV_TIMER_ENTER = 53,   /* object: timer; arg: function */
	EV_TIMER_EXIT = 54,
	EV_IRQS_OFF = 55,      /* (M) */
	EV_IRQS_ON = 56,       /* (M) */
	EV_PREEMPT_OFF = 57,   /* count 0 -> 1 */
	EV_PREEMPT_ON = 58,
	EV_BH_OFF = 59,
	EV_BH_ON = 60,
	EV_IRQ_REQUEST = 61, /* object: name string; arg: irq */

	/* Tasks. object: struct task_struct. */
	EV_TASK_NEW = 64,    /* arg: pid | prio << 32; pc: comm string address */
	EV_TASK_SWITCH = 65, /* object: next; arg: previous task's state */
	EV_TASK_WAKE = 66,   /* arg: target CPU */
	EV_TASK_EXIT = 67,   /* arg: code */
	EV_TASK_BLOCK = 68,  /* about to sleep; arg: state */
	EV_TASK_MIGRATE = 69, /* arg: from | to << 8 */
	EV_TASK_PREEMPT = 70,
	EV_TASK_START = 71,  /* stands before its own function; pc: the function */
	EV_TASK_COMM = 72,   /* pc: comm string address */
	EV_TASK_PRIO = 73,   /* arg: effective priority */
	EV_TASK_SIGNAL = 74, /* arg: signal */

	/* Functions of the user's image and what they call (M). */
	EV_FUNC_ENTER = 80, /* object: call site; pc: the function */
	EV_FUNC_EXIT = 81,

	/* RCU. object: 0 for RCU itself, else what belongs to an srcu_struct. */
	EV_RCU_LOCK = 96,
	EV_RCU_UNLOCK = 97,
	EV_RCU_QS = 98,       /* arg: cpu */
	EV_RCU_GP_START = 99, /* arg: sequence */
	EV_RCU_GP_END = 100,
	EV_RCU_QUEUE = 101,   /* object: head; arg: function */
	EV_RCU_INVOKE = 102,
	EV_RCU_SYNC_BEGIN = 103,
	EV_RCU_SYNC_END = 104,
	EV_RCU_BLOCKED = 105, /* object: task that left the CPU inside a reader */
	EV_RCU_DEREF = 106,   /* object: pointer; arg: 1 right, 0 needs a reader, 2 wrong */
	EV_RCU_INVOKED = 107, /* callback returned */

	/* Memory. object: address; arg: size. */
	EV_ALLOC = 112, /* pc: the caller */
	EV_FREE = 113,
	EV_CACHE_NEW = 114, /* object: kmem_cache; arg: size */

	/* Work items and other things worth a lane. */
	EV_WORK_QUEUE = 120, /* object: work; arg: function */
	EV_WORK_START = 121,
	EV_WORK_END = 122,
	EV_MIGHT_SLEEP = 123, /* object: file; arg: line | preempt offset << 32 */
	EV_CONTEXT_ASSERT = 124, /* arg: 1 smp_processor_id, 2 cant_sleep, ... */
	EV_RACE_ASSERT = 125, /* ASSERT_EXCLUSIVE_*; arg: size | kind << 32 */
	EV_DATA_RACE_OFF = 126, /* data_race() begins */
	EV_DATA_RACE_ON = 127,
	EV_WORK_DEQUEUE = 128, /* on no list any more: about to start, or cancelled */

	/* What went wrong, what was said, where the run stands (M). */
	EV_REPORT = 136,  /* arg: index of the finding */
	EV_CONSOLE = 137, /* arg: index of the log line */
	EV_INIT_DONE = 138, /* arg: module_init's result (guest) */
	EV_EXIT_BEGIN = 139, /* module_exit begins (guest) */
	EV_EXIT_DONE = 140,
	EV_INPUT = 141, /* something the user did; arg: its index */
};

/* arg of EV_LOCK_*: Linux's arguments of lock_acquire(). */
#define LOCK_ARG(subclass, trylock, read, check) \
	((uint64_t)(subclass) | (uint64_t)(trylock) << 8 | (uint64_t)(read) << 16 | \
	 (uint64_t)(check) << 24)
#define LOCK_ARG_SUBCLASS(a) ((unsigned)(a) & 0xff)
#define LOCK_ARG_TRYLOCK(a)  ((unsigned)((a) >> 8) & 0xff)
#define LOCK_ARG_READ(a)     ((unsigned)((a) >> 16) & 0xff)
#define LOCK_ARG_CHECK(a)    ((unsigned)((a) >> 24) & 0xff)

enum ev_insn {
	INSN_HALT, INSN_IRQ_ENABLE, INSN_SWITCH, INSN_CPU_START, INSN_BOOT, INSN_IO,
	INSN_TICKS, /* many basic blocks without a step */
};

#endif /* CPU_EVENTS_H */

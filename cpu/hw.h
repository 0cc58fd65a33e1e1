/* SPDX-License-Identifier: MIT */
#ifndef CPU_HW_H
#define CPU_HW_H
/*
 * The hardware ABI: all that the guest sees of the machine.
 *
 * The guest (kernel, locks, lessons, users' modules) is compiled into images
 * whose undefined symbols are exactly the hw_* functions below; a test says
 * so. The header compiles as C11 and as C++20 and needs only <stdint.h>.
 *
 * Rules
 *  - Every call marked [step] is one step of the machine: the CPU declares it,
 *    the arbiter is asked, other CPUs may run, an interrupt may be taken, and
 *    only then it happens. Calls not marked are not choices: nothing comes
 *    between the step before them and themselves.
 *  - Plain loads and stores of ordinary C are steps as well. They come in
 *    through the compiler's hooks (cpu/runtime.c, linked hidden into every
 *    image); nobody calls hw_access() by hand.
 *  - The task may stand on another CPU after any [step]: preemption is an
 *    interrupt that switched.
 *  - Addresses outside the guest window oops before they are touched.
 *
 * The surprising thing: interrupts run as nested calls on the current stack,
 * from inside whichever hook noticed them, as on the real machine.
 */
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ memory */

/* The guest window. Everything a guest may touch lies in it. */
#define HW_WINDOW_START 0x10000000ul
#define HW_WINDOW_END	0x70000000ul
#define HW_KERNEL_BASE	0x10000000ul /* kernel image */
#define HW_MODULE_BASE	0x11000000ul /* the module's image */
#define HW_PERCPU_BASE	0x14000000ul /* per-CPU areas, laid out by the guest */
#define HW_PERCPU_AREA	0x10000ul    /* of one CPU, for one image */
#define HW_RAM_START	0x20000000ul /* pages for the guest's allocator */
#define HW_RAM_END	0x40000000ul
#define HW_STACK_START	0x40000000ul /* one slot per context */
#define HW_STACK_END	0x70000000ul
#define HW_STACK_SLOT	0x10000ul  /* 64 KiB, lowest page unmapped */
#define HW_STACK_SIZE	0x8000ul   /* 32 KiB for the guest, as THREAD_SIZE with KASAN */
#define HW_CPUS_MAX	64

/* Orderings, the kernel's own; a memory model may decide by them. */
enum hw_order {
	HW_ONCE,    /* READ_ONCE, WRITE_ONCE, _relaxed */
	HW_ACQUIRE,
	HW_RELEASE,
	HW_FULL,    /* value-returning RMW without a suffix */
	HW_UNORDERED, /* non-value-returning RMW: atomic_inc() */
};

enum hw_fence { HW_MB, HW_RMB, HW_WMB, HW_IO_MB, HW_IO_RMB, HW_IO_WMB };

enum hw_rmw {
	HW_READ, HW_WRITE, /* only for hw_this_cpu() */
	HW_XCHG, HW_ADD, HW_SUB, HW_AND, HW_OR, HW_XOR, HW_ANDNOT, HW_NAND,
};

/*
 * Marked accesses. size is 1, 2, 4 or 8 bytes; values travel zero-extended in
 * 64 bits. RMW operations return the value from before. p need not be aligned,
 * but an unaligned access that crosses a page oopses when either end does.
 */
uint64_t hw_load(const volatile void *p, unsigned size, enum hw_order order);	/* [step] */
void hw_store(volatile void *p, unsigned size, uint64_t value, enum hw_order order); /* [step] */
uint64_t hw_rmw(enum hw_rmw op, volatile void *p, unsigned size, uint64_t operand,
		enum hw_order order);						/* [step] */
/* Returns the old value; the store happened iff it equals @expected. */
uint64_t hw_cmpxchg(volatile void *p, unsigned size, uint64_t expected,
		    uint64_t desired, enum hw_order order);			/* [step] */
/* 16 bytes. Writes the old value to *expected and returns false on a mismatch. */
__extension__ typedef unsigned __int128 hw_u128;
bool hw_cmpxchg128(volatile void *p, hw_u128 *expected, hw_u128 desired,
		   enum hw_order order);		/* [step] */
void hw_fence(enum hw_fence kind);						/* [step] */

/* Plain accesses, from the compiler's hooks. what: size in bytes | flags. */
#define HW_ACCESS_WRITE	   0x80000000u
#define HW_ACCESS_VOLATILE 0x40000000u
#define HW_ACCESS_RMW	   0x20000000u /* clang's read-before-write, one step */
#define HW_ACCESS_SIZE(what) ((what) & 0x0fffffffu)
void hw_access(const volatile void *p, uint32_t what, const void *pc);		/* [step] */

/* Basic block: charges time and takes interrupts; no choice of CPU. */
void hw_tick(const void *pc);
/* Entry into and exit from a function; call_site is its return address. */
void hw_func_entry(const void *call_site);
void hw_func_exit(void);

/* -------------------------------------------------------------------- CPUs */

struct task_struct;

/*
 * The task that this CPU runs. Set by hw_switch() and hw_cpu_start(); its
 * reads are no steps. The guest may read and write, unhooked, only the
 * thread_info at the start of *hw_current.
 */
extern __thread struct task_struct *hw_current
	__attribute__((tls_model("initial-exec")));

/* The start of *hw_current is laid out for the machine's eyes: the 32-bit
 * preempt_count (Linux's layout, bit 31 inverted need-resched as on x86; only
 * its own CPU touches it, with asm, unhooked), then 32 bits of flags. */
#define HW_THREAD_PREEMPT_COUNT 0

unsigned hw_cpu_id(void);
uint64_t hw_clock(void);  /* this CPU's clock in ns since power-on */
uint64_t hw_random(void); /* seeded entropy; the same in every replay */

void hw_cpu_relax(void); /* [step] PAUSE in a wait loop; may park the CPU */
void hw_halt(void);	 /* [step] STI; HLT: enables interrupts, waits for one */

/* The interrupt flag. Flags are 1 (enabled) or 0. */
unsigned long hw_irq_flags(void);
unsigned long hw_irq_save(void); /* returns the flag from before, disables */
void hw_irq_restore(unsigned long flags); /* [step] if it enables */
void hw_irq_disable(void);
void hw_irq_enable(void); /* [step] */

/* Powers on a CPU that is off: it runs entry(arg) on a new context. */
void hw_cpu_start(unsigned cpu, void (*entry)(void *), void *arg,
		  struct task_struct *idle);					/* [step] */
/* Where CPUs go for an interrupt: entry(vector) with interrupts disabled. */
void hw_set_vector_entry(void (*entry)(unsigned vector));

/* Per-CPU data: an instruction with a segment base. p is the canonical
 * address; the instruction acts at p + base of the CPU that executes it. */
void hw_percpu_set_base(unsigned cpu, uintptr_t base);
uintptr_t hw_percpu_base(void);
uint64_t hw_this_cpu(enum hw_rmw op, const volatile void *p, unsigned size,
		     uint64_t operand);						/* [step] */
uint64_t hw_this_cpu_cmpxchg(volatile void *p, unsigned size, uint64_t expected,
			     uint64_t desired);					/* [step] */

/* ---------------------------------------------------------------- contexts */

/* A context: a stack and where it stands. 0 is never a valid id. */
uint32_t hw_context_create(void (*entry)(void *), void *arg);
void hw_context_free(uint32_t id); /* not the running one */
uint32_t hw_context_self(void);
/* Continue context @id as @next on this CPU. Returns when somebody switches
 * back, perhaps on another CPU. Interrupts must be disabled. */
void hw_switch(uint32_t id, struct task_struct *next);				/* [step] */

/* -------------------------------------------------------------------- boot */

/*
 * An image describes itself (cpu/runtime.c exports `image_info`): tables of
 * its initcalls, exitcalls, parameters and per-CPU section, each [begin, end).
 */
struct hw_image_info {
	const void *init_begin, *init_end;   /* int (*[])(void) */
	const void *exit_begin, *exit_end;   /* void (*[])(void) */
	const void *param_begin, *param_end; /* struct kernel_param[] */
	const void *percpu_begin, *percpu_end;
};

struct hw_boot_info {
	uint32_t cpus;
	uint32_t images; /* [0] is the kernel, [1..] modules */
	const struct hw_image_info *image[4];
	const char *cmdline; /* "preempt=full spinlock=ticket hz=250 mod.n=3" */
};
/* Where the machine starts on CPU 0: the kernel image exports
 *	void start_kernel(void *boot);	(a const struct hw_boot_info *)
 *	struct task_struct init_task;	(static; hw_current of CPU 0 from the start)
 */

/* ------------------------------------------------------------ announcements
 * What the guest tells its observers. No step, no cost in virtual time, no
 * effect on the guest. kind is from cpu/events.h, which says what the other
 * arguments mean; ip is the guest address to blame (_RET_IP_).
 */
void hw_announce(unsigned kind, const volatile void *object, uint64_t arg,
		 const void *ip);
/* One line of the kernel log, without newline. level is 0-7. */
void hw_console(unsigned level, const char *text, unsigned length);
/* A warning or bug with its text; kind is one of enum hw_report_kind. */
enum hw_report_kind { HW_REPORT_WARN, HW_REPORT_BUG, HW_REPORT_PANIC };
void hw_report(enum hw_report_kind kind, const char *text, const char *file, unsigned line);
/* The machine stops for good; status 0: orderly shutdown. */
void hw_power_off(int status) __attribute__((noreturn));

/* What kernel code may ask a checker: 1 yes, 0 no, -1 unknown (checkers off). */
enum hw_question {
	HW_ASK_LOCK_HELD,
	HW_ASK_LOCK_HELD_READ,
	HW_ASK_DEBUG_LOCKS,
	HW_ASK_OBJECT_ACTIVE, /* an rcu_head or work item that is queued */
};
int hw_ask(enum hw_question question, const volatile void *object);

#ifdef __cplusplus
}
#endif
#endif /* CPU_HW_H */

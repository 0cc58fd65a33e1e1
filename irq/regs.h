/* SPDX-License-Identifier: MIT */
#ifndef IRQ_REGS_H
#define IRQ_REGS_H
/*
 * Registers of the interrupt controller, as the guest programs them.
 *
 * One I/O APIC with 24 redirection entries (Intel 82093AA) and one local APIC
 * per CPU (Intel SDM vol. 3, chapter "APIC"). Offsets and bits are theirs.
 * Interrupt and CPU numbers: the APIC id of CPU n is n.
 */
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/* Local APIC of the executing CPU. Each access is one step. */
uint32_t hw_lapic_read(uint32_t offset);
void hw_lapic_write(uint32_t offset, uint32_t value);

#define LAPIC_ID	0x020
#define LAPIC_TPR	0x080
#define LAPIC_PPR	0x0a0
#define LAPIC_EOI	0x0b0
#define LAPIC_SVR	0x0f0 /* bit 8: software enable */
#define LAPIC_ISR	0x100 /* 8 words, 0x10 apart */
#define LAPIC_TMR	0x180
#define LAPIC_IRR	0x200
#define LAPIC_ICR	0x300 /* writing it sends */
#define LAPIC_ICR2	0x310 /* destination APIC id in bits 24-31 */
#define LAPIC_LVTT	0x320 /* vector, mask, mode */
#define LAPIC_LVTPC	0x340 /* performance counter: the NMI watchdog's */
#define LAPIC_TMICT	0x380 /* initial count, in ns x divider 1 */
#define LAPIC_TMCCT	0x390

/* Not the real part's: microseconds between two overflows of the performance
 * counter; 0 stops it. It counts time, halted or not, and stays unmasked. */
#define LAPIC_PMC_PERIOD_US 0x3f0

#define LAPIC_LVT_MASKED     (1u << 16)
#define LAPIC_TIMER_ONESHOT  (0u << 17)
#define LAPIC_TIMER_PERIODIC (1u << 17)

/* ICR: vector | delivery mode | level | shorthand. */
#define LAPIC_ICR_FIXED	      (0u << 8)
#define LAPIC_ICR_NMI	      (4u << 8)
#define LAPIC_ICR_ASSERT      (1u << 14)
#define LAPIC_ICR_DEST	      (0u << 18)
#define LAPIC_ICR_SELF	      (1u << 18)
#define LAPIC_ICR_ALL	      (2u << 18)
#define LAPIC_ICR_ALL_BUT_SELF (3u << 18)

/* I/O APIC: index as in the 82093AA (0x10 + 2n, 0x11 + 2n: entry n). */
uint32_t hw_ioapic_read(uint32_t index);
void hw_ioapic_write(uint32_t index, uint32_t value);

#define IOAPIC_ID	0x00
#define IOAPIC_VERSION	0x01
#define IOAPIC_ENTRY(n)	(0x10 + 2 * (n)) /* low word; + 1: high word */
#define IOAPIC_LINES	24
/* Low word: vector 0-7, delivery mode 8-10, dest mode 11 (1 logical), status 12,
 * polarity 13, remote IRR 14, trigger 15 (1 level), mask 16. High: dest 24-31. */
#define IOAPIC_LOGICAL	(1u << 11)
#define IOAPIC_LOW	(1u << 13)
#define IOAPIC_REMOTE_IRR (1u << 14)
#define IOAPIC_LEVEL	(1u << 15)
#define IOAPIC_MASKED	(1u << 16)
#define IOAPIC_NMI	(4u << 8)

/* The platform says which line a named source drives: -1 if there is none.
 * Timer ticks are the local APICs' own and have no line. */
int hw_source_line(const char *name);
/* A level-triggered device is told that its interrupt was served: one step. */
void hw_source_ack(uint32_t line);
/* The registers of a device behind a line. Commands have tags, 0 to
 * SOURCE_TAGS - 1; one that was given is done after its delay, in any order: its
 * bit is set in the register that hw_source_done() reads and clears, and the
 * line is raised. While a bit is set a level-triggered line stays asserted,
 * acknowledged or not. A tag that is given again before it is done is lost. */
#define SOURCE_TAGS 32
void hw_source_command(uint32_t line, uint32_t tag, uint64_t delay_ns);
uint32_t hw_source_done(uint32_t line);
/* How often the device has raised its line so far, seen by anybody or not: what
 * a network card counts. */
uint64_t hw_source_raised(uint32_t line);

/* Vectors, as Linux lays them out (arch/x86/include/asm/irq_vectors.h). */
#define VECTOR_NMI		0x02
#define VECTOR_IRQ_BASE		0x30 /* line n: 0x30 + n */
#define VECTOR_SOFTIRQ		0xe0 /* + n: the user raises softirq n */
#define VECTOR_LOCAL_TIMER	0xec
#define VECTOR_IRQ_WORK		0xf6
#define VECTOR_REBOOT		0xf8
#define VECTOR_CALL_SINGLE	0xfb
#define VECTOR_CALL_FUNCTION	0xfc
#define VECTOR_RESCHEDULE	0xfd
#define VECTOR_SPURIOUS		0xff

#ifdef __cplusplus
}
#endif
#endif /* IRQ_REGS_H */

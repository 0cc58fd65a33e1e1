// SPDX-License-Identifier: MIT
/*
 * Per-CPU areas.
 *
 * A segment base b(c) is the distance between a variable's canonical address and
 * CPU c's copy. It is the same for all images: the kernel's section, at K, goes to
 * area(c) = HW_PERCPU_BASE + c * 64 KiB, so b(c) = area(c) - K; a module's section,
 * at M, lands at area(c) + (M - K), about 16 MiB further on, where no other area
 * is, as long as no section is larger than 64 KiB.
 */
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/math.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "kernel/core/boot.h"

namespace {

constexpr unsigned long kUnit = 8; /* of dynamic allocation */
constexpr unsigned int kUnits = PERCPU_DYNAMIC_SIZE / kUnit;

unsigned long kernel_section;

/* Aligned, so that sections need no more than 64 at any distance. */
DEFINE_PER_CPU(char, dynamic_chunk)[PERCPU_DYNAMIC_SIZE] __attribute__((aligned(64)));

DEFINE_RAW_SPINLOCK(pcpu_lock);
/* guarded by pcpu_lock: */
DECLARE_BITMAP(unit_used, kUnits);
u16 units_of[kUnits]; /* length of the piece that begins here */

void copy_section(const hw_image_info *image, unsigned int cpu)
{
	const auto begin = reinterpret_cast<unsigned long>(image->percpu_begin);
	const auto end = reinterpret_cast<unsigned long>(image->percpu_end);

	if (begin != end)
		memcpy(reinterpret_cast<void *>(begin + per_cpu_offset(cpu)), image->percpu_begin,
		       end - begin);
}

} /* namespace */

extern "C" {

unsigned int nr_cpu_ids = 1;
struct cpumask __cpu_possible_mask, __cpu_online_mask;
const struct cpumask __cpu_all_mask = { CPU_BITS_ALL };

unsigned long __per_cpu_offset_of(unsigned int cpu)
{
	return HW_PERCPU_BASE + cpu * HW_PERCPU_AREA - kernel_section;
}

static struct cpumask one_cpu[NR_CPUS]; /* constant after boot */

const struct cpumask *cpumask_of(unsigned int cpu)
{
	return &one_cpu[cpu];
}

void *__alloc_percpu(size_t size, size_t align)
{
	const auto units = static_cast<unsigned int>(DIV_ROUND_UP(size ? size : 1, kUnit));
	const unsigned long mask = align > kUnit ? align / kUnit - 1 : 0;
	unsigned long flags;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	const unsigned long at = bitmap_find_next_zero_area(unit_used, kUnits, 0, units, mask);
	if (at < kUnits) {
		bitmap_set(unit_used, static_cast<unsigned int>(at), units);
		units_of[at] = static_cast<u16>(units);
	}
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
	if (at >= kUnits)
		return nullptr;

	char *p = &dynamic_chunk[at * kUnit];
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++)
		memset(per_cpu_ptr(p, cpu), 0, size);
	return p;
}

void free_percpu(void *ptr)
{
	unsigned long flags;

	if (!ptr)
		return;
	const auto offset = static_cast<unsigned long>(static_cast<char *>(ptr) - dynamic_chunk);
	const unsigned long at = offset / kUnit;

	if (WARN(offset >= sizeof(dynamic_chunk) || offset % kUnit || !units_of[at],
		 "free_percpu() of %px, which alloc_percpu() did not return", ptr))
		return;
	raw_spin_lock_irqsave(&pcpu_lock, flags);
	bitmap_clear(unit_used, static_cast<unsigned int>(at), units_of[at]);
	units_of[at] = 0;
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
}

uint64_t __this_cpu_cmpxchg_size(volatile void *p, unsigned int size, uint64_t expected,
				 uint64_t desired)
{
	return hw_this_cpu_cmpxchg(p, size, expected, desired);
}

} /* extern "C" */

void setup_per_cpu_areas(void)
{
	nr_cpu_ids = boot_info->cpus;
	__cpu_possible_mask.bits[0] = ~0UL >> (64 - nr_cpu_ids);
	kernel_section = reinterpret_cast<unsigned long>(boot_info->image[0]->percpu_begin);
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		one_cpu[cpu].bits[0] = 1UL << cpu;
		for (unsigned int i = 0; i < boot_info->images; i++)
			copy_section(boot_info->image[i], cpu);
		hw_percpu_set_base(cpu, per_cpu_offset(cpu));
	}
}

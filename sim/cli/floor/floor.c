// SPDX-License-Identifier: MIT
/*
 * What the floor of the benchmarks runs: a ticket lock and a little work under
 * it, each CPU in a function of its own, so that the host's branch predictor
 * sees as many call sites as it would in a real run.
 *
 * There is no kernel beneath it; its hooks end in sim/cli/bench_floor.cpp.
 */
#include "cpu/hw.h"

#ifdef __clang__
#define UNTICKED __attribute__((no_sanitize("coverage")))
#else
#define UNTICKED __attribute__((no_sanitize_coverage))
#endif

static struct {
	uint32_t next;
	uint32_t owner;
	uint64_t counter;
	uint64_t own[64];
} s;

#define CPU(n)                                                                  \
	UNTICKED void floor_cpu##n(void *rounds);                               \
	UNTICKED void floor_cpu##n(void *rounds)                                \
	{                                                                       \
		for (uint64_t i = 0; i < (uint64_t)rounds; i++) {               \
			uint64_t t = hw_rmw(HW_ADD, &s.next, 4, 1, HW_ONCE);    \
			while (hw_load(&s.owner, 4, HW_ACQUIRE) != t)           \
				;                                               \
			s.counter++;                                            \
			s.own[n] += s.counter;                                  \
			hw_store(&s.owner, 4, (uint32_t)(t + 1), HW_RELEASE);   \
		}                                                               \
	}

CPU(0) CPU(1) CPU(2) CPU(3)

/* Asked by the host when nobody runs: no step. */
__attribute__((no_sanitize_thread)) UNTICKED uint64_t floor_counter(void);
uint64_t floor_counter(void)
{
	return s.counter;
}

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H
/*
 * Per-CPU memory by the piece: alloc_percpu(type) for every CPU at once, zeroed.
 * The pointer is canonical, for per_cpu_ptr() and this_cpu_ptr() only.
 *
 * Context: alloc and free may be called anywhere but in NMI.
 * Unlike Linux: all dynamic per-CPU memory is one chunk of 16 KiB a CPU; NULL
 * when it is full.
 */
#include <linux/gfp.h>
#include <linux/percpu-defs.h>
#include <linux/smp.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PERCPU_DYNAMIC_SIZE 16384

void *__alloc_percpu(size_t size, size_t align);
void free_percpu(void *ptr);
#define alloc_percpu(type) ((__typeof__(type) *)__alloc_percpu(sizeof(type), __alignof__(type)))
#define alloc_percpu_gfp(type, gfp) alloc_percpu(type)
#define __alloc_percpu_gfp(size, align, gfp) __alloc_percpu((size), (align))

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PERCPU_H */

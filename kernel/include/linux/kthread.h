/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H
/*
 * Kernel threads.
 *
 * kthread_create() makes one that waits for wake_up_process(); kthread_run() makes
 * and wakes it. Its function ends by returning, or when kthread_stop() asks:
 *
 *	while (!kthread_should_stop())
 *		...
 *
 * kthread_stop() waits and returns the function's value, or -EINTR if it never
 * ran. A thread that may end by itself must be held by get_task_struct() by
 * whoever will stop it. Errors are ERR_PTR(-ENOMEM).
 *
 * Context: creation, stop and park may sleep.
 */
#include <linux/err.h>
#include <linux/sched.h>

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((format(printf, 4, 5))) struct task_struct *
kthread_create_on_node(int (*threadfn)(void *data), void *data, int node, const char *namefmt,
		       ...);
/* namefmt may contain %u for the CPU; the thread is bound to it. */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data,
					  unsigned int cpu, const char *namefmt);

#define kthread_create(threadfn, data, namefmt, ...)                           \
	kthread_create_on_node(threadfn, data, -1, namefmt, ##__VA_ARGS__)
#define kthread_run(threadfn, data, namefmt, ...)                              \
	({                                                                     \
		struct task_struct *__kt =                                     \
			kthread_create(threadfn, data, namefmt, ##__VA_ARGS__); \
		if (!IS_ERR(__kt))                                             \
			wake_up_process(__kt);                                 \
		__kt;                                                          \
	})

static inline struct task_struct *kthread_run_on_cpu(int (*threadfn)(void *data), void *data,
						     unsigned int cpu, const char *namefmt)
{
	struct task_struct *p = kthread_create_on_cpu(threadfn, data, cpu, namefmt);

	if (!IS_ERR(p))
		wake_up_process(p);
	return p;
}

/* Only before its first wake-up. */
void kthread_bind(struct task_struct *k, unsigned int cpu);
void kthread_bind_mask(struct task_struct *k, const struct cpumask *mask);
int kthread_stop(struct task_struct *k);
int kthread_stop_put(struct task_struct *k); /* and put_task_struct() */
bool kthread_should_stop(void);
/* Parked threads wait in kthread_parkme() until unparked or stopped. */
int kthread_park(struct task_struct *k);
void kthread_unpark(struct task_struct *k);
bool kthread_should_park(void);
void kthread_parkme(void);
void *kthread_data(struct task_struct *k);
void *kthread_func(struct task_struct *k);
void kthread_exit(long result) __attribute__((noreturn));
void kthread_complete_and_exit(struct completion *comp, long code) __attribute__((noreturn));
void do_exit(long code) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_KTHREAD_H */

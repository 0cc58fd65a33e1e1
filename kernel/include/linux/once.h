/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ONCE_H
#define _LINUX_ONCE_H
/*
 * Something to be done at the first call only.
 *
 *	DO_ONCE(make_key, &key, sizeof(key));
 *	get_random_once(&secret, sizeof(secret));
 *
 * The value is true for the caller who did it. All others wait until it is done
 * before they go on, so that what the function made is there: a spinlock, irq-safe,
 * in DO_ONCE(), whose function must not sleep; a mutex in DO_ONCE_SLEEPABLE(), which
 * is for tasks. DO_ONCE_LITE() waits for nobody, and two CPUs at once may both do
 * it: for messages.
 *
 * Order: what the function did is seen by every caller, the later ones included.
 * Unlike Linux: later calls look at a flag; no code is patched. All uses of DO_ONCE()
 * share one lock, as in Linux: a function must not use it in its turn.
 */
#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/random.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* True: do it, then say so. */
bool __do_once_start(bool *done, unsigned long *flags);
void __do_once_done(bool *done, unsigned long *flags);
bool __do_once_sleepable_start(bool *done);
void __do_once_sleepable_done(bool *done);

#ifdef __cplusplus
}
#endif

#define DO_ONCE(func, ...)						\
	({								\
		static bool ___done;					\
		bool ___ret = false;					\
		unsigned long ___flags;					\
		if (unlikely(!smp_load_acquire(&___done)) &&		\
		    __do_once_start(&___done, &___flags)) {		\
			func(__VA_ARGS__);				\
			__do_once_done(&___done, &___flags);		\
			___ret = true;					\
		}							\
		___ret;							\
	})
#define DO_ONCE_SLEEPABLE(func, ...)					\
	({								\
		static bool ___done;					\
		bool ___ret = false;					\
		if (unlikely(!smp_load_acquire(&___done)) &&		\
		    __do_once_sleepable_start(&___done)) {		\
			func(__VA_ARGS__);				\
			__do_once_sleepable_done(&___done);		\
			___ret = true;					\
		}							\
		___ret;							\
	})

#define get_random_once(buf, nbytes) DO_ONCE(get_random_bytes, (buf), (nbytes))
#define get_random_sleepable_once(buf, nbytes) \
	DO_ONCE_SLEEPABLE(get_random_bytes, (buf), (nbytes))

#include <linux/once_lite.h>

#endif /* _LINUX_ONCE_H */

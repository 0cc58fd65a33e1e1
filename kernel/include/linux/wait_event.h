/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WAIT_EVENT_H
#define _LINUX_WAIT_EVENT_H
/* The wait_event*() macros of <linux/wait.h>, which says what they mean. */
#include <linux/wait.h>

#define ___wait_is_interruptible(state) (((state) & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) != 0)

/*
 * The loop of all that wait for a condition, on queues of any kind. Yields ret, or
 * the signal's error. prepare queues and yields that error; cmd sleeps, and may
 * use __ret; finish leaves the queue.
 */
#define ___wait_until(condition, state, ret, prepare, cmd, finish)             \
	({                                                                     \
		long __ret = (ret);                                            \
		for (;;) {                                                     \
			long __int = (prepare);                                \
			if (condition)                                         \
				break;                                         \
			if (___wait_is_interruptible(state) && __int) {        \
				__ret = __int;                                 \
				break;                                         \
			}                                                      \
			cmd;                                                   \
		}                                                              \
		finish;                                                        \
		__ret;                                                         \
	})

#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd)          \
	({                                                                     \
		struct wait_queue_entry __wq_entry;                            \
		init_wait_entry(&__wq_entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0); \
		___wait_until(condition, state, ret,                           \
			      prepare_to_wait_event(&(wq_head), &__wq_entry, (state)), cmd, \
			      finish_wait(&(wq_head), &__wq_entry));           \
	})

/* True at the end too: with a timeout, the last look counts as 1 jiffy left. */
#define ___wait_cond_timeout(condition)                                        \
	({                                                                     \
		bool __cond = !!(condition);                                   \
		if (__cond && !__ret)                                          \
			__ret = 1;                                             \
		__cond || !__ret;                                              \
	})

#define wait_event(wq_head, condition)                                         \
	do {                                                                   \
		might_sleep();                                                 \
		if (condition)                                                 \
			break;                                                 \
		(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
				    schedule());                               \
	} while (0)
#define io_wait_event(wq_head, condition) wait_event(wq_head, condition)

#define wait_event_cmd(wq_head, condition, cmd1, cmd2)                         \
	do {                                                                   \
		if (condition)                                                 \
			break;                                                 \
		(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
				    cmd1; schedule(); cmd2);                   \
	} while (0)

/* wait unless it holds already: 0, or the signal's error. */
#define ___wait_unless(condition, wait)                                        \
	({                                                                     \
		int __we_ret = 0;                                              \
		if (!(condition))                                              \
			__we_ret = (int)(wait);                                \
		__we_ret;                                                      \
	})
/* The same: wait yields what is left of timeout. */
#define ___wait_unless_timeout(condition, timeout, wait)                       \
	({                                                                     \
		long __ret = (timeout);                                        \
		if (!___wait_cond_timeout(condition))                          \
			__ret = (wait);                                        \
		__ret;                                                         \
	})

#define __wait_event_state(wq_head, condition, state, exclusive)               \
	({                                                                     \
		might_sleep();                                                 \
		___wait_unless(condition, ___wait_event(wq_head, condition, state, \
							exclusive, 0, schedule())); \
	})
#define wait_event_interruptible(wq_head, condition)                           \
	__wait_event_state(wq_head, condition, TASK_INTERRUPTIBLE, 0)
#define wait_event_killable(wq_head, condition)                                \
	__wait_event_state(wq_head, condition, TASK_KILLABLE, 0)
#define wait_event_state(wq_head, condition, state)                            \
	__wait_event_state(wq_head, condition, state, 0)
#define wait_event_interruptible_exclusive(wq_head, condition)                 \
	__wait_event_state(wq_head, condition, TASK_INTERRUPTIBLE, 1)
#define wait_event_killable_exclusive(wq_head, condition)                      \
	__wait_event_state(wq_head, condition, TASK_KILLABLE, 1)
#define wait_event_idle(wq_head, condition)                                    \
	((void)__wait_event_state(wq_head, condition, TASK_IDLE, 0))
#define wait_event_idle_exclusive(wq_head, condition)                          \
	((void)__wait_event_state(wq_head, condition, TASK_IDLE, 1))

#define __wait_event_timeout(wq_head, condition, state, timeout)               \
	({                                                                     \
		might_sleep();                                                 \
		___wait_unless_timeout(condition, timeout,                     \
				       ___wait_event(wq_head, ___wait_cond_timeout(condition), \
						     state, 0, timeout,        \
						     __ret = schedule_timeout(__ret))); \
	})
#define wait_event_timeout(wq_head, condition, timeout)                        \
	__wait_event_timeout(wq_head, condition, TASK_UNINTERRUPTIBLE, timeout)
#define wait_event_interruptible_timeout(wq_head, condition, timeout)          \
	__wait_event_timeout(wq_head, condition, TASK_INTERRUPTIBLE, timeout)
#define wait_event_killable_timeout(wq_head, condition, timeout)               \
	__wait_event_timeout(wq_head, condition, TASK_KILLABLE, timeout)
#define wait_event_idle_timeout(wq_head, condition, timeout)                   \
	__wait_event_timeout(wq_head, condition, TASK_IDLE, timeout)

#define wait_event_lock_irq(wq_head, condition, lock)                          \
	do {                                                                   \
		if (condition)                                                 \
			break;                                                 \
		(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
				    spin_unlock_irq(&(lock)); schedule();      \
				    spin_lock_irq(&(lock)));                   \
	} while (0)
#define wait_event_interruptible_lock_irq(wq_head, condition, lock)            \
	___wait_unless(condition, ___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 0, 0, \
						spin_unlock_irq(&(lock)); schedule(); \
						spin_lock_irq(&(lock))))

/* With the queue's own lock held, which is dropped while sleeping. */
#ifdef __cplusplus
extern "C"
#endif
int do_wait_intr(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
#define wait_event_interruptible_locked(wq_head, condition)                    \
	({                                                                     \
		int __wl_ret = 0;                                              \
		DEFINE_WAIT(__wl_entry);                                       \
		while (!(condition) && !__wl_ret)                              \
			__wl_ret = do_wait_intr(&(wq_head), &__wl_entry);      \
		if (!list_empty(&__wl_entry.entry))                            \
			list_del_init(&__wl_entry.entry);                      \
		__set_current_state(TASK_RUNNING);                             \
		__wl_ret;                                                      \
	})

#endif /* _LINUX_WAIT_EVENT_H */

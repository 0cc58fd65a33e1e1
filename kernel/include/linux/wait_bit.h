/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H
/*
 * Waiting for a bit, or for a variable, without a wait queue of its own: the
 * queues are a few common ones, chosen by the address.
 *
 *	wait_on_bit(&obj->flags, OBJ_BUSY, TASK_UNINTERRUPTIBLE);   until it is clear
 *	if (!wait_on_bit_lock(&obj->flags, OBJ_BUSY, TASK_KILLABLE))
 *		...	ours: it was clear, and is set
 *	clear_and_wake_up_bit(OBJ_BUSY, &obj->flags);
 *
 *	wait_var_event(&obj->users, atomic_read(&obj->users) == 0);
 *	if (atomic_dec_and_test(&obj->users))
 *		wake_up_var(&obj->users);
 *
 * Values: 0, or the error of a signal (-EINTR) if the mode lets it in, or -EAGAIN
 * when the time ran out. Context: waiting sleeps; waking anywhere but in NMI.
 * Order: a bit seen clear is seen with an acquire.
 * The surprising thing: wake_up_bit() and wake_up_var() look whether anybody waits
 * and have no barrier before that: after a plain clear_bit() or a store put smp_mb()
 * (clear_and_wake_up_bit() has it; an atomic that returns a value is one). Without
 * it the wake-up may be lost: then somebody waits for ever, and that is reported.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/wait.h>

struct wait_bit_key {
	void *flags;
	int bit_nr; /* -1: a variable */
	unsigned long timeout;
};

struct wait_bit_queue_entry {
	struct wait_bit_key key;
	struct wait_queue_entry wq_entry;
};

/* Sleeps once: 0, or an error that ends the waiting. */
typedef int wait_bit_action_f(struct wait_bit_key *key, int mode);

#ifdef __cplusplus
extern "C" {
#endif

struct wait_queue_head *bit_waitqueue(void *word, int bit);
struct wait_queue_head *__var_waitqueue(void *p);
int wake_bit_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);
void init_wait_var_entry(struct wait_bit_queue_entry *entry, void *var, int flags);

void wake_up_bit(void *word, int bit);
void wake_up_var(void *var);

wait_bit_action_f bit_wait, bit_wait_io, bit_wait_timeout;
int out_of_line_wait_on_bit(void *word, int bit, wait_bit_action_f *action, unsigned int mode);
int out_of_line_wait_on_bit_timeout(void *word, int bit, wait_bit_action_f *action,
				    unsigned int mode, unsigned long timeout);
int out_of_line_wait_on_bit_lock(void *word, int bit, wait_bit_action_f *action,
				 unsigned int mode);

#ifdef __cplusplus
}
#endif

static inline int wait_on_bit_action(unsigned long *word, int bit, wait_bit_action_f *action,
				     unsigned int mode)
{
	might_sleep();
	return test_bit_acquire(bit, word) ? out_of_line_wait_on_bit(word, bit, action, mode) : 0;
}

static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	return wait_on_bit_action(word, bit, bit_wait, mode);
}

static inline int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode)
{
	return wait_on_bit_action(word, bit, bit_wait_io, mode);
}

/* @timeout: jiffies. */
static inline int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode,
				      unsigned long timeout)
{
	might_sleep();
	return test_bit_acquire(bit, word)
		       ? out_of_line_wait_on_bit_timeout(word, bit, bit_wait_timeout, mode, timeout)
		       : 0;
}

static inline int wait_on_bit_lock_action(unsigned long *word, int bit,
					  wait_bit_action_f *action, unsigned int mode)
{
	might_sleep();
	return test_and_set_bit(bit, word) ? out_of_line_wait_on_bit_lock(word, bit, action, mode)
					   : 0;
}

static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	return wait_on_bit_lock_action(word, bit, bit_wait, mode);
}

static inline int wait_on_bit_lock_io(unsigned long *word, int bit, unsigned int mode)
{
	return wait_on_bit_lock_action(word, bit, bit_wait_io, mode);
}

static inline void clear_and_wake_up_bit(int bit, unsigned long *word)
{
	clear_bit_unlock(bit, word);
	smp_mb__after_atomic(); /* the bit is clear before anybody is looked for */
	wake_up_bit(word, bit);
}

#define ___wait_var_event(var, condition, state, exclusive, ret, cmd)	\
	({								\
		struct wait_queue_head *__wq_head = __var_waitqueue(var); \
		struct wait_bit_queue_entry __wbq_entry;		\
		init_wait_var_entry(&__wbq_entry, (var),		\
				    (exclusive) ? WQ_FLAG_EXCLUSIVE : 0); \
		___wait_until(condition, state, ret,			\
			      prepare_to_wait_event(__wq_head, &__wbq_entry.wq_entry, (state)), \
			      cmd, finish_wait(__wq_head, &__wbq_entry.wq_entry)); \
	})
#define __wait_var_event_state(var, condition, state)			\
	({								\
		might_sleep();						\
		___wait_unless(condition, ___wait_var_event(var, condition, state, 0, 0, \
							    schedule())); \
	})
#define wait_var_event(var, condition) \
	((void)__wait_var_event_state(var, condition, TASK_UNINTERRUPTIBLE))
#define wait_var_event_killable(var, condition) \
	__wait_var_event_state(var, condition, TASK_KILLABLE)
#define wait_var_event_interruptible(var, condition) \
	__wait_var_event_state(var, condition, TASK_INTERRUPTIBLE)
/* Jiffies left, at least 1 if the condition holds; 0 if time ran out. */
#define wait_var_event_timeout(var, condition, timeout)			\
	({								\
		might_sleep();						\
		___wait_unless_timeout(condition, timeout,		\
				       ___wait_var_event(var, ___wait_cond_timeout(condition), \
							 TASK_UNINTERRUPTIBLE, 0, timeout, \
							 __ret = schedule_timeout(__ret))); \
	})

#endif /* _LINUX_WAIT_BIT_H */

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H
/*
 * Signals: just enough for interruptible and killable sleeps.
 *
 * A kthread ignores every signal, SIGKILL too, but those that it allowed with
 * allow_signal(). A pending signal ends interruptible sleeps; SIGKILL also
 * killable ones. It stays pending until flush_signals().
 * Unlike Linux: nothing is delivered to a handler; there are no groups.
 */
#include <linux/sched.h>
#include <linux/signal.h>

#ifdef __cplusplus
extern "C" {
#endif

static __always_inline int signal_pending(struct task_struct *p)
{
	return unlikely(test_ti_thread_flag(&p->thread_info, TIF_SIGPENDING));
}

int __fatal_signal_pending(struct task_struct *p);
static __always_inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}

static __always_inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)))
		return 0;
	if (!signal_pending(p))
		return 0;
	return (state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p);
}

/* 0, or -EINVAL for no such signal. Ignored signals vanish. Any context but NMI. */
int send_sig(int sig, struct task_struct *p, int priv);
void allow_signal(int sig);
void disallow_signal(int sig);
void flush_signals(struct task_struct *p);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SCHED_SIGNAL_H */

// SPDX-License-Identifier: MIT
/* Signals: pending bits that end interruptible sleeps. */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include "kernel/core/sched.h"

namespace {

unsigned long mask_of(int sig)
{
	return 1UL << (sig - 1);
}

} /* namespace */

extern "C" {

int __fatal_signal_pending(task_struct *p)
{
	return (READ_ONCE(p->pending_signals) & mask_of(SIGKILL)) != 0;
}

int send_sig(int sig, task_struct *p, int)
{
	unsigned long flags;

	if (sig < 0 || sig > _NSIG)
		return -EINVAL;
	if (sig == 0)
		return 0;
	raw_spin_lock_irqsave(&p->pi_lock, flags);
	const bool taken = (p->allowed_signals & mask_of(sig)) != 0;
	if (taken) {
		WRITE_ONCE(p->pending_signals, p->pending_signals | mask_of(sig));
		set_ti_thread_flag(&p->thread_info, TIF_SIGPENDING);
		hw_announce(EV_TASK_SIGNAL, p, static_cast<u64>(sig),
			    __builtin_return_address(0));
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	if (taken)
		wake_up_state(p, TASK_INTERRUPTIBLE | (sig == SIGKILL ? TASK_WAKEKILL : 0u));
	return 0;
}

void allow_signal(int sig)
{
	const unsigned long flags = __task_pi_lock(current);

	current->allowed_signals |= mask_of(sig);
	__task_pi_unlock(current, flags);
}

void disallow_signal(int sig)
{
	const unsigned long flags = __task_pi_lock(current);

	current->allowed_signals &= ~mask_of(sig);
	__task_pi_unlock(current, flags);
}

void flush_signals(task_struct *p)
{
	const unsigned long flags = __task_pi_lock(p);

	WRITE_ONCE(p->pending_signals, 0UL);
	clear_ti_thread_flag(&p->thread_info, TIF_SIGPENDING);
	__task_pi_unlock(p, flags);
}

} /* extern "C" */

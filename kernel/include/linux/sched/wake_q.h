/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_WAKE_Q_H
#define _LINUX_SCHED_WAKE_Q_H
/*
 * Wake-ups collected under a lock and done after it is dropped. A task that is
 * already on somebody's list is not added: that other wake-up comes after.
 *
 *	DEFINE_WAKE_Q(q);
 *	raw_spin_lock(&lock); wake_q_add(&q, task); raw_spin_unlock(&lock);
 *	wake_up_q(&q);
 */
#include <linux/sched.h>

#ifdef __cplusplus
extern "C" {
#endif

struct wake_q_head {
	struct wake_q_node *first;
	struct wake_q_node **lastp;
};

#define WAKE_Q_TAIL ((struct wake_q_node *)0x01)
#define WAKE_Q_HEAD_INITIALIZER(name) { WAKE_Q_TAIL, &name.first }
#define DEFINE_WAKE_Q(name) struct wake_q_head name = WAKE_Q_HEAD_INITIALIZER(name)

static inline void wake_q_init(struct wake_q_head *head)
{
	head->first = WAKE_Q_TAIL;
	head->lastp = &head->first;
}

static inline bool wake_q_empty(struct wake_q_head *head)
{
	return head->first == WAKE_Q_TAIL;
}

void wake_q_add(struct wake_q_head *head, struct task_struct *task);
/* Takes over the caller's reference to the task. */
void wake_q_add_safe(struct wake_q_head *head, struct task_struct *task);
void wake_up_q(struct wake_q_head *head);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SCHED_WAKE_Q_H */

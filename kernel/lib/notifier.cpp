// SPDX-License-Identifier: MIT
// Notifier chains: one list, four ways to keep it.
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>

namespace {

// With the chain's lock held for changes. A reader sees it with or without n.
int link(notifier_block **at, notifier_block *n, bool unique = false)
{
	for (; *at; at = &(*at)->next) {
		if (*at == n) {
			WARN(1, "notifier callback %px already registered", n->notifier_call);
			return -EEXIST;
		}
		if (n->priority > (*at)->priority)
			break;
		if (n->priority == (*at)->priority && unique)
			return -EBUSY;
	}
	n->next = *at;
	rcu_assign_pointer(*at, n);
	return 0;
}

int unlink(notifier_block **at, notifier_block *n)
{
	for (; *at; at = &(*at)->next) {
		if (*at != n)
			continue;
		rcu_assign_pointer(*at, n->next);
		return 0;
	}
	return -ENOENT;
}

// Held as the chain wants it for calling. Up to `most` functions; how many were
// called is added to *called.
int call(notifier_block **head, unsigned long val, void *v, int most, int *called)
{
	notifier_block *nb = rcu_dereference_raw(*head), *next;
	int ret = NOTIFY_DONE;

	for (; nb && most; nb = next, most--) {
		next = rcu_dereference_raw(nb->next); // nb may leave in its own call
		ret = nb->notifier_call(nb, val, v);
		++*called;
		if (ret & NOTIFY_STOP_MASK)
			break;
	}
	return ret;
}

int call_all(notifier_block **head, unsigned long val, void *v)
{
	int called = 0;

	return call(head, val, v, -1, &called);
}

int call_robust(notifier_block **head, unsigned long up, unsigned long down, void *v)
{
	int called = 0, undone = 0;
	const int ret = call(head, up, v, -1, &called);

	if (ret & NOTIFY_STOP_MASK)
		call(head, down, v, called - 1, &undone);
	return ret;
}

} // namespace

int atomic_notifier_chain_register(atomic_notifier_head *nh, notifier_block *nb)
{
	guard(spinlock_irqsave)(&nh->lock);
	return link(&nh->head, nb);
}

int atomic_notifier_chain_register_unique_prio(atomic_notifier_head *nh, notifier_block *nb)
{
	guard(spinlock_irqsave)(&nh->lock);
	return link(&nh->head, nb, true);
}

int atomic_notifier_chain_unregister(atomic_notifier_head *nh, notifier_block *nb)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = unlink(&nh->head, nb);
	spin_unlock_irqrestore(&nh->lock, flags);
	synchronize_rcu();
	return ret;
}

int atomic_notifier_call_chain(atomic_notifier_head *nh, unsigned long val, void *v)
{
	guard(rcu)();
	return call_all(&nh->head, val, v);
}

bool atomic_notifier_call_chain_is_empty(atomic_notifier_head *nh)
{
	return !rcu_access_pointer(nh->head);
}

int blocking_notifier_chain_register(blocking_notifier_head *nh, notifier_block *nb)
{
	guard(rwsem_write)(&nh->rwsem);
	return link(&nh->head, nb);
}

int blocking_notifier_chain_register_unique_prio(blocking_notifier_head *nh, notifier_block *nb)
{
	guard(rwsem_write)(&nh->rwsem);
	return link(&nh->head, nb, true);
}

int blocking_notifier_chain_unregister(blocking_notifier_head *nh, notifier_block *nb)
{
	guard(rwsem_write)(&nh->rwsem);
	return unlink(&nh->head, nb);
}

int blocking_notifier_call_chain(blocking_notifier_head *nh, unsigned long val, void *v)
{
	guard(rwsem_read)(&nh->rwsem);
	return call_all(&nh->head, val, v);
}

int blocking_notifier_call_chain_robust(blocking_notifier_head *nh, unsigned long up,
					unsigned long down, void *v)
{
	guard(rwsem_read)(&nh->rwsem);
	return call_robust(&nh->head, up, down, v);
}

int raw_notifier_chain_register(raw_notifier_head *nh, notifier_block *nb)
{
	return link(&nh->head, nb);
}

int raw_notifier_chain_unregister(raw_notifier_head *nh, notifier_block *nb)
{
	return unlink(&nh->head, nb);
}

int raw_notifier_call_chain(raw_notifier_head *nh, unsigned long val, void *v)
{
	return call_all(&nh->head, val, v);
}

int raw_notifier_call_chain_robust(raw_notifier_head *nh, unsigned long up, unsigned long down,
				   void *v)
{
	return call_robust(&nh->head, up, down, v);
}

void srcu_init_notifier_head(srcu_notifier_head *nh)
{
	mutex_init(&nh->mutex);
	BUG_ON(init_srcu_struct(&nh->srcu) < 0);
	nh->head = nullptr;
}

int srcu_notifier_chain_register(srcu_notifier_head *nh, notifier_block *nb)
{
	guard(mutex)(&nh->mutex);
	return link(&nh->head, nb);
}

int srcu_notifier_chain_unregister(srcu_notifier_head *nh, notifier_block *nb)
{
	int ret;

	mutex_lock(&nh->mutex);
	ret = unlink(&nh->head, nb);
	mutex_unlock(&nh->mutex);
	synchronize_srcu(&nh->srcu);
	return ret;
}

int srcu_notifier_call_chain(srcu_notifier_head *nh, unsigned long val, void *v)
{
	const int idx = srcu_read_lock(&nh->srcu);
	const int ret = call_all(&nh->head, val, v);

	srcu_read_unlock(&nh->srcu, idx);
	return ret;
}

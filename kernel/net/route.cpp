// SPDX-License-Identifier: MIT
/* The route table: a hash of RCU lists. */
#include <linux/errno.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <net/route.h>

namespace {

constexpr unsigned int kBuckets = 8;

DEFINE_SPINLOCK(fib_lock);
hlist_head fib_hash[kBuckets]; /* changed under fib_lock, read under RCU */

hlist_head *bucket_of(u32 daddr)
{
	return &fib_hash[daddr % kBuckets];
}

rtable *find_locked(u32 daddr)
{
	rtable *rt;

	hlist_for_each_entry_rcu(rt, bucket_of(daddr), rt_hash, lockdep_is_held(&fib_lock)) {
		if (rt->rt_daddr == daddr)
			return rt;
	}
	return nullptr;
}

rtable *new_route(u32 daddr, int (*input)(sk_buff *, void *), void *data)
{
	auto *rt = static_cast<rtable *>(kzalloc(sizeof(rtable), GFP_KERNEL));

	if (rt) {
		rt->rt_daddr = daddr;
		rt->rt_input = input;
		rt->rt_data = data;
	}
	return rt;
}

} /* namespace */

extern "C" {

rtable *ip_route_lookup(u32 daddr)
{
	rtable *rt;

	hlist_for_each_entry_rcu(rt, bucket_of(daddr), rt_hash) {
		if (rt->rt_daddr == daddr)
			return rt;
	}
	return nullptr;
}

int ip_rt_add(u32 daddr, int (*input)(sk_buff *, void *), void *data)
{
	rtable *rt = new_route(daddr, input, data);

	if (!rt)
		return -ENOMEM;
	spin_lock(&fib_lock);
	const bool exists = find_locked(daddr) != nullptr;
	if (!exists)
		hlist_add_head_rcu(&rt->rt_hash, bucket_of(daddr));
	spin_unlock(&fib_lock);
	if (exists)
		kfree(rt);
	return exists ? -EEXIST : 0;
}

int ip_rt_change(u32 daddr, int (*input)(sk_buff *, void *), void *data)
{
	rtable *rt = new_route(daddr, input, data);

	if (!rt)
		return -ENOMEM;
	spin_lock(&fib_lock);
	rtable *old = find_locked(daddr);
	if (old)
		hlist_replace_rcu(&old->rt_hash, &rt->rt_hash);
	spin_unlock(&fib_lock);
	if (old)
		kfree_rcu(old, rt_rcu);
	else
		kfree(rt);
	return old ? 0 : -ENOENT;
}

int ip_rt_del(u32 daddr)
{
	spin_lock(&fib_lock);
	rtable *old = find_locked(daddr);
	if (old)
		hlist_del_rcu(&old->rt_hash);
	spin_unlock(&fib_lock);
	kfree_rcu(old, rt_rcu);
	return old ? 0 : -ENOENT;
}

} /* extern "C" */

// SPDX-License-Identifier: MIT
/* The cache of names. */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

constexpr unsigned int kBuckets = 8;

DEFINE_SEQLOCK(rename_lock);

struct bucket {
	spinlock_t lock;
	hlist_head head; /* changed under lock, read under RCU */
};
bucket hash[kBuckets] = {
#define BUCKET(n) { __SPIN_LOCK_UNLOCKED(hash.lock), HLIST_HEAD_INIT }
	BUCKET(0), BUCKET(1), BUCKET(2), BUCKET(3), BUCKET(4), BUCKET(5), BUCKET(6), BUCKET(7)
#undef BUCKET
};

bucket *bucket_of(const dentry *parent, const char *name)
{
	auto sum = static_cast<unsigned int>(reinterpret_cast<unsigned long>(parent) >> 8);

	while (*name)
		sum = sum * 31 + static_cast<unsigned char>(*name++);
	return &hash[sum % kBuckets];
}

void set_name(dentry *d, dentry *parent, const char *name)
{
	d->d_parent = parent;
	strscpy(d->d_iname, name, sizeof(d->d_iname));
}

void link(dentry *d)
{
	bucket *b = bucket_of(d->d_parent, d->d_iname);

	spin_lock(&b->lock);
	hlist_add_head_rcu(&d->d_hash, &b->head);
	spin_unlock(&b->lock);
}

void unlink(dentry *d)
{
	bucket *b = bucket_of(d->d_parent, d->d_iname);

	spin_lock(&b->lock);
	hlist_del_init_rcu(&d->d_hash);
	spin_unlock(&b->lock);
}

/* Half-renamed names compare as anything: then the counter has moved on. */
bool matches(const dentry *d, const dentry *parent, const char *name)
{
	for (;;) {
		const unsigned int seq = read_seqcount_begin(&d->d_seq);
		const bool same = d->d_parent == parent &&
				  strncmp(d->d_iname, name, DNAME_INLINE_LEN) == 0;
		if (!read_seqcount_retry(&d->d_seq, seq))
			return same;
	}
}

dentry *lookup_once(dentry *parent, const char *name)
{
	dentry *found = nullptr, *d;

	rcu_read_lock();
	hlist_for_each_entry_rcu(d, &bucket_of(parent, name)->head, d_hash) {
		if (!matches(d, parent, name) || !kref_get_unless_zero(&d->d_count))
			continue;
		found = d;
		break;
	}
	rcu_read_unlock();
	return found;
}

void free_dentry(rcu_head *head)
{
	kfree(container_of(head, struct dentry, d_rcu));
}

void release(kref *count)
{
	dentry *d = container_of(count, struct dentry, d_count);

	iput(d->d_inode);
	call_rcu(&d->d_rcu, free_dentry);
}

} /* namespace */

extern "C" {

dentry *d_alloc(dentry *parent, const char *name, inode *inode)
{
	auto *d = static_cast<dentry *>(kzalloc(sizeof(dentry), GFP_KERNEL));

	if (d) {
		spin_lock_init(&d->d_lock);
		seqcount_spinlock_init(&d->d_seq, &d->d_lock);
		kref_init(&d->d_count);
		d->d_inode = inode;
		set_name(d, parent, name);
	}
	return d;
}

void d_add(dentry *d)
{
	kref_get(&d->d_count); /* the hash's */
	spin_lock(&d->d_lock);
	link(d);
	spin_unlock(&d->d_lock);
}

void d_drop(dentry *d)
{
	spin_lock(&d->d_lock);
	unlink(d);
	spin_unlock(&d->d_lock);
	dput(d);
}

void d_move(dentry *d, dentry *parent, const char *name)
{
	write_seqlock(&rename_lock);
	spin_lock(&d->d_lock);
	unlink(d);
	write_seqcount_begin(&d->d_seq);
	set_name(d, parent, name);
	write_seqcount_end(&d->d_seq);
	link(d);
	spin_unlock(&d->d_lock);
	write_sequnlock(&rename_lock);
}

dentry *d_lookup(dentry *parent, const char *name)
{
	for (;;) {
		const unsigned int seq = read_seqbegin(&rename_lock);
		dentry *d = lookup_once(parent, name);
		const bool moved = read_seqretry(&rename_lock, seq);
		if (d || !moved)
			return d;
	}
}

dentry *dget(dentry *d)
{
	kref_get(&d->d_count);
	return d;
}

void dput(dentry *d)
{
	kref_put(&d->d_count, release);
}

} /* extern "C" */

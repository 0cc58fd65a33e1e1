/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H
/*
 * The cache of names: (parent, name) -> dentry, found without a lock while others
 * rename and delete.
 *
 *	d_lookup()	under RCU: walks a hash chain, compares each name inside
 *			read_seqcount_begin(&d_seq) .. retry, takes a reference with
 *			kref_get_unless_zero(). If nothing was found while somebody
 *			renamed (rename_lock), it looks again: a renamed dentry
 *			changes chains under the reader's feet
 *	d_move()	gives a dentry another parent and name
 *	d_drop()	unhashes: no new reference by name
 *	dput()		the last one frees it after a grace period
 *
 * The hash holds one reference. A reader under RCU may still see an unhashed dentry
 * whose count is 0: then it does not get it.
 *
 * Locks, in their order (those of inodes come first: <linux/fs.h>):
 *	rename_lock	seqlock	renames exclude each other; lookups notice one
 *	  d_lock	spinlock	d_parent, d_iname; d_seq is written under it
 *	    hash lock	spinlock of a bucket: its chain, for those who change it
 * All of them in task context only.
 *
 * Unlike Linux: names are at most 15 bytes; no negative dentries, no LRU.
 */
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DNAME_INLINE_LEN 16

struct inode;

struct dentry {
	seqcount_spinlock_t d_seq;
	struct hlist_node d_hash; /* hash lock; read under RCU */
	struct kref d_count;
	struct inode *d_inode; /* constant: the dentry owns a reference */

	spinlock_t d_lock;
	/* guarded by d_lock, read under d_seq: */
	struct dentry *d_parent;
	char d_iname[DNAME_INLINE_LEN];

	struct rcu_head d_rcu;
};

/* A dentry for the inode, whose reference it takes over; not hashed yet. NULL. */
struct dentry *d_alloc(struct dentry *parent, const char *name, struct inode *inode);
void d_add(struct dentry *dentry);
void d_drop(struct dentry *dentry); /* once */
void d_move(struct dentry *dentry, struct dentry *parent, const char *name);
struct dentry *d_lookup(struct dentry *parent, const char *name); /* NULL: none */
struct dentry *dget(struct dentry *dentry);
void dput(struct dentry *dentry);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_DCACHE_H */

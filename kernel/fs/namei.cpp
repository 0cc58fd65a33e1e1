// SPDX-License-Identifier: MIT
/* Names and inodes: creating, unlinking, renaming; reading and writing. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

DEFINE_MUTEX(s_vfs_rename_mutex);

inode *new_inode(umode_t mode)
{
	auto *i = static_cast<inode *>(kzalloc(sizeof(inode), GFP_KERNEL));

	if (i) {
		init_rwsem(&i->i_rwsem);
		kref_init(&i->i_count);
		i->i_mode = mode;
		i->i_nlink = 1;
	}
	return i;
}

void free_inode(kref *count)
{
	kfree(container_of(count, struct inode, i_count));
}

dentry *new_dentry(dentry *dir, const char *name, umode_t mode)
{
	inode *i = new_inode(mode);
	dentry *d = i ? d_alloc(dir, name, i) : nullptr;

	if (i && !d)
		iput(i);
	return d;
}

/* Two directories in the one order, or one of them once. */
void lock_rename(inode *a, inode *b)
{
	if (a == b) {
		inode_lock_nested(a, I_MUTEX_PARENT);
		return;
	}
	mutex_lock(&s_vfs_rename_mutex);
	inode_lock_nested(a < b ? a : b, I_MUTEX_PARENT);
	inode_lock_nested(a < b ? b : a, I_MUTEX_PARENT2);
}

void unlock_rename(inode *a, inode *b)
{
	inode_unlock(a);
	if (a == b)
		return;
	inode_unlock(b);
	mutex_unlock(&s_vfs_rename_mutex);
}

/* Both directories are locked. */
int rename_locked(dentry *old_dir, const char *old_name, dentry *new_dir, const char *new_name)
{
	dentry *d = d_lookup(old_dir, old_name);
	dentry *there = d_lookup(new_dir, new_name);
	const int err = !d ? -ENOENT : there ? -EEXIST : 0;

	if (!err)
		d_move(d, new_dir, new_name);
	if (d)
		dput(d);
	if (there)
		dput(there);
	return err;
}

} /* namespace */

extern "C" {

void iput(inode *i)
{
	kref_put(&i->i_count, free_inode);
}

dentry *ramfs_mount(void)
{
	return new_dentry(nullptr, "/", S_IFDIR);
}

void ramfs_umount(dentry *root)
{
	dput(root);
	rcu_barrier(); /* dentries that are on their way out */
}

dentry *vfs_create(dentry *dir, const char *name, umode_t mode)
{
	dentry *d = new_dentry(dir, name, mode);

	if (!d)
		return static_cast<dentry *>(ERR_PTR(-ENOMEM));
	inode_lock_nested(dir->d_inode, I_MUTEX_PARENT);
	dentry *there = d_lookup(dir, name);
	if (!there)
		d_add(d);
	inode_unlock(dir->d_inode);
	if (!there)
		return d;
	dput(there);
	dput(d);
	return static_cast<dentry *>(ERR_PTR(-EEXIST));
}

int vfs_unlink(dentry *dir, const char *name)
{
	inode_lock_nested(dir->d_inode, I_MUTEX_PARENT);
	dentry *d = d_lookup(dir, name);
	if (d) {
		inode_lock(d->d_inode);
		d->d_inode->i_nlink--;
		inode_unlock(d->d_inode);
		d_drop(d);
	}
	inode_unlock(dir->d_inode);
	if (d)
		dput(d);
	return d ? 0 : -ENOENT;
}

int vfs_rename(dentry *old_dir, const char *old_name, dentry *new_dir, const char *new_name)
{
	lock_rename(old_dir->d_inode, new_dir->d_inode);
	const int err = rename_locked(old_dir, old_name, new_dir, new_name);
	unlock_rename(old_dir->d_inode, new_dir->d_inode);
	return err;
}

ssize_t vfs_write(inode *i, const char *from, size_t n, loff_t pos)
{
	if (pos < 0 || pos > INODE_BYTES || n > static_cast<size_t>(INODE_BYTES - pos))
		return -EINVAL;
	inode_lock(i);
	memcpy(&i->i_data[pos], from, n);
	i->i_size = max(i->i_size, pos + static_cast<loff_t>(n));
	inode_unlock(i);
	return static_cast<ssize_t>(n);
}

ssize_t vfs_read(inode *i, char *to, size_t n, loff_t pos)
{
	if (pos < 0)
		return -EINVAL;
	inode_lock_shared(i);
	const loff_t left = max(i->i_size - pos, loff_t{ 0 });
	const size_t count = min(n, static_cast<size_t>(left));
	memcpy(to, &i->i_data[pos], count);
	inode_unlock_shared(i);
	return static_cast<ssize_t>(count);
}

} /* extern "C" */

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H
/*
 * Files and directories in memory: inodes, and what is done with names.
 *
 *	root = ramfs_mount();
 *	dir = vfs_create(root, "a", S_IFDIR);	ERR_PTR(-EEXIST), ...
 *	file = vfs_create(dir, "f", S_IFREG);
 *	err = vfs_rename(dir, "f", other, "g");
 *	err = vfs_unlink(dir, "f");
 *	dput(file); ...			each dentry that was returned
 *	ramfs_umount(root);
 *
 * Locks, in their order:
 *	s_vfs_rename_mutex	mutex	renames between two directories, one at a time
 *	  i_rwsem of a directory (I_MUTEX_PARENT)	its names: taken by those who
 *			change them. A lookup takes none (<linux/dcache.h>)
 *	  i_rwsem of a second directory (I_MUTEX_PARENT2), the one with the higher
 *			address: only under s_vfs_rename_mutex
 *	    i_rwsem of a file (I_MUTEX_NORMAL)	its bytes and i_nlink
 *	      the locks of the name cache
 * Who holds a file's lock takes no directory's. All in task context; they sleep.
 * i_count is no lock: a reference keeps the inode there, and says nothing of what is in it.
 *
 * A file lives while it has a name or somebody has its dentry; i_nlink says which.
 * Unlike Linux: read and write take the inode; a file has 64 bytes; directories
 * are neither renamed nor removed but by ramfs_umount().
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/rwsem.h>

#ifdef __cplusplus
extern "C" {
#endif

#define S_IFDIR 0040000
#define S_IFREG 0100000
#define INODE_BYTES 64

enum { I_MUTEX_NORMAL, I_MUTEX_PARENT, I_MUTEX_CHILD, I_MUTEX_XATTR, I_MUTEX_NONDIR2,
       I_MUTEX_PARENT2 };

struct inode {
	struct rw_semaphore i_rwsem;
	struct kref i_count;
	umode_t i_mode; /* constant */

	/* guarded by i_rwsem: */
	unsigned int i_nlink;
	loff_t i_size;
	char i_data[INODE_BYTES];
};

static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

static inline void inode_lock_nested(struct inode *inode, unsigned int subclass)
{
	down_write_nested(&inode->i_rwsem, (int)subclass);
}

static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}

static inline void inode_lock_shared(struct inode *inode)
{
	down_read(&inode->i_rwsem);
}

static inline void inode_unlock_shared(struct inode *inode)
{
	up_read(&inode->i_rwsem);
}

void iput(struct inode *inode);

struct dentry *ramfs_mount(void); /* the root; NULL */
void ramfs_umount(struct dentry *root);	/* nothing below it has a name */
struct dentry *vfs_create(struct dentry *dir, const char *name, umode_t mode);
int vfs_unlink(struct dentry *dir, const char *name);
/* -ENOENT, -EEXIST: it replaces nothing. */
int vfs_rename(struct dentry *old_dir, const char *old_name, struct dentry *new_dir,
	       const char *new_name);
ssize_t vfs_write(struct inode *inode, const char *from, size_t n, loff_t pos);
ssize_t vfs_read(struct inode *inode, char *to, size_t n, loff_t pos);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_FS_H */

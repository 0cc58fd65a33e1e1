/* SPDX-License-Identifier: MIT */
/*
 * Names: while a file goes round between two directories, lookups always find it
 * in one of them and its bytes are whole; a pipe loses and reorders nothing.
 */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/pipe_fs_i.h>
#include <linux/string.h>
#include "tests/kernel/guest/check.h"

#define ROUNDS 30
#define BYTES 300

static struct dentry *root, *dir[2];
static struct pipe_inode_info *pipe;
static struct completion finished;
static atomic_t left = ATOMIC_INIT(6), made, removed;

static int done(void)
{
	if (atomic_dec_and_test(&left))
		complete(&finished);
	return 0;
}

static int mover(void *unused)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		CHECK_EQ(vfs_rename(dir[i % 2], "ball", dir[1 - i % 2], "ball"), 0);
		CHECK_EQ(vfs_rename(dir[1 - i % 2], "none", dir[i % 2], "ball"), -ENOENT);
	}
	return done();
}

/* Moved between our two looks at most so often: one of them finds it soon. */
static int finder(void *unused)
{
	char data[8];
	int i, tries, where = 0;

	for (i = 0; i < ROUNDS; i++) {
		struct dentry *d = NULL;

		for (tries = 0; !d && tries < 1000; tries++)
			d = d_lookup(dir[where ^= 1], "ball");
		if (!d) {
			CHECK(!"found");
			continue;
		}
		CHECK_EQ(vfs_read(d->d_inode, data, 8, 0), 8);
		CHECK_EQ(memcmp(data, "all here", 8), 0);
		CHECK_EQ(vfs_write(d->d_inode, "all here", 8, 0), 8);
		dput(d);
		cond_resched();
	}
	return done();
}

/* Two of them make and unlink the same name. */
static int maker(void *unused)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		struct dentry *d = vfs_create(dir[0], "temp", S_IFREG);

		if (!IS_ERR(d)) {
			atomic_inc(&made);
			dput(d);
		} else {
			CHECK_EQ(PTR_ERR(d), -EEXIST);
		}
		if (!vfs_unlink(dir[0], "temp"))
			atomic_inc(&removed);
	}
	return done();
}

static int writer(void *unused)
{
	char chunk[7];
	int i = 0, k;

	while (i < BYTES) {
		for (k = 0; k < 7 && i < BYTES; k++)
			chunk[k] = (char)i++;
		CHECK_EQ(pipe_write(pipe, chunk, (size_t)k), k);
	}
	pipe_change_writers(pipe, -1);
	return done();
}

static int reader(void *unused)
{
	char chunk[11];
	int i = 0, k, n;

	while ((n = (int)pipe_read(pipe, chunk, sizeof(chunk))) > 0) {
		for (k = 0; k < n; k++)
			CHECK_EQ(chunk[k], (char)i++);
	}
	CHECK_EQ(n, 0);
	CHECK_EQ(i, BYTES);
	pipe_change_readers(pipe, -1);
	CHECK_EQ(pipe_write(pipe, chunk, 1), -EPIPE);
	return done();
}

static void set_up(void)
{
	struct dentry *ball;

	init_completion(&finished);
	root = ramfs_mount();
	dir[0] = vfs_create(root, "a", S_IFDIR);
	dir[1] = vfs_create(root, "b", S_IFDIR);
	ball = vfs_create(dir[0], "ball", S_IFREG);
	CHECK_EQ(PTR_ERR(vfs_create(dir[0], "ball", S_IFREG)), -EEXIST);
	CHECK_EQ(vfs_write(ball->d_inode, "all here", 8, 0), 8);
	CHECK_EQ(vfs_write(ball->d_inode, "all here", 8, 60), -EINVAL);
	dput(ball);
	pipe = alloc_pipe_info();
}

static int __init fs_init(void)
{
	int i;

	set_up();
	kthread_run(mover, NULL, "mover");
	kthread_run(finder, NULL, "finder");
	kthread_run(maker, NULL, "maker/0");
	kthread_run(maker, NULL, "maker/1");
	kthread_run(writer, NULL, "writer");
	kthread_run(reader, NULL, "reader");
	wait_for_completion(&finished);
	CHECK(atomic_read(&made) && atomic_read(&made) == atomic_read(&removed));
	CHECK_EQ(vfs_unlink(dir[ROUNDS % 2], "ball"), 0);
	for (i = 0; i < 2; i++) {
		dput(dir[i]);
		CHECK_EQ(vfs_unlink(root, i ? "b" : "a"), 0);
	}
	ramfs_umount(root);
	free_pipe_info(pipe);
	ALL_CHECKED();
	return 0;
}
module_init(fs_init);

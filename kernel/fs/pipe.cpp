// SPDX-License-Identifier: MIT
/* Pipes. */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/pipe_fs_i.h>
#include <linux/slab.h>

namespace {

bool has_bytes(pipe_inode_info *pipe)
{
	return !pipe_empty(READ_ONCE(pipe->head), READ_ONCE(pipe->tail));
}

bool has_space(pipe_inode_info *pipe)
{
	return !pipe_full(READ_ONCE(pipe->head), READ_ONCE(pipe->tail), PIPE_SIZE);
}

/* As many as there are. The mutex is held. */
size_t take_bytes(pipe_inode_info *pipe, char *to, size_t n)
{
	const size_t count = min(n, static_cast<size_t>(pipe->head - pipe->tail));

	for (size_t i = 0; i < count; i++)
		to[i] = pipe->ring[(pipe->tail + i) % PIPE_SIZE];
	WRITE_ONCE(pipe->tail, pipe->tail + static_cast<unsigned int>(count));
	return count;
}

size_t put_bytes(pipe_inode_info *pipe, const char *from, size_t n)
{
	const size_t space = PIPE_SIZE - (pipe->head - pipe->tail);
	const size_t count = min(n, space);

	for (size_t i = 0; i < count; i++)
		pipe->ring[(pipe->head + i) % PIPE_SIZE] = from[i];
	WRITE_ONCE(pipe->head, pipe->head + static_cast<unsigned int>(count));
	return count;
}

} /* namespace */

extern "C" {

pipe_inode_info *alloc_pipe_info(void)
{
	auto *pipe = static_cast<pipe_inode_info *>(kzalloc(sizeof(pipe_inode_info), GFP_KERNEL));

	if (pipe) {
		mutex_init(&pipe->mutex);
		init_waitqueue_head(&pipe->rd_wait);
		init_waitqueue_head(&pipe->wr_wait);
		pipe->readers = pipe->writers = 1;
	}
	return pipe;
}

void free_pipe_info(pipe_inode_info *pipe)
{
	kfree(pipe);
}

ssize_t pipe_read(pipe_inode_info *pipe, char *to, size_t n)
{
	mutex_lock(&pipe->mutex);
	for (;;) {
		const size_t count = take_bytes(pipe, to, n);
		const bool ended = count || !n || !pipe->writers;
		mutex_unlock(&pipe->mutex);
		if (count)
			wake_up_interruptible(&pipe->wr_wait);
		if (ended)
			return static_cast<ssize_t>(count);
		const int err = wait_event_interruptible(
			pipe->rd_wait, has_bytes(pipe) || !READ_ONCE(pipe->writers));
		if (err)
			return err;
		mutex_lock(&pipe->mutex);
	}
}

ssize_t pipe_write(pipe_inode_info *pipe, const char *from, size_t n)
{
	size_t done = 0;

	mutex_lock(&pipe->mutex);
	for (;;) {
		const bool broken = !pipe->readers;
		const size_t count = broken ? 0 : put_bytes(pipe, from + done, n - done);
		done += count;
		mutex_unlock(&pipe->mutex);
		if (count)
			wake_up_interruptible(&pipe->rd_wait);
		if (broken)
			return done ? static_cast<ssize_t>(done) : -EPIPE;
		if (done == n)
			return static_cast<ssize_t>(done);
		const int err = wait_event_interruptible(
			pipe->wr_wait, has_space(pipe) || !READ_ONCE(pipe->readers));
		if (err)
			return done ? static_cast<ssize_t>(done) : err;
		mutex_lock(&pipe->mutex);
	}
}

void pipe_change_readers(pipe_inode_info *pipe, int by)
{
	mutex_lock(&pipe->mutex);
	WRITE_ONCE(pipe->readers, pipe->readers + static_cast<unsigned int>(by));
	mutex_unlock(&pipe->mutex);
	wake_up_interruptible_all(&pipe->wr_wait);
}

void pipe_change_writers(pipe_inode_info *pipe, int by)
{
	mutex_lock(&pipe->mutex);
	WRITE_ONCE(pipe->writers, pipe->writers + static_cast<unsigned int>(by));
	mutex_unlock(&pipe->mutex);
	wake_up_interruptible_all(&pipe->rd_wait);
}

} /* extern "C" */

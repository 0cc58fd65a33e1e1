/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H
/*
 * Pipes: bytes in, the same bytes out, in their order.
 *
 *	reader		empty: sleeps; empty and no writer: returns 0
 *	writer		full: sleeps; no reader: -EPIPE
 *	both		a signal while asleep: -ERESTARTSYS, unless some bytes have moved
 *
 * Locks:
 *	mutex		guards everything but the wait queues. Task context; held while
 *			bytes are copied, never while asleep for space or bytes
 *	rd_wait, wr_wait	their own locks; whoever wakes has let go of mutex
 * Order: none of the two is taken inside the other, and nobody holds two pipes.
 * head and tail are read without the mutex by those who decide whether to sleep:
 * they look again under it.
 *
 * Unlike Linux: a ring of bytes, not of pages; read and write take memory.
 */
#include <linux/mutex.h>
#include <linux/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PIPE_DEF_BUFFERS 16
#define PIPE_SIZE 64 /* bytes */

struct pipe_inode_info {
	struct mutex mutex;

	/* guarded by mutex: */
	unsigned int head, tail; /* written and read so far; read by anybody */
	unsigned int readers, writers;
	char ring[PIPE_SIZE];

	wait_queue_head_t rd_wait, wr_wait;
};

static inline bool pipe_empty(unsigned int head, unsigned int tail)
{
	return head == tail;
}

static inline bool pipe_full(unsigned int head, unsigned int tail, unsigned int limit)
{
	return head - tail >= limit;
}

struct pipe_inode_info *alloc_pipe_info(void); /* one reader, one writer; NULL */
void free_pipe_info(struct pipe_inode_info *pipe);
ssize_t pipe_read(struct pipe_inode_info *pipe, char *to, size_t n);	   /* up to n */
ssize_t pipe_write(struct pipe_inode_info *pipe, const char *from, size_t n); /* all n */
/* Changes how many there are, and wakes whom it concerns. */
void pipe_change_readers(struct pipe_inode_info *pipe, int by);
void pipe_change_writers(struct pipe_inode_info *pipe, int by);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PIPE_FS_I_H */

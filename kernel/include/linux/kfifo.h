/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H
/*
 * A queue of elements of one type and of a fixed size, a power of two.
 *
 *	static DEFINE_KFIFO(events, struct event, 16);	a file's
 *
 *	struct dev {
 *		DECLARE_KFIFO(rx, unsigned char, 64);	INIT_KFIFO(dev->rx);
 *		DECLARE_KFIFO_PTR(tx, u32);	err = kfifo_alloc(&dev->tx, 64, GFP_KERNEL);
 *		struct kfifo log;		bytes, its size given by kfifo_alloc()
 *	};
 *
 *	if (!kfifo_put(&events, ev))	...	full
 *	if (!kfifo_get(&events, &ev))	...	empty
 *	n = kfifo_in(&dev->rx, buf, len);	elements, not bytes; as many as fit
 *	n = kfifo_out(&dev->rx, buf, len);
 *
 * The rule: one producer and one consumer at a time need no lock. Several
 * producers need one among them, several consumers one among them, and the two
 * need not be the same: kfifo_in_spinlocked() and kfifo_out_spinlocked() take it.
 *
 *	producer	in, put				writes `in`
 *	consumer	out, get, skip, reset_out	writes `out`
 *	consumer	peek, out_peek, is_empty	writes nothing
 *	anybody		len, avail, is_full		a number that may be old
 *	nobody else	alloc, free, init, reset	both sides are kept out
 *
 * Order: an element is complete before `in` says so (release), and is read after
 * (acquire); it has been read before `out` gives its place away, and the place
 * is written after. What the producer did before kfifo_put() the consumer
 * sees after kfifo_get() gave it the element.
 * Context: any, but allocation as its flags say.
 * Misuse: two producers, or two consumers, without a lock are a data race, told.
 *
 * Unlike Linux: no record fifos, no DMA; kfifo_in() and its like do not compare
 * the type of their buffer. A size that is no power of two is rounded down by
 * kfifo_init(), up by kfifo_alloc(), as in Linux.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct __kfifo {
	unsigned int in;  /* how many were put; written by the producer only */
	unsigned int out; /* how many were taken; written by the consumer only */
	unsigned int mask;  /* size - 1 */
	unsigned int esize; /* bytes of an element */
	void *data;
};

#define __STRUCT_KFIFO(type, places)					\
	struct {							\
		struct __kfifo kfifo;					\
		type buf[places];					\
	}
#define STRUCT_KFIFO(type, size)					\
	__STRUCT_KFIFO(type, ((size) < 2 || ((size) & ((size) - 1))) ? -1 : (size))
#define STRUCT_KFIFO_PTR(type) __STRUCT_KFIFO(type, 0)

/* Bytes. */
struct kfifo {
	struct __kfifo kfifo;
	unsigned char buf[0];
};

#define DECLARE_KFIFO(fifo, type, size) STRUCT_KFIFO(type, size) fifo
#define DECLARE_KFIFO_PTR(fifo, type) STRUCT_KFIFO_PTR(type) fifo
#define __is_kfifo_ptr(fifo) (sizeof((fifo)->buf) == 0)
#define __KFIFO_PLACES(fifo) \
	((unsigned int)(sizeof((fifo)->buf) / sizeof(*(fifo)->buf)))

#define DEFINE_KFIFO(fifo, type, size)					\
	DECLARE_KFIFO(fifo, type, size) = {				\
		{ 0, 0, (size) - 1, sizeof(type), &(fifo).buf }, {} }
#define INIT_KFIFO(fifo)						\
	do {								\
		__typeof__(&(fifo)) __fresh = &(fifo);			\
		bool __ptr = __is_kfifo_ptr(__fresh);			\
		__kfifo_setup(&__fresh->kfifo, __ptr ? NULL : (void *)__fresh->buf, \
			      __ptr ? 1 : __KFIFO_PLACES(__fresh),	\
			      sizeof(*__fresh->buf));			\
	} while (0)

/* @size: of elements, a power of two. */
static inline void __kfifo_setup(struct __kfifo *fifo, void *data, unsigned int size,
				 size_t esize)
{
	fifo->in = fifo->out = 0;
	fifo->mask = size - 1;
	fifo->esize = (unsigned int)esize;
	fifo->data = data;
}

static inline int __kfifo_init(struct __kfifo *fifo, void *data, unsigned int bytes,
			       size_t esize)
{
	unsigned int size = (unsigned int)(bytes / esize);

	size = size ? (unsigned int)rounddown_pow_of_two(size) : 0;
	__kfifo_setup(fifo, size < 2 ? NULL : data, size < 2 ? 1 : size, esize);
	return size < 2 ? -EINVAL : 0;
}

static inline int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp)
{
	void *data;

	size = (unsigned int)roundup_pow_of_two(size);
	data = size < 2 ? NULL : kmalloc_array(size, esize, gfp);
	__kfifo_setup(fifo, data, data ? size : 1, esize);
	return data ? 0 : size < 2 ? -EINVAL : -ENOMEM;
}

static inline void __kfifo_free(struct __kfifo *fifo)
{
	kfree(fifo->data);
	__kfifo_setup(fifo, NULL, 1, fifo->esize);
}

/* 0, -EINVAL for fewer than two elements, -ENOMEM. Of a fifo with a pointer. */
#define kfifo_alloc(fifo, size, gfp) \
	__kfifo_alloc(&(fifo)->kfifo, (size), sizeof(*(fifo)->buf), (gfp))
#define kfifo_free(fifo) __kfifo_free(&(fifo)->kfifo)
/* In memory of the caller's, @bytes of it; then there is nothing to free. */
#define kfifo_init(fifo, buffer, bytes) \
	__kfifo_init(&(fifo)->kfifo, (buffer), (bytes), sizeof(*(fifo)->buf))

/* By anybody. */

#define kfifo_initialized(fifo) ((fifo)->kfifo.mask != 0)
#define kfifo_esize(fifo) ((fifo)->kfifo.esize)
#define kfifo_size(fifo) ((fifo)->kfifo.mask + 1)
#define kfifo_len(fifo)							\
	({								\
		const struct __kfifo *__f = &(fifo)->kfifo;		\
		unsigned int __taken = READ_ONCE(__f->out);		\
		unsigned int __len = READ_ONCE(__f->in) - __taken;	\
		__len <= __f->mask + 1 ? __len : __f->mask + 1;		\
	})
#define kfifo_avail(fifo) (kfifo_size(fifo) - kfifo_len(fifo))
#define kfifo_is_empty(fifo) (kfifo_len(fifo) == 0)
#define kfifo_is_empty_spinlocked(fifo, lock)				\
	({								\
		unsigned long __flags;					\
		bool __empty;						\
		spin_lock_irqsave(lock, __flags);			\
		__empty = kfifo_is_empty(fifo);				\
		spin_unlock_irqrestore(lock, __flags);			\
		__empty;						\
	})
#define kfifo_is_full(fifo) (kfifo_len(fifo) > (fifo)->kfifo.mask)

/* The producer's and the consumer's own index is read plainly: a second one of
 * either, without a lock, is a race that is told. */

static __always_inline unsigned int __kfifo_room(const struct __kfifo *fifo)
{
	return fifo->mask + 1 - (fifo->in - smp_load_acquire(&fifo->out));
}

static __always_inline unsigned int __kfifo_there(const struct __kfifo *fifo)
{
	return smp_load_acquire(&fifo->in) - fifo->out;
}

static inline unsigned int __kfifo_in(struct __kfifo *fifo, const void *from, unsigned int n)
{
	unsigned int room = __kfifo_room(fifo), at = fifo->in & fifo->mask, first;
	size_t esize = fifo->esize;

	n = n < room ? n : room;
	first = fifo->mask + 1 - at; /* up to the end of the memory */
	first = first < n ? first : n;
	if (first)
		memcpy((char *)fifo->data + at * esize, from, first * esize);
	if (n > first)
		memcpy(fifo->data, (const char *)from + first * esize, (n - first) * esize);
	smp_store_release(&fifo->in, fifo->in + n);
	return n;
}

static inline unsigned int __kfifo_out_peek(const struct __kfifo *fifo, void *to, unsigned int n)
{
	unsigned int there = __kfifo_there(fifo), at = fifo->out & fifo->mask, first;
	size_t esize = fifo->esize;

	n = n < there ? n : there;
	first = fifo->mask + 1 - at;
	first = first < n ? first : n;
	if (first)
		memcpy(to, (const char *)fifo->data + at * esize, first * esize);
	if (n > first)
		memcpy((char *)to + first * esize, fifo->data, (n - first) * esize);
	return n;
}

static inline unsigned int __kfifo_out(struct __kfifo *fifo, void *to, unsigned int n)
{
	n = __kfifo_out_peek(fifo, to, n);
	smp_store_release(&fifo->out, fifo->out + n);
	return n;
}

/* By the producer. 0: full, and nothing was put. */
#define kfifo_put(fifo, val)						\
	({								\
		__typeof__(fifo) __put = (fifo);			\
		struct __kfifo *__kf = &__put->kfifo;			\
		__typeof__(*__put->buf) __val = (val);			\
		unsigned int __room = __kfifo_room(__kf) != 0;		\
		if (__room) {						\
			((__typeof__(&*__put->buf))__kf->data)[__kf->in & __kf->mask] = __val; \
			smp_store_release(&__kf->in, __kf->in + 1);	\
		}							\
		__room;							\
	})
/* How many of the @n elements at @buf were put. */
#define kfifo_in(fifo, buf, n) __kfifo_in(&(fifo)->kfifo, (buf), (n))

/* By the consumer. 0: empty, and *val is unchanged. */
#define kfifo_peek(fifo, val)						\
	({								\
		__typeof__(fifo) __get = (fifo);			\
		struct __kfifo *__kf = &__get->kfifo;			\
		__typeof__(&*__get->buf) __to = (val);			\
		unsigned int __there = __kfifo_there(__kf) != 0;	\
		if (__there)						\
			*__to = ((__typeof__(__to))__kf->data)[__kf->out & __kf->mask]; \
		__there;						\
	})
#define kfifo_skip(fifo)						\
	({								\
		struct __kfifo *__skip = &(fifo)->kfifo;		\
		smp_store_release(&__skip->out, __skip->out + 1);	\
	})
#define kfifo_get(fifo, val)						\
	({								\
		__typeof__(fifo) __fifo = (fifo);			\
		unsigned int __got = kfifo_peek(__fifo, val);		\
		if (__got)						\
			kfifo_skip(__fifo);				\
		__got;							\
	})
/* How many elements came to @buf; at most @n. */
#define kfifo_out(fifo, buf, n) __kfifo_out(&(fifo)->kfifo, (buf), (n))
#define kfifo_out_peek(fifo, buf, n) __kfifo_out_peek(&(fifo)->kfifo, (buf), (n))
/* Throws away all that is there. */
#define kfifo_reset_out(fifo)						\
	({								\
		struct __kfifo *__reset = &(fifo)->kfifo;		\
		smp_store_release(&__reset->out, smp_load_acquire(&__reset->in)); \
	})

/* By whoever has kept both out. */
#define kfifo_reset(fifo) ((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))

/* The same under @lock; irqsave, but for the _noirqsave forms. */
#define __kfifo_locked(fifo, lock, call)				\
	({								\
		unsigned long __flags;					\
		unsigned int __n;					\
		spin_lock_irqsave(lock, __flags);			\
		__n = (call);						\
		spin_unlock_irqrestore(lock, __flags);			\
		__n;							\
	})
#define __kfifo_locked_noirqsave(fifo, lock, call)			\
	({								\
		unsigned int __n;					\
		spin_lock(lock);					\
		__n = (call);						\
		spin_unlock(lock);					\
		__n;							\
	})
#define kfifo_in_spinlocked(fifo, buf, n, lock) \
	__kfifo_locked(fifo, lock, kfifo_in(fifo, buf, n))
#define kfifo_out_spinlocked(fifo, buf, n, lock) \
	__kfifo_locked(fifo, lock, kfifo_out(fifo, buf, n))
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock) \
	__kfifo_locked_noirqsave(fifo, lock, kfifo_in(fifo, buf, n))
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock) \
	__kfifo_locked_noirqsave(fifo, lock, kfifo_out(fifo, buf, n))
#define kfifo_in_locked(fifo, buf, n, lock) kfifo_in_spinlocked(fifo, buf, n, lock)
#define kfifo_out_locked(fifo, buf, n, lock) kfifo_out_spinlocked(fifo, buf, n, lock)

#endif /* _LINUX_KFIFO_H */

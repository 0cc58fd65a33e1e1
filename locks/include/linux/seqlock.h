/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H
/*
 * seqlock_t: a sequence counter and the spinlock of its writers.
 *
 *	writer					reader
 *	write_seqlock(&sl);			do {
 *	a = 1; b = 2;					seq = read_seqbegin(&sl);
 *	write_sequnlock(&sl);				x = a; y = b;
 *						} while (read_seqretry(&sl, seq));
 *
 * Readers never block writers. A reader that must not be starved takes the
 * lock: read_seqlock_excl(), or read_seqbegin_or_lock() on its second try.
 * Forms with _bh, _irq, _irqsave: as for spinlocks, wherever the *writers* of
 * a softirq or hardirq, or its readers, share the data.
 * Rules for what stands between begin and retry: <linux/seqcount.h>.
 */
#include <linux/seqcount.h>
#include <linux/spinlock.h>

#define seqlock_init(sl) do {						\
	spin_lock_init(&(sl)->lock);					\
	seqcount_spinlock_init(&(sl)->seqcount, &(sl)->lock);		\
} while (0)

/* Lockless readers. */

static __always_inline unsigned read_seqbegin(const seqlock_t *sl)
{
	return read_seqcount_begin(&sl->seqcount);
}

static __always_inline unsigned read_seqretry(const seqlock_t *sl, unsigned start)
{
	return read_seqcount_retry(&sl->seqcount, start);
}

/* Writers, and readers that exclude writers and each other. */

#define __SEQLOCK_FORM(form)						\
static __always_inline void write_seqlock##form(seqlock_t *sl)		\
{									\
	spin_lock##form(&sl->lock);					\
	__seqcount_write_begin(__seqcount(&sl->seqcount), 0);		\
}									\
static __always_inline void write_sequnlock##form(seqlock_t *sl)	\
{									\
	__seqcount_write_end(__seqcount(&sl->seqcount));		\
	spin_unlock##form(&sl->lock);					\
}									\
static __always_inline void read_seqlock_excl##form(seqlock_t *sl)	\
{									\
	spin_lock##form(&sl->lock);					\
}									\
static __always_inline void read_sequnlock_excl##form(seqlock_t *sl)	\
{									\
	spin_unlock##form(&sl->lock);					\
}

__SEQLOCK_FORM()
__SEQLOCK_FORM(_bh)
__SEQLOCK_FORM(_irq)

#define write_seqlock_irqsave(sl, flags) do {				\
	spin_lock_irqsave(&(sl)->lock, flags);				\
	__seqcount_write_begin(__seqcount(&(sl)->seqcount), 0);		\
} while (0)
#define read_seqlock_excl_irqsave(sl, flags) spin_lock_irqsave(&(sl)->lock, flags)

static __always_inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	__seqcount_write_end(__seqcount(&sl->seqcount));
	spin_unlock_irqrestore(&sl->lock, flags);
}

static __always_inline void read_sequnlock_excl_irqrestore(seqlock_t *sl, unsigned long flags)
{
	spin_unlock_irqrestore(&sl->lock, flags);
}

/*
 * Lockless first, locked if that failed:
 *
 *	int seq = 0;
 *	do {
 *		read_seqbegin_or_lock(&sl, &seq);
 *		...
 *	} while (need_seqretry(&sl, seq) && (seq = 1));
 *	done_seqretry(&sl, seq);
 *
 * seq is even: no lock; odd: we hold it.
 */
static __always_inline void read_seqbegin_or_lock(seqlock_t *sl, int *seq)
{
	if (!(*seq & 1))
		*seq = (int)read_seqbegin(sl);
	else
		read_seqlock_excl(sl);
}

static __always_inline int need_seqretry(seqlock_t *sl, int seq)
{
	return !(seq & 1) && read_seqretry(sl, (unsigned)seq);
}

static __always_inline void done_seqretry(seqlock_t *sl, int seq)
{
	if (seq & 1)
		read_sequnlock_excl(sl);
}

#endif /* _LINUX_SEQLOCK_H */

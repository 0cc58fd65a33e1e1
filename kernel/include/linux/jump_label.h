/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_JUMP_LABEL_H
#define _LINUX_JUMP_LABEL_H
/*
 * Branches that are nearly always taken the same way.
 *
 *	static DEFINE_STATIC_KEY_FALSE(debugging);
 *
 *	if (static_branch_unlikely(&debugging))
 *		...
 *	static_branch_enable(&debugging);
 *
 * static_branch_inc() and _dec() count: the key is true while the count is not 0.
 * Context: branches anywhere; changes in Linux sleep, and are reported here where
 * one may not.
 * Order: none. A CPU may go the old way for a moment, so a branch guards nothing.
 *
 * Unlike Linux: a key is an atomic count that every branch reads, one step; no code
 * is patched, and no CPU is interrupted for it.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/kernel.h>

struct static_key {
	atomic_t enabled;
};
struct static_key_true {
	struct static_key key;
};
struct static_key_false {
	struct static_key key;
};

#define STATIC_KEY_INIT_TRUE { .enabled = ATOMIC_INIT(1) }
#define STATIC_KEY_INIT_FALSE { .enabled = ATOMIC_INIT(0) }
#define DEFINE_STATIC_KEY_TRUE(name) \
	struct static_key_true name = { .key = STATIC_KEY_INIT_TRUE }
#define DEFINE_STATIC_KEY_FALSE(name) \
	struct static_key_false name = { .key = STATIC_KEY_INIT_FALSE }
#define DEFINE_STATIC_KEY_TRUE_RO(name) DEFINE_STATIC_KEY_TRUE(name)
#define DEFINE_STATIC_KEY_FALSE_RO(name) DEFINE_STATIC_KEY_FALSE(name)
#define DECLARE_STATIC_KEY_TRUE(name) extern struct static_key_true name
#define DECLARE_STATIC_KEY_FALSE(name) extern struct static_key_false name

#define static_key_count(k) atomic_read(&(k)->enabled)
#define static_key_enabled(x) (static_key_count(&(x)->key) > 0)
#define static_branch_likely(x) likely(static_key_enabled(x))
#define static_branch_unlikely(x) unlikely(static_key_enabled(x))

static inline void static_key_slow_inc(struct static_key *key)
{
	might_sleep();
	atomic_inc(&key->enabled);
}

static inline void static_key_slow_dec(struct static_key *key)
{
	might_sleep();
	WARN(atomic_dec_return(&key->enabled) < 0, "jump label: negative count!");
}

/* To 1 or to 0; a key that is counted is not to be set. */
static inline void __static_key_set(struct static_key *key, int to)
{
	int was;

	might_sleep();
	was = atomic_xchg(&key->enabled, to);
	WARN_ON_ONCE(was < 0 || was > 1);
}

#define static_branch_inc(x) static_key_slow_inc(&(x)->key)
#define static_branch_dec(x) static_key_slow_dec(&(x)->key)
#define static_branch_enable(x) __static_key_set(&(x)->key, 1)
#define static_branch_disable(x) __static_key_set(&(x)->key, 0)

#endif /* _LINUX_JUMP_LABEL_H */

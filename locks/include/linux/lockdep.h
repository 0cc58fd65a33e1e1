/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H
/*
 * Locks say here what happens to them; checkers on the other side of the
 * glass listen. Every call is one announcement: no step, no time, no effect.
 *
 *	lock_acquire	wanted, about to try	  (Linux's arguments, all)
 *	lock_contended	the try failed, about to wait
 *	lock_acquired	it is ours
 *	lock_release	about to let go
 *
 * The rule for the writer of a lock: no step between a failed try and
 * lock_contended(), none between the step that takes a lock and
 * lock_acquired(). Functions that do this are __no_tick.
 *
 * @subclass 0-7, @trylock 1: does not wait; @read 0 write, 1 read, 2 recursive
 * read; @check 1: validate; @nest_lock: its holder may take several of this
 * class; @ip: whom to blame, the caller of the public function.
 *
 * Unlike Linux: a successful trylock is followed by lock_acquired() too, so
 * that "ours" is one event for all locks. Maps that are no locks (RCU, work
 * items: lock_map_acquire()) have no lock_acquired().
 */
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/lockdep_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 1 until the first report of the validator, as told by debug_locks_off(). */
extern int debug_locks;
/* Called by whoever reports a locking bug in the guest: 1 the first time. */
int debug_locks_off(void);

#define LOCK_STATE_UNKNOWN  -1 /* no validator, or it has been turned off */
#define LOCK_STATE_NOT_HELD 0
#define LOCK_STATE_HELD	    1

#define STATIC_LOCKDEP_MAP_INIT(_name, _key) \
	{ .key = (struct lock_class_key *)(_key), .name = (_name) }

/**
 * lockdep_init_map_type() - (re)initialise a lock's map
 * @map: the map; @name: as it shall be printed, kept by pointer
 * @key: its class, never NULL
 * @subclass: 0, or the subclass that it always has
 * @inner: what it is; @outer: what may be held when taking it, 0 as inner
 * @lock_type: enum lockdep_lock_type
 */
void lockdep_init_map_type(struct lockdep_map *map, const char *name,
			   struct lock_class_key *key, int subclass, u8 inner, u8 outer,
			   u8 lock_type);
#define lockdep_init_map_waits(map, name, key, sub, inner, outer) \
	lockdep_init_map_type(map, name, key, sub, inner, outer, LD_LOCK_NORMAL)
#define lockdep_init_map_wait(map, name, key, sub, inner) \
	lockdep_init_map_waits(map, name, key, sub, inner, LD_WAIT_INV)
#define lockdep_init_map(map, name, key, sub) \
	lockdep_init_map_wait(map, name, key, sub, LD_WAIT_INV)

/* Moves a lock, held or not, into another class. */
void lock_set_class(struct lockdep_map *map, const char *name, struct lock_class_key *key,
		    unsigned int subclass, unsigned long ip);

#define lockdep_set_class(lock, key) \
	lock_set_class(&(lock)->dep_map, #key, key, 0, _THIS_IP_)
#define lockdep_set_class_and_name(lock, key, name) \
	lock_set_class(&(lock)->dep_map, name, key, 0, _THIS_IP_)
#define lockdep_set_class_and_subclass(lock, key, sub) \
	lock_set_class(&(lock)->dep_map, #key, key, sub, _THIS_IP_)
#define lockdep_set_subclass(lock, sub)					\
	lock_set_class(&(lock)->dep_map, (lock)->dep_map.name,		\
		       (lock)->dep_map.key, sub, _THIS_IP_)
#define lock_set_subclass(map, sub, ip) \
	lock_set_class(map, (map)->name, (map)->key, sub, ip)
#define lockdep_match_class(lock, class_key) ((lock)->dep_map.key == (class_key))

/* Locks that the validator shall not look at. */
extern struct lock_class_key __lockdep_no_validate__;
#define lockdep_set_novalidate_class(lock) \
	lockdep_set_class_and_name(lock, &__lockdep_no_validate__, #lock)

/* Unlike Linux: any address may be a key; registration is not needed. */
static inline void lockdep_register_key(struct lock_class_key *key) { (void)key; }
static inline void lockdep_unregister_key(struct lock_class_key *key) { (void)key; }

static __always_inline void __lock_event(unsigned int kind, const volatile void *map,
					 u64 arg, unsigned long ip)
{
	hw_announce(kind, map, arg, (const void *)ip);
}

static __always_inline void lock_acquire(struct lockdep_map *map, unsigned int subclass,
					 int trylock, int read, int check,
					 struct lockdep_map *nest_lock, unsigned long ip)
{
	if (nest_lock)
		__lock_event(EV_LOCK_NEST, map, (u64)(uintptr_t)nest_lock, ip);
	__lock_event(EV_LOCK_ACQUIRE, map, LOCK_ARG(subclass, trylock, read, check), ip);
}

static __always_inline void lock_contended(struct lockdep_map *map, unsigned long ip)
{
	__lock_event(EV_LOCK_CONTENDED, map, 0, ip);
}

static __always_inline void lock_acquired(struct lockdep_map *map, unsigned long ip)
{
	__lock_event(EV_LOCK_ACQUIRED, map, 0, ip);
}

static __always_inline void lock_release(struct lockdep_map *map, unsigned long ip)
{
	__lock_event(EV_LOCK_RELEASE, map, 0, ip);
}

/* A writer becomes a reader without letting go. */
static __always_inline void lock_downgrade(struct lockdep_map *map, unsigned long ip)
{
	__lock_event(EV_LOCK_DOWNGRADE, map, 0, ip);
}

/* LOCK_STATE_*. With @read: 0 held for writing, 1 for reading, -1 either. */
static __always_inline int lock_is_held(const struct lockdep_map *map)
{
	return hw_ask(HW_ASK_LOCK_HELD, map);
}

static __always_inline int lock_is_held_type(const struct lockdep_map *map, int read)
{
	int held = hw_ask(HW_ASK_LOCK_HELD, map);

	if (held != LOCK_STATE_HELD || read < 0)
		return held;
	return (hw_ask(HW_ASK_LOCK_HELD_READ, map) == 1) == (read != 0);
}

/* While pinned, releasing the lock is reported. */
static __always_inline struct pin_cookie lock_pin_lock(struct lockdep_map *map)
{
	struct pin_cookie cookie = { 1 };

	__lock_event(EV_LOCK_PIN, map, 0, _RET_IP_);
	return cookie;
}

static __always_inline void lock_unpin_lock(struct lockdep_map *map, struct pin_cookie cookie)
{
	(void)cookie;
	__lock_event(EV_LOCK_UNPIN, map, 0, _RET_IP_);
}

/* How rwlock_t announces a reader: recursive only where it cannot deadlock. */
int read_lock_is_recursive(void);

#ifdef __cplusplus
}
#endif

#define lockdep_is_held(lock)	      lock_is_held(&(lock)->dep_map)
#define lockdep_is_held_type(lock, r) lock_is_held_type(&(lock)->dep_map, (r))
#define lockdep_pin_lock(l)	      lock_pin_lock(&(l)->dep_map)
#define lockdep_unpin_lock(l, c)      lock_unpin_lock(&(l)->dep_map, (c))

#include <linux/lockdep_api.h>

#endif /* _LINUX_LOCKDEP_H */

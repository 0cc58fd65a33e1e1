// SPDX-License-Identifier: MIT
// The guest's side of lockdep: names and classes. The validator is a checker.
#include <linux/cmpxchg.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>

constinit int debug_locks = 1;
constinit struct lock_class_key __lockdep_no_validate__ = {};

int debug_locks_off(void)
{
	return xchg(&debug_locks, 0);
}

void lockdep_init_map_type(struct lockdep_map *map, const char *name,
			   struct lock_class_key *key, int subclass, u8 inner, u8 outer,
			   u8 lock_type)
{
	map->key = key;
	map->name = name;
	map->wait_type_outer = outer;
	map->wait_type_inner = inner;
	map->lock_type = lock_type;
	map->subclass = static_cast<u8>(subclass);
	hw_announce(EV_LOCK_INIT, map, reinterpret_cast<uintptr_t>(key),
		    __builtin_return_address(0));
}

void lock_set_class(struct lockdep_map *map, const char *name, struct lock_class_key *key,
		    unsigned int subclass, unsigned long ip)
{
	map->key = key;
	map->name = name;
	map->subclass = static_cast<u8>(subclass);
	hw_announce(EV_LOCK_SET_CLASS, map,
		    reinterpret_cast<uintptr_t>(key) | static_cast<u64>(subclass) << 48,
		    reinterpret_cast<const void *>(ip));
}

// A queued reader waits behind a waiting writer, so a second read_lock() by the
// same task may deadlock; in an interrupt readers overtake writers.
int read_lock_is_recursive(void)
{
	return in_interrupt();
}

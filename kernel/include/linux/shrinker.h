/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SHRINKER_H
#define _LINUX_SHRINKER_H
/*
 * Shrinkers: caches that can give memory back when they are asked.
 *
 *	count_objects()	how many it could free; takes no lock, a guess is good enough
 *	scan_objects()	frees up to sc->nr_to_scan, says how many (nr_scanned: looked
 *			at), or SHRINK_STOP
 *
 * A shrinker is called by whoever needs memory, who may hold locks of the very
 * subsystem that owns the cache: so scan_objects() may only trylock an object, and
 * must not wait for anything.
 *
 *	shrinker_rwsem	rwsem	the list of shrinkers. Registering writes, shrinking
 *			reads and only tries: if it fails there is nothing to shrink now
 *
 * Unlike Linux: nobody calls by himself when memory runs low (<linux/gfp.h>): whoever
 * wants memory back calls shrink_slab().
 */
#include <linux/list.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHRINK_STOP (~0UL)
#define SHRINK_EMPTY (~0UL - 1)
#define DEFAULT_SEEKS 2

struct shrink_control {
	gfp_t gfp_mask;
	unsigned long nr_to_scan;
	unsigned long nr_scanned;
};

struct shrinker {
	unsigned long (*count_objects)(struct shrinker *s, struct shrink_control *sc);
	unsigned long (*scan_objects)(struct shrinker *s, struct shrink_control *sc);
	int seeks;
	struct list_head list; /* guarded by shrinker_rwsem */
};

__attribute__((format(printf, 2, 3))) int register_shrinker(struct shrinker *shrinker,
							     const char *fmt, ...);
/* Behind it the shrinker is not running and will not be called. Sleeps. */
void unregister_shrinker(struct shrinker *shrinker);

/* Asks every shrinker for a part, 1 / 2^priority, of what it has. How many were freed. */
unsigned long shrink_slab(gfp_t gfp_mask, int priority);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SHRINKER_H */

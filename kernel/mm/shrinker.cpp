// SPDX-License-Identifier: MIT
/* Asking caches for memory. */
#include <linux/rwsem.h>
#include <linux/shrinker.h>

namespace {

DECLARE_RWSEM(shrinker_rwsem);
LIST_HEAD(shrinker_list); /* guarded by shrinker_rwsem */

unsigned long shrink_one(shrinker *s, gfp_t gfp, int priority)
{
	shrink_control sc = { gfp, 0, 0 };
	const unsigned long have = s->count_objects(s, &sc);

	if (!have || have == SHRINK_EMPTY)
		return 0;
	sc.nr_to_scan = sc.nr_scanned = (have >> priority) + (have >> priority == 0);
	const unsigned long freed = s->scan_objects(s, &sc);
	return freed == SHRINK_STOP ? 0 : freed;
}

} /* namespace */

extern "C" {

int register_shrinker(shrinker *s, const char *, ...)
{
	down_write(&shrinker_rwsem);
	list_add_tail(&s->list, &shrinker_list);
	up_write(&shrinker_rwsem);
	return 0;
}

void unregister_shrinker(shrinker *s)
{
	down_write(&shrinker_rwsem);
	list_del(&s->list);
	up_write(&shrinker_rwsem);
}

unsigned long shrink_slab(gfp_t gfp, int priority)
{
	unsigned long freed = 0;
	shrinker *s;

	if (!down_read_trylock(&shrinker_rwsem))
		return 0;
	list_for_each_entry(s, &shrinker_list, list)
		freed += shrink_one(s, gfp, priority);
	up_read(&shrinker_rwsem);
	return freed;
}

} /* extern "C" */

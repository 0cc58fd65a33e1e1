/* SPDX-License-Identifier: MIT */
/* Handing out indices, against a table of which are taken; and the odd corners. */
#include <linux/random.h>
#include <linux/xarray.h>

#include "tests/kernel/guest/check.h"

#define PLACES 200

static bool taken[PLACES];
static int object;

static int lowest_free(int from)
{
	int i;

	for (i = from; i < PLACES; i++) {
		if (!taken[i])
			return i;
	}
	return -1;
}

static void allocate(struct xarray *xa, int first)
{
	int expected = lowest_free(first);
	u32 id = 12345;
	int err = xa_alloc(xa, &id, &object, XA_LIMIT(0, PLACES - 1), GFP_KERNEL);

	CHECK_EQ(err, expected < 0 ? -EBUSY : 0);
	CHECK_EQ(id, expected < 0 ? 12345 : expected);
	if (expected >= 0)
		taken[expected] = true;
}

static void give_back(struct xarray *xa, int i)
{
	CHECK_EQ(xa_erase(xa, (unsigned long)i), taken[i] ? &object : NULL);
	taken[i] = false;
}

static void random_allocations(struct xarray *xa, int first)
{
	int n;

	memset(taken, 0, sizeof(taken));
	for (n = 0; n < PLACES + 10; n++)
		allocate(xa, first);
	for (n = 0; n < 300; n++) {
		if (get_random_u32() % 2)
			allocate(xa, first);
		else
			give_back(xa, (int)(get_random_u32() % PLACES));
	}
	xa_destroy(xa);
	CHECK(xa_empty(xa));
}

static void cyclic(void)
{
	static DEFINE_XARRAY_ALLOC(xa);
	struct xa_limit limit = XA_LIMIT(5, 8);
	u32 id, next = 0;
	int i;

	for (i = 5; i <= 8; i++) {
		CHECK_EQ(xa_alloc_cyclic(&xa, &id, &object, limit, &next, GFP_KERNEL), 0);
		CHECK_EQ(id, i);
	}
	CHECK_EQ(xa_alloc_cyclic(&xa, &id, &object, limit, &next, GFP_KERNEL), -EBUSY);
	xa_erase(&xa, 6);
	CHECK_EQ(xa_alloc_cyclic(&xa, &id, &object, limit, &next, GFP_KERNEL), 1);
	CHECK_EQ(id, 6);
	xa_erase(&xa, 5);
	xa_erase(&xa, 7);
	CHECK_EQ(xa_alloc_cyclic(&xa, &id, &object, limit, &next, GFP_KERNEL), 0);
	CHECK_EQ(id, 7);
	xa_destroy(&xa);
}

/* A NULL that is stored keeps the place of an allocating array. */
static void reserved_places(void)
{
	static DEFINE_XARRAY_ALLOC(xa);
	unsigned long index;
	void *entry;
	u32 id;

	CHECK_EQ(xa_alloc(&xa, &id, NULL, xa_limit_32b, GFP_KERNEL), 0);
	CHECK_EQ(id, 0);
	CHECK_EQ(xa_load(&xa, 0), NULL);
	CHECK(!xa_empty(&xa));
	CHECK_EQ(xa_alloc(&xa, &id, &object, xa_limit_32b, GFP_KERNEL), 0);
	CHECK_EQ(id, 1);
	CHECK_EQ(xa_store(&xa, 1, NULL, GFP_KERNEL), &object);
	CHECK_EQ(xa_alloc(&xa, &id, &object, xa_limit_32b, GFP_KERNEL), 0);
	CHECK_EQ(id, 2);
	xa_for_each(&xa, index, entry)
		CHECK_EQ(index, 2);
	CHECK_EQ(xa_reserve(&xa, 3, GFP_KERNEL), 0);
	CHECK_EQ(xa_insert(&xa, 3, &object, GFP_KERNEL), -EBUSY);
	CHECK_EQ(xa_reserve(&xa, 2, GFP_KERNEL), 0);
	CHECK_EQ(xa_load(&xa, 2), &object);
	xa_release(&xa, 3);
	CHECK_EQ(xa_insert(&xa, 3, &object, GFP_KERNEL), 0);
	xa_release(&xa, 3);
	CHECK_EQ(xa_load(&xa, 3), &object);
	xa_destroy(&xa);
}

static void entries(void)
{
	CHECK_EQ(xa_to_value(xa_mk_value(77)), 77);
	CHECK(xa_is_value(xa_mk_value(0)) && !xa_is_value(&object));
	CHECK_EQ(xa_untag_pointer(xa_tag_pointer(&object, 3)), &object);
	CHECK_EQ(xa_pointer_tag(xa_tag_pointer(&object, 3)), 3);
	CHECK_EQ(xa_err(xa_mk_internal((unsigned long)-ENOMEM)), -ENOMEM);
	CHECK_EQ(xa_err(&object), 0);
	CHECK_EQ(xa_err(NULL), 0);
}

/* Walking with a state, changing things on the way. */
static void states(void)
{
	static DEFINE_XARRAY(xa);
	XA_STATE(xas, &xa, 10);
	unsigned long sum = 0;
	void *entry, *got[3];

	do {
		xas_lock(&xas);
		xas_store(&xas, xa_mk_value(10));
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	CHECK_EQ(xas_error(&xas), 0);
	xa_store(&xa, 100, xa_mk_value(100), GFP_KERNEL);
	xa_store(&xa, 11, xa_mk_value(11), GFP_KERNEL);
	CHECK_EQ(xa_extract(&xa, got, 0, ULONG_MAX, 2, XA_PRESENT), 2);
	CHECK_EQ(xa_to_value(got[0]) + xa_to_value(got[1]), 21);

	xas_set(&xas, 0);
	xas_lock(&xas);
	xas_for_each(&xas, entry, 99) {
		if (xas_retry(&xas, entry))
			continue;
		sum += xa_to_value(entry);
		xas_set_mark(&xas, XA_MARK_1);
		if (xas.xa_index == 10)
			xas_store(&xas, NULL);
		xas_pause(&xas);
	}
	xas_unlock(&xas);
	CHECK_EQ(sum, 21);

	xas_set(&xas, 0);
	rcu_read_lock();
	xas_for_each_marked(&xas, entry, ULONG_MAX, XA_MARK_1)
		CHECK_EQ(xas.xa_index, 11);
	xas_set(&xas, 10);
	CHECK_EQ(xas_next(&xas), NULL);
	CHECK_EQ(xa_to_value(xas_next(&xas)), 11);
	CHECK_EQ(xas_prev(&xas), NULL);
	rcu_read_unlock();
	xa_destroy(&xa);
}

static int __init xarray_alloc_init(void)
{
	static DEFINE_XARRAY_ALLOC(from_0);
	static DEFINE_XARRAY_ALLOC1(from_1);

	random_allocations(&from_0, 0);
	random_allocations(&from_1, 1);
	cyclic();
	reserved_places();
	entries();
	states();
	rcu_barrier();
	ALL_CHECKED();
	return 0;
}
module_init(xarray_alloc_init);

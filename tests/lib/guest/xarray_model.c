/* SPDX-License-Identifier: MIT */
/*
 * An xarray against a table: after each of many random operations both must
 * hold the same entries with the same marks, and find the same ones.
 */
#include <linux/random.h>
#include <linux/xarray.h>

#include "tests/kernel/guest/check.h"

static int operations = 300;
module_param(operations, int, 0);

/* Neighbours, borders of nodes and levels, and both ends. */
static const unsigned long indices[] = {
	0, 1, 2, 62, 63, 64, 65, 127, 128, 4095, 4096, 4097, 262143, 262144,
	1ul << 40, (1ul << 40) + 1, ULONG_MAX - 64, ULONG_MAX - 1, ULONG_MAX,
};
#define N ((int)ARRAY_SIZE(indices))

static struct {
	void *entry[N];
	bool mark[N][3];
	int objects[N][4];
} model;

static DEFINE_XARRAY(array);

static unsigned int below(unsigned int n)
{
	return get_random_u32() % n;
}

static void forget(int i)
{
	int mark;

	model.entry[i] = NULL;
	for (mark = 0; mark < 3; mark++)
		model.mark[i][mark] = false;
}

static void *some_entry(int i)
{
	int which = (int)below(6);

	if (which < 4)
		return &model.objects[i][which];
	return which == 4 ? xa_mk_value(below(1000)) : NULL;
}

static void store(int i)
{
	void *entry = some_entry(i);

	CHECK_EQ(xa_store(&array, indices[i], entry, GFP_KERNEL), model.entry[i]);
	if (!entry)
		forget(i);
	model.entry[i] = entry;
}

static void compare_exchange(int i)
{
	void *old = below(2) ? model.entry[i] : some_entry(i), *entry = some_entry(i);

	CHECK_EQ(xa_cmpxchg(&array, indices[i], old, entry, GFP_KERNEL), model.entry[i]);
	if (old != model.entry[i])
		return;
	if (!entry)
		forget(i);
	model.entry[i] = entry;
}

static void insert(int i)
{
	void *entry = &model.objects[i][0];

	CHECK_EQ(xa_insert(&array, indices[i], entry, GFP_KERNEL), model.entry[i] ? -EBUSY : 0);
	if (!model.entry[i])
		model.entry[i] = entry;
}

static void change_mark(int i)
{
	xa_mark_t mark = below(3);
	bool set = below(3);

	if (set)
		xa_set_mark(&array, indices[i], mark);
	else
		xa_clear_mark(&array, indices[i], mark);
	model.mark[i][mark] = set && model.entry[i];
}

static void operate(void)
{
	int i = (int)below(N);

	switch (below(6)) {
	case 0:
	case 1: store(i); break;
	case 2: compare_exchange(i); break;
	case 3: insert(i); break;
	case 4: change_mark(i); break;
	case 5:
		CHECK_EQ(xa_erase(&array, indices[i]), model.entry[i]);
		forget(i);
		break;
	}
}

static bool matches(int i, xa_mark_t filter)
{
	return filter == XA_PRESENT ? model.entry[i] != NULL : model.mark[i][filter];
}

/* The model's answer to xa_find(). */
static int first_from(unsigned long index, unsigned long max, xa_mark_t filter)
{
	int i;

	for (i = 0; i < N; i++) {
		if (indices[i] >= index && indices[i] <= max && matches(i, filter))
			return i;
	}
	return -1;
}

static void compare_find(void)
{
	xa_mark_t filter = below(4) == 3 ? XA_PRESENT : below(3);
	unsigned long index = indices[below(N)], max = indices[below(N)], found = index;
	int i = first_from(index, max, filter);

	CHECK_EQ(xa_find(&array, &found, max, filter), i < 0 ? NULL : model.entry[i]);
	CHECK_EQ(found, i < 0 ? index : indices[i]);
	if (index == ULONG_MAX)
		return;
	found = index;
	i = first_from(index + 1, max, filter);
	CHECK_EQ(xa_find_after(&array, &found, max, filter), i < 0 ? NULL : model.entry[i]);
}

static void compare_all(void)
{
	bool any[3] = { false, false, false }, present = false;
	unsigned long index;
	void *entry;
	int i, next = -1, mark;

	for (i = 0; i < N; i++) {
		CHECK_EQ(xa_load(&array, indices[i]), model.entry[i]);
		present |= model.entry[i] != NULL;
		for (mark = 0; mark < 3; mark++) {
			CHECK_EQ(xa_get_mark(&array, indices[i], mark), model.mark[i][mark]);
			any[mark] |= model.mark[i][mark];
		}
	}
	CHECK_EQ(xa_empty(&array), !present);
	for (mark = 0; mark < 3; mark++)
		CHECK_EQ(xa_marked(&array, mark), any[mark]);
	xa_for_each(&array, index, entry) {
		do {
			next++;
		} while (next < N && !model.entry[next]);
		CHECK(next < N);
		CHECK_EQ(index, indices[next]);
		CHECK_EQ(entry, model.entry[next]);
	}
	do {
		next++;
	} while (next < N && !model.entry[next]);
	CHECK_EQ(next, N);
}

static int __init xarray_model_init(void)
{
	int n;

	for (n = 0; n < operations; n++) {
		operate();
		compare_find();
		if (n % 10 == 9)
			compare_all();
	}
	xa_destroy(&array);
	CHECK(xa_empty(&array));
	CHECK_EQ(xa_load(&array, 0), NULL);
	rcu_barrier();
	ALL_CHECKED();
	return 0;
}
module_init(xarray_model_init);

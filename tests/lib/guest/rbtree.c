/* SPDX-License-Identifier: MIT */
/*
 * A red-black tree against a table, through many changes: in order, complete, and
 * within its rules after each of them. And arrays, sorted.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/random.h>
#include <linux/rbtree.h>
#include <linux/sort.h>
#include <linux/spinlock.h>

#include "tests/kernel/guest/check.h"

#define KEYS 32
#define CHANGES 300

struct object {
	int key;
	bool in; /* what the table says */
	struct rb_node node;
};

static struct rb_root_cached tree = RB_ROOT_CACHED;
static struct object objects[KEYS];

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct object, node)->key < rb_entry(b, struct object, node)->key;
}

static int compare_key(const void *key, const struct rb_node *node)
{
	return *(const int *)key - rb_entry(node, struct object, node)->key;
}

static int compare(struct rb_node *a, const struct rb_node *b)
{
	return compare_key(&rb_entry(a, struct object, node)->key, b);
}

/* Black nodes down from here; -1 if a rule is broken. */
static int black_height(const struct rb_node *n, bool parent_is_red)
{
	bool red;
	int left, right;

	if (!n)
		return 1;
	red = !(n->__rb_parent_color & 1);
	if (red && parent_is_red)
		return -1;
	if ((n->rb_left && rb_parent(n->rb_left) != n) ||
	    (n->rb_right && rb_parent(n->rb_right) != n))
		return -1;
	left = black_height(n->rb_left, red);
	right = black_height(n->rb_right, red);
	return left < 0 || left != right ? -1 : left + !red;
}

static void compare_with_table(void)
{
	struct rb_node *n = rb_first(&tree.rb_root), *last = NULL;
	int i;

	CHECK(rb_first_cached(&tree) == n);
	CHECK(black_height(tree.rb_root.rb_node, true) > 0); /* the root is black */
	for (i = 0; i < KEYS; i++) {
		CHECK((rb_find(&i, &tree.rb_root, compare_key) != NULL) == objects[i].in);
		if (!objects[i].in)
			continue;
		CHECK(n == &objects[i].node);
		if (n) {
			CHECK(rb_prev(n) == last);
			last = n;
			n = rb_next(n);
		}
	}
	CHECK(!n && rb_last(&tree.rb_root) == last);
}

static void change(struct object *object)
{
	static struct object other;

	if (object->in) {
		rb_erase_cached(&object->node, &tree);
		RB_CLEAR_NODE(&object->node);
	} else {
		CHECK(RB_EMPTY_NODE(&object->node));
		rb_add_cached(&object->node, &tree, less);
	}
	object->in = !object->in;
	if (!object->in)
		return;
	other.key = object->key;
	CHECK(rb_find_add(&other.node, &tree.rb_root, compare) == &object->node);
	rb_replace_node_cached(&object->node, &other.node, &tree);
	rb_replace_node_cached(&other.node, &object->node, &tree);
}

static void postorder(void)
{
	struct object *object, *next;
	int n = 0, in = 0, i;

	for (i = 0; i < KEYS; i++)
		in += objects[i].in;
	rbtree_postorder_for_each_entry_safe(object, next, &tree.rb_root, node) {
		if (object->node.rb_left)
			CHECK(!rb_entry(object->node.rb_left, struct object, node)->in);
		object->in = false;
		n++;
	}
	CHECK_EQ(n, in);
	tree = RB_ROOT_CACHED;
	CHECK(RB_EMPTY_ROOT(&tree.rb_root));
}

struct pair {
	int key;
	char what[3];
};

static int by_key(const void *a, const void *b)
{
	return ((const struct pair *)a)->key - ((const struct pair *)b)->key;
}

static int swaps;

static void swap_pairs(void *a, void *b, int size)
{
	struct pair was = *(struct pair *)a;

	CHECK_EQ(size, sizeof(was));
	*(struct pair *)a = *(struct pair *)b;
	*(struct pair *)b = was;
	swaps++;
}

static void sorted(size_t n, swap_func_t swap)
{
	struct pair pairs[20];
	long sum = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		pairs[i].key = get_random_u32_below(12);
		pairs[i].what[0] = 'a' + pairs[i].key;
		sum += pairs[i].key;
	}
	sort(pairs, n, sizeof(*pairs), by_key, swap);
	for (i = 0; i < n; i++) {
		CHECK(!i || pairs[i - 1].key <= pairs[i].key);
		CHECK_EQ(pairs[i].what[0], 'a' + pairs[i].key);
		sum -= pairs[i].key;
	}
	CHECK_EQ(sum, 0);
}

static int __init rbtree_init(void)
{
	int i;

	for (i = 0; i < KEYS; i++) {
		objects[i].key = i;
		RB_CLEAR_NODE(&objects[i].node);
	}
	for (i = 0; i < CHANGES; i++) {
		change(&objects[get_random_u32_below(KEYS)]);
		if (i % 8 == 0)
			compare_with_table();
	}
	postorder();
	for (i = 0; i <= 20; i++)
		sorted(i, i % 2 ? swap_pairs : NULL);
	CHECK(swaps > 0);
	ALL_CHECKED();
	return 0;
}
module_init(rbtree_init);

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RBTREE_H
#define _LINUX_RBTREE_H
/*
 * Red-black trees: ordered, balanced, with nodes embedded in the caller's objects
 * and the comparison in the caller's code.
 *
 *	static struct rb_root tree = RB_ROOT;
 *
 *	struct rb_node **link = &tree.rb_node, *parent = NULL;
 *	while (*link) {
 *		parent = *link;
 *		link = key < rb_entry(parent, struct obj, node)->key ? &parent->rb_left
 *								     : &parent->rb_right;
 *	}
 *	rb_link_node(&obj->node, parent, link);
 *	rb_insert_color(&obj->node, &tree);
 *
 * or, with a function less(a, b): rb_add(&obj->node, &tree, less).
 *
 * Rules (Guibas and Sedgewick 1978): the root is black; a red node has no red
 * child; every way from a node down to where a child is missing passes equally many
 * black nodes. So no way is longer than twice another.
 *
 * Nothing here locks: who changes a tree excludes all others, readers included.
 * rb_root_cached remembers the leftmost node: its rb_first_cached() is one read.
 * The surprising thing: rb_erase() leaves the node as it was; say
 * RB_CLEAR_NODE() if RB_EMPTY_NODE() is to tell the truth. And a node put in twice
 * is not reported: the tree is broken.
 *
 * Unlike Linux: no latched and no augmented trees, no lockless walk (_rcu).
 */
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/types.h>

/* The parent's address, and in bit 0 the colour: 1 is black. */
struct rb_node {
	unsigned long __rb_parent_color;
	struct rb_node *rb_right;
	struct rb_node *rb_left;
} __attribute__((aligned(sizeof(long))));

struct rb_root {
	struct rb_node *rb_node;
};

struct rb_root_cached {
	struct rb_root rb_root;
	struct rb_node *rb_leftmost;
};

#ifdef __cplusplus
#define RB_ROOT (rb_root{ NULL })
#define RB_ROOT_CACHED (rb_root_cached{ { NULL }, NULL })
#else
#define RB_ROOT (struct rb_root){ NULL }
#define RB_ROOT_CACHED (struct rb_root_cached){ { NULL }, NULL }
#endif

#define rb_parent(r) ((struct rb_node *)((r)->__rb_parent_color & ~3ul))
#define rb_entry(ptr, type, member) container_of(ptr, type, member)
#define rb_entry_safe(ptr, type, member)				\
	({								\
		__typeof__(ptr) __rb_ptr = (ptr);			\
		__rb_ptr ? rb_entry(__rb_ptr, type, member) : (type *)NULL; \
	})
#define RB_EMPTY_ROOT(root) (READ_ONCE((root)->rb_node) == NULL)
/* A node in no tree is its own parent: by RB_CLEAR_NODE() only. */
#define RB_EMPTY_NODE(node) ((node)->__rb_parent_color == (unsigned long)(node))
#define RB_CLEAR_NODE(node) ((node)->__rb_parent_color = (unsigned long)(node))

#ifdef __cplusplus
extern "C" {
#endif

/* After rb_link_node(): colours it, and brings the tree into balance. */
void rb_insert_color(struct rb_node *node, struct rb_root *root);
void rb_erase(struct rb_node *node, struct rb_root *root);
/* new_node in victim's place, as it is: it must compare alike. */
void rb_replace_node(struct rb_node *victim, struct rb_node *new_node, struct rb_root *root);

/* In order; NULL at the ends. */
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
/* Children before their parents: for freeing a whole tree. */
struct rb_node *rb_first_postorder(const struct rb_root *root);
struct rb_node *rb_next_postorder(const struct rb_node *node);

#ifdef __cplusplus
}
#endif

static inline void rb_link_node(struct rb_node *node, struct rb_node *parent,
				struct rb_node **rb_link)
{
	node->__rb_parent_color = (unsigned long)parent; /* red */
	node->rb_left = node->rb_right = NULL;
	*rb_link = node;
}

#define rb_first_cached(root) ((root)->rb_leftmost)

static inline void rb_insert_color_cached(struct rb_node *node, struct rb_root_cached *root,
					  bool leftmost)
{
	if (leftmost)
		root->rb_leftmost = node;
	rb_insert_color(node, &root->rb_root);
}

/* The new leftmost node if it changed, else NULL. */
static inline struct rb_node *rb_erase_cached(struct rb_node *node, struct rb_root_cached *root)
{
	struct rb_node *leftmost = NULL;

	if (root->rb_leftmost == node)
		leftmost = root->rb_leftmost = rb_next(node);
	rb_erase(node, &root->rb_root);
	return leftmost;
}

static inline void rb_replace_node_cached(struct rb_node *victim, struct rb_node *new_node,
					  struct rb_root_cached *root)
{
	if (root->rb_leftmost == victim)
		root->rb_leftmost = new_node;
	rb_replace_node(victim, new_node, &root->rb_root);
}

typedef bool (*__rb_less_t)(struct rb_node *, const struct rb_node *);

/* Among equals it comes last. Whether it is the leftmost now. */
static __always_inline bool __rb_add(struct rb_node *node, struct rb_root *tree, __rb_less_t less)
{
	struct rb_node **link = &tree->rb_node, *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (less(node, parent)) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(node, parent, link);
	rb_insert_color(node, tree);
	return leftmost;
}

static __always_inline void rb_add(struct rb_node *node, struct rb_root *tree, __rb_less_t less)
{
	(void)__rb_add(node, tree, less);
}

/* The node if it is the leftmost now, else NULL. */
static __always_inline struct rb_node *
rb_add_cached(struct rb_node *node, struct rb_root_cached *tree, __rb_less_t less)
{
	if (!__rb_add(node, &tree->rb_root, less))
		return NULL;
	return tree->rb_leftmost = node;
}

/* The node that compares as 0, or NULL. */
static __always_inline struct rb_node *rb_find(const void *key, const struct rb_root *tree,
					       int (*cmp)(const void *key,
							  const struct rb_node *))
{
	struct rb_node *node = tree->rb_node;

	while (node) {
		int c = cmp(key, node);

		if (!c)
			return node;
		node = c < 0 ? node->rb_left : node->rb_right;
	}
	return NULL;
}

/* What is there and compares alike; else NULL, and node is in the tree. */
static __always_inline struct rb_node *rb_find_add(struct rb_node *node, struct rb_root *tree,
						   int (*cmp)(struct rb_node *,
							      const struct rb_node *))
{
	struct rb_node **link = &tree->rb_node, *parent = NULL;

	while (*link) {
		int c = cmp(node, *link);

		if (!c)
			return *link;
		parent = *link;
		link = c < 0 ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(node, parent, link);
	rb_insert_color(node, tree);
	return NULL;
}

/* The leftmost of all that compare as 0. */
static __always_inline struct rb_node *rb_find_first(const void *key, const struct rb_root *tree,
						     int (*cmp)(const void *key,
								const struct rb_node *))
{
	struct rb_node *node = tree->rb_node, *match = NULL;

	while (node) {
		int c = cmp(key, node);

		if (!c)
			match = node;
		node = c <= 0 ? node->rb_left : node->rb_right;
	}
	return match;
}

#define rbtree_postorder_for_each_entry_safe(pos, n, root, field)	\
	for (pos = rb_entry_safe(rb_first_postorder(root), __typeof__(*pos), field); \
	     pos && ({ n = rb_entry_safe(rb_next_postorder(&pos->field),	\
					 __typeof__(*pos), field); 1; });	\
	     pos = n)

#endif /* _LINUX_RBTREE_H */

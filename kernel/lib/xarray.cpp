// SPDX-License-Identifier: MIT
// The xarray's tree: walking, storing, erasing, marking.
#include <linux/init.h>
#include <linux/slab.h>

#include "kernel/lib/xarray_node.h"

namespace {

struct kmem_cache *node_cache;

int __init xarray_init(void)
{
	node_cache = kmem_cache_create("xa_node", sizeof(struct xa_node),
				       alignof(struct xa_node), 0, nullptr);
	return node_cache ? 0 : -ENOMEM;
}
core_initcall(xarray_init);

void free_after_readers(struct rcu_head *head)
{
	kmem_cache_free(node_cache, container_of(head, struct xa_node, rcu_head));
}

void free_node(struct xa_node *node) { call_rcu(&node->rcu_head, free_after_readers); }

// Empty. Nobody sees it yet.
struct xa_node *alloc_node(struct xa_state *xas, unsigned int shift)
{
	struct xa_node *node = xas->xa_alloc;

	if (node)
		xas->xa_alloc = nullptr;
	else
		node = static_cast<struct xa_node *>(
			kmem_cache_zalloc(node_cache, GFP_NOWAIT | __GFP_NOWARN));
	if (!node) {
		xas_set_err(xas, -ENOMEM);
		return nullptr;
	}
	node->shift = shift;
	if (xa_track_free(xas->xa))
		node->marks[XA_FREE_MARK] = ~0ul;
	return node;
}

// A head one level higher, with the old one in its slot 0.
struct xa_node *grow(struct xa_state *xas, struct xa_node *head)
{
	struct xa_node *higher = alloc_node(xas, head->shift + kChunkShift);

	if (!higher)
		return nullptr;
	higher->count = 1;
	higher->slots[0] = xa_mk_node(head);
	for (unsigned int mark = 0; mark < kMarks; mark++)
		higher->marks[mark] = (higher->marks[mark] & ~1ul) | (head->marks[mark] != 0);
	rcu_assign_pointer(xas->xa->xa_head, xa_mk_node(higher));
	return higher;
}

// A head that covers the index.
struct xa_node *create_head(struct xa_state *xas)
{
	struct xa_node *head = xa_head(xas->xa);
	unsigned int shift = 0;

	if (!head) {
		while (shift + kChunkShift < 64 && xas->xa_index >> (shift + kChunkShift))
			shift += kChunkShift;
		head = alloc_node(xas, shift);
		if (head)
			rcu_assign_pointer(xas->xa->xa_head, xa_mk_node(head));
	}
	while (head && !xa_covers(head, xas->xa_index))
		head = grow(xas, head);
	return head;
}

struct xa_node *create_child(struct xa_state *xas, struct xa_node *node, unsigned int offset)
{
	struct xa_node *child = alloc_node(xas, node->shift - kChunkShift);

	if (!child)
		return nullptr;
	node->count++;
	rcu_assign_pointer(node->slots[offset], xa_mk_node(child));
	return child;
}

// Fills the path as far as there are nodes; the leaf, or null. With `create`
// null means that there was no memory, and the state says so.
struct xa_node *leaf_of(struct xa_state *xas, struct xa_path *path, bool create)
{
	struct xa_node *node = create ? create_head(xas) : xa_head(xas->xa);

	path->length = 0;
	if (!node || !xa_covers(node, xas->xa_index))
		return nullptr;
	for (;;) {
		unsigned int offset = xa_offset(node, xas->xa_index);
		struct xa_node *child;

		path->node[path->length++] = node;
		if (!node->shift)
			return node;
		child = xa_child(xas->xa, node, offset);
		if (!child && create)
			child = create_child(xas, node, offset);
		if (!child)
			return nullptr;
		node = child;
	}
}

// Heads with nothing but a slot 0 are not needed.
void shrink(struct xarray *xa)
{
	for (;;) {
		struct xa_node *head = xa_head(xa), *lower;

		if (!head || !head->shift || head->count != 1)
			return;
		lower = xa_child(xa, head, 0);
		if (!lower)
			return;
		rcu_assign_pointer(xa->xa_head, xa_mk_node(lower));
		free_node(head);
	}
}

// Takes empty nodes out, from the leaf upwards.
void prune(struct xa_state *xas, struct xa_path *path)
{
	for (unsigned int i = path->length; i--;) {
		struct xa_node *node = path->node[i], *parent = i ? path->node[i - 1] : nullptr;

		if (node->count)
			break;
		if (parent) {
			RCU_INIT_POINTER(parent->slots[xa_offset(parent, xas->xa_index)], nullptr);
			parent->count--;
		} else {
			RCU_INIT_POINTER(xas->xa->xa_head, nullptr);
		}
		free_node(node);
	}
	shrink(xas->xa);
}

void set_mark(const struct xa_path *path, unsigned long index, xa_mark_t mark)
{
	for (unsigned int i = path->length; i--;) {
		struct xa_node *node = path->node[i];
		unsigned long bit = 1ul << xa_offset(node, index);

		if (node->marks[mark] & bit)
			return;
		WRITE_ONCE(node->marks[mark], node->marks[mark] | bit);
	}
}

void clear_mark(const struct xa_path *path, unsigned long index, xa_mark_t mark)
{
	for (unsigned int i = path->length; i--;) {
		struct xa_node *node = path->node[i];
		unsigned long bit = 1ul << xa_offset(node, index);

		if (!(node->marks[mark] & bit))
			return;
		WRITE_ONCE(node->marks[mark], node->marks[mark] & ~bit);
		if (node->marks[mark])
			return;
	}
}

// As of a place where nothing is.
void init_marks(const struct xarray *xa, const struct xa_path *path, unsigned long index)
{
	for (unsigned int mark = 0; mark < kMarks; mark++) {
		if (xa_track_free(xa) && mark == XA_FREE_MARK)
			set_mark(path, index, mark);
		else
			clear_mark(path, index, mark);
	}
}

void destroy_below(struct xarray *xa, struct xa_node *node)
{
	for (unsigned int i = 0; node->shift && i < kChunkSize; i++) {
		struct xa_node *child = xa_child(xa, node, i);

		if (child)
			destroy_below(xa, child);
	}
	free_node(node);
}

// The leaf's path if there is an entry at the state's index.
bool path_to_entry(const struct xa_state *xas, struct xa_path *path)
{
	struct xa_state at = *xas;
	struct xa_node *leaf = leaf_of(&at, path, false);

	return leaf && xa_slot(xas->xa, leaf, xa_offset(leaf, xas->xa_index));
}

} // namespace

struct xa_node *xa_head(const struct xarray *xa)
{
	void *head = rcu_dereference_check(xa->xa_head, lockdep_is_held(&xa->xa_lock));

	return xa_to_node(head);
}

void *xa_slot(const struct xarray *xa, const struct xa_node *node, unsigned int offset)
{
	return rcu_dereference_check(node->slots[offset], lockdep_is_held(&xa->xa_lock));
}

struct xa_node *xa_child(const struct xarray *xa, const struct xa_node *node, unsigned int offset)
{
	return xa_to_node(xa_slot(xa, node, offset));
}

void *xas_store(struct xa_state *xas, void *entry)
{
	struct xa_path path;
	struct xa_node *leaf;
	unsigned int offset;
	void *old;

	if (xas_error(xas))
		return nullptr;
	xas->xa_node = nullptr;
	leaf = leaf_of(xas, &path, entry != nullptr);
	if (!leaf) {
		prune(xas, &path); // what was built before memory ran out
		return nullptr;
	}
	offset = xa_offset(leaf, xas->xa_index);
	old = xa_slot(xas->xa, leaf, offset);
	if (!entry)
		init_marks(xas->xa, &path, xas->xa_index);
	if (entry != old)
		rcu_assign_pointer(leaf->slots[offset], entry);
	leaf->count += !!entry - !!old;
	if (!entry)
		prune(xas, &path);
	return old;
}

void xas_set_mark(const struct xa_state *xas, xa_mark_t mark)
{
	struct xa_path path;

	if (!xas_error(xas) && path_to_entry(xas, &path))
		set_mark(&path, xas->xa_index, mark);
}

void xas_clear_mark(const struct xa_state *xas, xa_mark_t mark)
{
	struct xa_path path;

	if (!xas_error(xas) && path_to_entry(xas, &path))
		clear_mark(&path, xas->xa_index, mark);
}

void xas_init_marks(const struct xa_state *xas)
{
	struct xa_path path;

	if (!xas_error(xas) && path_to_entry(xas, &path))
		init_marks(xas->xa, &path, xas->xa_index);
}

bool xas_nomem(struct xa_state *xas, gfp_t gfp)
{
	if (xas_error(xas) != -ENOMEM) {
		xas_destroy(xas);
		return false;
	}
	xas->xa_alloc = static_cast<struct xa_node *>(kmem_cache_zalloc(node_cache, gfp));
	if (!xas->xa_alloc)
		return false;
	xas_reset(xas);
	return true;
}

void xas_destroy(struct xa_state *xas)
{
	if (xas->xa_alloc)
		kmem_cache_free(node_cache, xas->xa_alloc);
	xas->xa_alloc = nullptr;
}

void xa_destroy(struct xarray *xa)
{
	unsigned long flags;
	struct xa_node *head;

	xa_lock_irqsave(xa, flags);
	head = xa_head(xa);
	RCU_INIT_POINTER(xa->xa_head, nullptr);
	if (head)
		destroy_below(xa, head);
	xa_unlock_irqrestore(xa, flags);
}

// SPDX-License-Identifier: MIT
// Red-black trees, after Cormen, Leiserson, Rivest and Stein, "Introduction to
// Algorithms", chapter 13, with missing children as NULL, which are black.
#include <linux/rbtree.h>

namespace {

constexpr unsigned long kBlack = 1;

bool is_black(const rb_node *n)
{
	return !n || n->__rb_parent_color & kBlack;
}

void set_black(rb_node *n)
{
	n->__rb_parent_color |= kBlack;
}

void set_red(rb_node *n)
{
	n->__rb_parent_color &= ~kBlack;
}

void set_parent(rb_node *n, rb_node *parent)
{
	n->__rb_parent_color = reinterpret_cast<unsigned long>(parent) |
			       (n->__rb_parent_color & kBlack);
}

// A child by side: false is left. So each case is written once.
rb_node *&child(rb_node *n, bool right)
{
	return right ? n->rb_right : n->rb_left;
}

// What points to n from above points to `to`.
void relink(rb_node *n, rb_node *to, rb_root *root)
{
	rb_node *parent = rb_parent(n);

	if (!parent)
		root->rb_node = to;
	else
		child(parent, parent->rb_right == n) = to;
	if (to)
		set_parent(to, parent);
}

// n goes down to the given side, its child of the other side takes its place.
void rotate(rb_node *n, bool right, rb_root *root)
{
	rb_node *up = child(n, !right), *inner = child(up, right);

	relink(n, up, root);
	child(up, right) = n;
	set_parent(n, up);
	child(n, !right) = inner;
	if (inner)
		set_parent(inner, n);
}

// `n`, below `parent` (n may be NULL), has one black node too few on its ways.
void repair(rb_node *n, rb_node *parent, rb_root *root)
{
	while (parent && is_black(n)) {
		const bool right = parent->rb_right == n;
		rb_node *sibling = child(parent, !right);

		if (!is_black(sibling)) { // 1. then the sibling becomes black
			set_black(sibling);
			set_red(parent);
			rotate(parent, right, root);
			sibling = child(parent, !right);
		}
		if (is_black(sibling->rb_left) && is_black(sibling->rb_right)) {
			set_red(sibling); // 2. too few on both sides: one level up
			n = parent;
			parent = rb_parent(n);
			continue;
		}
		if (is_black(child(sibling, !right))) { // 3. the red nephew goes outside
			set_black(child(sibling, right));
			set_red(sibling);
			rotate(sibling, !right, root);
			sibling = child(parent, !right);
		}
		is_black(parent) ? set_black(sibling) : set_red(sibling); // 4.
		set_black(parent);
		set_black(child(sibling, !right));
		rotate(parent, right, root);
		return;
	}
	if (n)
		set_black(n);
}

rb_node *outermost(rb_node *n, bool right)
{
	while (n && child(n, right))
		n = child(n, right);
	return n;
}

rb_node *neighbour(const rb_node *node, bool right)
{
	auto *n = const_cast<rb_node *>(node);

	if (child(n, right))
		return outermost(child(n, right), !right);
	rb_node *parent = rb_parent(n);
	while (parent && n == child(parent, right)) {
		n = parent;
		parent = rb_parent(n);
	}
	return parent;
}

// Down to the node from which its whole part begins in postorder.
rb_node *deepest_left(rb_node *n)
{
	while (n && (n->rb_left || n->rb_right))
		n = n->rb_left ? n->rb_left : n->rb_right;
	return n;
}

} // namespace

void rb_insert_color(rb_node *n, rb_root *root)
{
	for (rb_node *parent; (parent = rb_parent(n)) && !is_black(parent);) {
		rb_node *grand = rb_parent(parent); // a red node is not the root
		const bool right = grand->rb_right == parent;
		rb_node *uncle = child(grand, !right);

		if (!is_black(uncle)) { // 1. both become black, the red moves up
			set_black(parent);
			set_black(uncle);
			set_red(grand);
			n = grand;
			continue;
		}
		if (child(parent, !right) == n) { // 2. n goes outside
			rotate(parent, right, root);
			parent = n;
		}
		set_black(parent); // 3.
		set_red(grand);
		rotate(grand, !right, root);
		return;
	}
	set_black(root->rb_node);
}

void rb_erase(rb_node *n, rb_root *root)
{
	if (n->rb_left && n->rb_right) {
		// Its successor, which has no left child, changes places with it.
		rb_node *next = outermost(n->rb_right, false);
		rb_node *below = next->rb_right, *parent = rb_parent(next);
		const bool was_black = is_black(next);

		if (parent == n) {
			parent = next;
		} else {
			relink(next, below, root);
			next->rb_right = n->rb_right;
			set_parent(next->rb_right, next);
		}
		next->rb_left = n->rb_left;
		set_parent(next->rb_left, next);
		relink(n, next, root);
		is_black(n) ? set_black(next) : set_red(next);
		if (was_black)
			repair(below, parent, root);
		return;
	}
	rb_node *below = n->rb_left ? n->rb_left : n->rb_right;

	relink(n, below, root);
	if (is_black(n))
		repair(below, rb_parent(n), root);
}

void rb_replace_node(rb_node *victim, rb_node *new_node, rb_root *root)
{
	*new_node = *victim;
	relink(victim, new_node, root);
	if (new_node->rb_left)
		set_parent(new_node->rb_left, new_node);
	if (new_node->rb_right)
		set_parent(new_node->rb_right, new_node);
}

rb_node *rb_first(const rb_root *root)
{
	return outermost(root->rb_node, false);
}

rb_node *rb_last(const rb_root *root)
{
	return outermost(root->rb_node, true);
}

rb_node *rb_next(const rb_node *node)
{
	return RB_EMPTY_NODE(node) ? nullptr : neighbour(node, true);
}

rb_node *rb_prev(const rb_node *node)
{
	return RB_EMPTY_NODE(node) ? nullptr : neighbour(node, false);
}

rb_node *rb_first_postorder(const rb_root *root)
{
	return deepest_left(root->rb_node);
}

rb_node *rb_next_postorder(const rb_node *node)
{
	rb_node *parent = node ? rb_parent(node) : nullptr;

	if (parent && parent->rb_left == node && parent->rb_right)
		return deepest_left(parent->rb_right);
	return parent;
}

// SPDX-License-Identifier: MIT
// The xarray's readers. Each walk begins at the head; a search that comes to
// the end of a node begins again at the next index.
#include "kernel/lib/xarray_node.h"

namespace {

// What a search looks for, and how far it has come.
struct search {
	const struct xarray *xa;
	unsigned long index, max;
	xa_mark_t filter;
	void *entry;

	bool free_places() const { return xa_track_free(xa) && filter == XA_FREE_MARK; }
};

enum verdict { kFound, kOnwards, kNothing };

// The first offset from `from` on that the filter lets through, and its slot.
unsigned int next_offset(search *s, const struct xa_node *node, unsigned int from)
{
	unsigned long bits;

	if (s->filter == XA_PRESENT) {
		for (; from < kChunkSize; from++) {
			s->entry = xa_slot(s->xa, node, from);
			if (s->entry)
				break;
		}
		return from;
	}
	bits = READ_ONCE(node->marks[s->filter]) >> from << from;
	if (!bits)
		return kChunkSize;
	from = static_cast<unsigned int>(__builtin_ctzl(bits));
	s->entry = xa_slot(s->xa, node, from);
	return from;
}

// The index where slot `offset` of the node begins; kNothing if there is none.
verdict move_to(search *s, const struct xa_node *node, unsigned int offset)
{
	unsigned long first = s->index >> node->shift << node->shift;
	unsigned long moved = first + (static_cast<unsigned long>(offset) << node->shift) -
			      (static_cast<unsigned long>(xa_offset(node, first)) << node->shift);

	if (offset == xa_offset(node, s->index))
		return kOnwards; // where it stands already
	if (moved <= s->index || moved > s->max)
		return kNothing; // behind the last index that there is, or may be
	s->index = moved;
	return kOnwards;
}

// Down from the head once. kOnwards: index has moved, begin again.
verdict descend(search *s)
{
	const struct xa_node *node = xa_head(s->xa);

	if (!node || !xa_covers(node, s->index))
		return s->free_places() ? kFound : kNothing;
	for (;;) {
		unsigned int offset = next_offset(s, node, xa_offset(node, s->index));

		if (move_to(s, node, offset) == kNothing)
			return kNothing;
		if (offset == kChunkSize)
			return kOnwards;
		if (!s->entry && s->free_places())
			return kFound;
		if (s->entry && !node->shift)
			return kFound;
		if (!s->entry) // erased since its mark was read
			return move_to(s, node, offset + 1);
		node = xa_to_node(s->entry);
	}
}

void *run(struct xa_state *xas, unsigned long max, xa_mark_t filter)
{
	search s = { xas->xa, xas->xa_index, max, filter, nullptr };
	verdict verdict = s.index <= max ? kOnwards : kNothing;

	while (verdict == kOnwards) {
		s.entry = nullptr;
		verdict = descend(&s);
	}
	xas->xa_index = s.index;
	xas->xa_node = verdict == kFound ? nullptr : XAS_BOUNDS;
	return verdict == kFound ? s.entry : nullptr;
}

void *find(struct xa_state *xas, unsigned long max, xa_mark_t filter)
{
	if (xas_error(xas) || xas->xa_node == XAS_BOUNDS)
		return nullptr;
	if (xas->xa_node != XAS_RESTART && ++xas->xa_index == 0) {
		xas->xa_node = XAS_BOUNDS;
		return nullptr;
	}
	return run(xas, max, filter);
}

} // namespace

void *xas_load(struct xa_state *xas)
{
	const struct xa_node *node;
	void *entry = nullptr;

	if (xas_error(xas))
		return nullptr;
	xas->xa_node = nullptr;
	node = xa_head(xas->xa);
	if (!node || !xa_covers(node, xas->xa_index))
		return nullptr;
	for (; node; node = xa_to_node(entry)) {
		entry = xa_slot(xas->xa, node, xa_offset(node, xas->xa_index));
		if (!node->shift)
			break;
	}
	return entry;
}

bool xas_get_mark(const struct xa_state *xas, xa_mark_t mark)
{
	const struct xa_node *node = xa_head(xas->xa);
	unsigned long index = xas->xa_index;

	if (xas_error(xas) || !node || !xa_covers(node, index))
		return xa_track_free(xas->xa) && mark == XA_FREE_MARK;
	for (;;) {
		unsigned int offset = xa_offset(node, index);
		bool marked = READ_ONCE(node->marks[mark]) >> offset & 1;

		if (!marked || !node->shift)
			return marked;
		node = xa_child(xas->xa, node, offset);
		if (!node)
			return xa_track_free(xas->xa) && mark == XA_FREE_MARK;
	}
}

void *xas_find(struct xa_state *xas, unsigned long max) { return find(xas, max, XA_PRESENT); }

void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark)
{
	return find(xas, max, mark);
}

void *xas_next(struct xa_state *xas)
{
	if (xas->xa_node != XAS_RESTART && !xas_error(xas))
		xas->xa_index++;
	return xas_load(xas);
}

void *xas_prev(struct xa_state *xas)
{
	if (xas->xa_node != XAS_RESTART && !xas_error(xas))
		xas->xa_index--;
	return xas_load(xas);
}

void xas_pause(struct xa_state *xas)
{
	if (xas_invalid(xas))
		return;
	xas->xa_node = ++xas->xa_index ? XAS_RESTART : XAS_BOUNDS;
}

bool xa_marked(const struct xarray *xa, xa_mark_t mark)
{
	const struct xa_node *head;
	bool marked;

	rcu_read_lock();
	head = xa_head(xa);
	marked = head ? READ_ONCE(head->marks[mark]) != 0
		      : xa_track_free(xa) && mark == XA_FREE_MARK;
	rcu_read_unlock();
	return marked;
}

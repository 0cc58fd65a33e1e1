// SPDX-License-Identifier: MIT
// Inside the xarray: a tree of nodes with 64 slots each.
//
// The head is the highest node; a node of shift s has in slot i the indices
// whose bits s .. s + 5 are i. Leaves have shift 0 and hold the entries. There
// is no empty node, and the head is no higher than it must be.
//
// Writers hold xa_lock. A reader may stand on a node that is being removed:
// then it was empty (or stood above the new head) at some time since the reader
// had begun its walk, so what it finds there is an answer of that time. Nodes
// are freed after a grace period.
//
// A node's mark bit is set if any entry below that slot has the mark. In an
// array that tracks free places, XA_FREE_MARK says that there is one below.
#pragma once

#include <linux/rcupdate.h>
#include <linux/xarray.h>

constexpr unsigned int kChunkShift = 6, kChunkSize = 1u << kChunkShift;
constexpr unsigned int kMarks = XA_MARK_MAX + 1;
constexpr unsigned int kLevels = (64 + kChunkShift - 1) / kChunkShift;

struct xa_node {
	unsigned int shift; // constant

	// guarded by xa_lock:
	unsigned int count; // of slots in use

	// the same, and read under RCU:
	void __rcu *slots[kChunkSize];
	unsigned long marks[kMarks];

	struct rcu_head rcu_head;
};

// The nodes from the head to the leaf of one index.
struct xa_path {
	struct xa_node *node[kLevels];
	unsigned int length;
};

static inline struct xa_node *xa_to_node(const void *entry)
{
	return reinterpret_cast<struct xa_node *>(reinterpret_cast<unsigned long>(entry) & ~2ul);
}

static inline void *xa_mk_node(const struct xa_node *node)
{
	return reinterpret_cast<void *>(reinterpret_cast<unsigned long>(node) | 2);
}

static inline unsigned int xa_offset(const struct xa_node *node, unsigned long index)
{
	return static_cast<unsigned int>(index >> node->shift) % kChunkSize;
}

// Whether index lies below this node, if it is the head.
static inline bool xa_covers(const struct xa_node *node, unsigned long index)
{
	return node->shift + kChunkShift >= 64 || !(index >> (node->shift + kChunkShift));
}

static inline bool xa_track_free(const struct xarray *xa)
{
	return READ_ONCE(xa->xa_flags) & XA_FLAGS_TRACK_FREE;
}

// Readers under RCU, writers under the lock.
struct xa_node *xa_head(const struct xarray *xa);
void *xa_slot(const struct xarray *xa, const struct xa_node *node, unsigned int offset);
struct xa_node *xa_child(const struct xarray *xa, const struct xa_node *node,
			 unsigned int offset);

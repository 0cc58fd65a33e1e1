// SPDX-License-Identifier: MIT
/* The neighbours of list entries, looked at before each change. */
#include <linux/bug.h>
#include <linux/list.h>

extern "C" {

bool __list_add_valid(list_head *entry, list_head *prev, list_head *next)
{
	if (WARN(next->prev != prev,
		 "list_add corruption. next->prev should be prev (%px), but was %px. (next=%px).",
		 prev, next->prev, next))
		return false;
	if (WARN(prev->next != next,
		 "list_add corruption. prev->next should be next (%px), but was %px. (prev=%px).",
		 next, prev->next, prev))
		return false;
	return !WARN(entry == prev || entry == next,
		     "list_add double add: new=%px, prev=%px, next=%px.", entry, prev, next);
}

bool __list_del_entry_valid(list_head *entry)
{
	list_head *prev = entry->prev;
	list_head *next = entry->next;

	if (WARN(!next, "list_del corruption, %px->next is NULL", entry) ||
	    WARN(!prev, "list_del corruption, %px->prev is NULL", entry) ||
	    WARN(next == LIST_POISON1, "list_del corruption, %px->next is LIST_POISON1 (%px)",
		 entry, LIST_POISON1) ||
	    WARN(prev == LIST_POISON2, "list_del corruption, %px->prev is LIST_POISON2 (%px)",
		 entry, LIST_POISON2))
		return false;
	if (WARN(prev->next != entry,
		 "list_del corruption. prev->next should be %px, but was %px. (prev=%px)", entry,
		 prev->next, prev))
		return false;
	return !WARN(next->prev != entry,
		     "list_del corruption. next->prev should be %px, but was %px. (next=%px)",
		     entry, next->prev, next);
}

} /* extern "C" */

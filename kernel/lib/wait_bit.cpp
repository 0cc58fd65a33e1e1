// SPDX-License-Identifier: MIT
// Waiting for bits and variables: 16 queues for all of them.
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/sched/signal.h>
#include <linux/wait_bit.h>

namespace {

constexpr unsigned kTableBits = 4;

#define QUEUE(i) __WAIT_QUEUE_HEAD_INITIALIZER(table[i])
wait_queue_head table[1 << kTableBits] = {
	QUEUE(0), QUEUE(1), QUEUE(2),  QUEUE(3),  QUEUE(4),  QUEUE(5),	QUEUE(6),  QUEUE(7),
	QUEUE(8), QUEUE(9), QUEUE(10), QUEUE(11), QUEUE(12), QUEUE(13), QUEUE(14), QUEUE(15),
};
#undef QUEUE

void wake(wait_queue_head *wq, wait_bit_key *key)
{
	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, 1, key);
}

bool is_set(const wait_bit_key *key)
{
	return test_bit_acquire(key->bit_nr, static_cast<unsigned long *>(key->flags));
}

void init_entry(wait_bit_queue_entry *entry, void *word, int bit, wait_queue_func_t func, int flags)
{
	entry->key.flags = word;
	entry->key.bit_nr = bit;
	entry->key.timeout = 0;
	entry->wq_entry.flags = static_cast<unsigned>(flags);
	entry->wq_entry.__wq_private = current;
	entry->wq_entry.func = func;
	INIT_LIST_HEAD(&entry->wq_entry.entry);
}

// Sees the state of both, as the waiter itself would.
int wake_var_function(wait_queue_entry *entry, unsigned int mode, int flags, void *arg)
{
	const auto *key = static_cast<const wait_bit_key *>(arg);
	const wait_bit_queue_entry *mine =
		container_of(entry, wait_bit_queue_entry, wq_entry);

	if (mine->key.flags != key->flags || mine->key.bit_nr != key->bit_nr)
		return 0;
	return autoremove_wake_function(entry, mode, flags, arg);
}

int sleep_once(unsigned int mode, long timeout)
{
	schedule_timeout(timeout);
	return signal_pending_state(mode, current) ? -EINTR : 0;
}

int wait_until_clear(wait_bit_queue_entry *entry, wait_bit_action_f *action, unsigned int mode)
{
	wait_queue_head *wq = bit_waitqueue(entry->key.flags, entry->key.bit_nr);
	int ret = 0;

	do {
		prepare_to_wait(wq, &entry->wq_entry, static_cast<int>(mode));
		if (is_set(&entry->key))
			ret = action(&entry->key, static_cast<int>(mode));
	} while (!ret && is_set(&entry->key));
	finish_wait(wq, &entry->wq_entry);
	return ret;
}

} // namespace

wait_queue_head *bit_waitqueue(void *word, int bit)
{
	const unsigned long place = reinterpret_cast<unsigned long>(word) << 6;

	return &table[hash_long(place | static_cast<unsigned long>(bit & 63), kTableBits)];
}

wait_queue_head *__var_waitqueue(void *p)
{
	return &table[hash_ptr(p, kTableBits)];
}

int wake_bit_function(wait_queue_entry *entry, unsigned int mode, int flags, void *arg)
{
	// Set again meanwhile: a later wake-up is for this one.
	if (is_set(static_cast<wait_bit_key *>(arg)))
		return 0;
	return wake_var_function(entry, mode, flags, arg);
}

void init_wait_var_entry(wait_bit_queue_entry *entry, void *var, int flags)
{
	init_entry(entry, var, -1, wake_var_function, flags);
}

void wake_up_bit(void *word, int bit)
{
	wait_bit_key key = { word, bit, 0 };

	wake(bit_waitqueue(word, bit), &key);
}

void wake_up_var(void *var)
{
	wait_bit_key key = { var, -1, 0 };

	wake(__var_waitqueue(var), &key);
}

int bit_wait(wait_bit_key *, int mode)
{
	return sleep_once(static_cast<unsigned>(mode), MAX_SCHEDULE_TIMEOUT);
}

int bit_wait_io(wait_bit_key *key, int mode)
{
	return bit_wait(key, mode);
}

int bit_wait_timeout(wait_bit_key *key, int mode)
{
	const unsigned long now = READ_ONCE(jiffies);

	if (time_after_eq(now, key->timeout))
		return -EAGAIN;
	return sleep_once(static_cast<unsigned>(mode), static_cast<long>(key->timeout - now));
}

int out_of_line_wait_on_bit(void *word, int bit, wait_bit_action_f *action, unsigned int mode)
{
	wait_bit_queue_entry entry;

	init_entry(&entry, word, bit, wake_bit_function, 0);
	return wait_until_clear(&entry, action, mode);
}

int out_of_line_wait_on_bit_timeout(void *word, int bit, wait_bit_action_f *action,
				    unsigned int mode, unsigned long timeout)
{
	wait_bit_queue_entry entry;

	init_entry(&entry, word, bit, wake_bit_function, 0);
	entry.key.timeout = READ_ONCE(jiffies) + timeout;
	return wait_until_clear(&entry, action, mode);
}

int out_of_line_wait_on_bit_lock(void *word, int bit, wait_bit_action_f *action,
				 unsigned int mode)
{
	wait_queue_head *wq = bit_waitqueue(word, bit);
	auto *flags = static_cast<unsigned long *>(word);
	wait_bit_queue_entry entry;
	int ret = 0;

	init_entry(&entry, word, bit, wake_bit_function, WQ_FLAG_EXCLUSIVE);
	for (;;) {
		prepare_to_wait_exclusive(wq, &entry.wq_entry, static_cast<int>(mode));
		if (test_bit(bit, flags))
			ret = action(&entry.key, static_cast<int>(mode));
		if (!test_and_set_bit(bit, flags)) {
			ret = 0;
			break;
		}
		if (ret)
			break;
	}
	finish_wait(wq, &entry.wq_entry);
	// Who gives up may have taken the wake-up that was meant for one.
	if (ret)
		wake_up_bit(word, bit);
	return ret;
}

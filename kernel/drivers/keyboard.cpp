// SPDX-License-Identifier: MIT
/* The keyboard: from interrupts to readers who sleep. */
#include <linux/cdev.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

namespace {

constexpr unsigned int kRing = 16;

struct keyboard {
	spinlock_t lock;

	/* guarded by lock: */
	char ring[kRing];
	unsigned int head, tail; /* read by anybody */
	unsigned long keys, lost;
};
keyboard kbd = { .lock = __SPIN_LOCK_UNLOCKED(kbd.lock) };
DECLARE_WAIT_QUEUE_HEAD(kbd_wait);
int kbd_irq = -1; /* kbd_init()'s and kbd_exit()'s */

irqreturn_t kbd_interrupt(int, void *)
{
	spin_lock(&kbd.lock);
	const auto key = static_cast<char>('a' + kbd.keys++ % 26);
	if (kbd.head - kbd.tail == kRing) {
		kbd.lost++;
	} else {
		kbd.ring[kbd.head % kRing] = key;
		WRITE_ONCE(kbd.head, kbd.head + 1);
	}
	spin_unlock(&kbd.lock);
	wake_up_interruptible(&kbd_wait);
	return IRQ_HANDLED;
}

ssize_t take_keys(char *to, size_t n)
{
	size_t count = 0;

	spin_lock_irq(&kbd.lock);
	for (; count < n && kbd.tail != kbd.head; count++) {
		to[count] = kbd.ring[kbd.tail % kRing];
		WRITE_ONCE(kbd.tail, kbd.tail + 1);
	}
	spin_unlock_irq(&kbd.lock);
	return static_cast<ssize_t>(count);
}

/* Another reader may be faster: then we sleep again. */
ssize_t kbd_read(file *, char *to, size_t n)
{
	ssize_t count = 0;

	while (n && !(count = take_keys(to, n))) {
		const int err = wait_event_interruptible(
			kbd_wait, READ_ONCE(kbd.head) != READ_ONCE(kbd.tail) ||
				  READ_ONCE(kbd_irq) < 0);
		if (err)
			return err;
		if (READ_ONCE(kbd_irq) < 0)
			return take_keys(to, n); /* 0: the end */
	}
	return count;
}

const file_operations kbd_fops = { nullptr, kbd_read, nullptr, nullptr };

} /* namespace */

extern "C" {

int kbd_init(void)
{
	static bool registered; /* for good */
	const int irq = platform_get_irq_byname(nullptr, "keyboard");

	if (irq < 0)
		return irq;
	const int err = request_irq(static_cast<unsigned int>(irq), kbd_interrupt, 0, "keyboard",
				    &kbd);
	if (err)
		return err;
	WRITE_ONCE(kbd_irq, irq);
	if (!registered) {
		registered = true;
		register_chrdev(0, "keyboard", &kbd_fops);
	}
	return 0;
}

void kbd_exit(void)
{
	free_irq(static_cast<unsigned int>(kbd_irq), &kbd);
	WRITE_ONCE(kbd_irq, -1);
	wake_up_interruptible_all(&kbd_wait);
}

void kbd_get_counts(kbd_counts *to)
{
	spin_lock_irq(&kbd.lock);
	to->keys = kbd.keys;
	to->lost = kbd.lost;
	to->in_ring = kbd.head - kbd.tail;
	to->read = kbd.tail;
	spin_unlock_irq(&kbd.lock);
}

} /* extern "C" */

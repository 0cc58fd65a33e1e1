// SPDX-License-Identifier: MIT
/*
 * The kernel log: text in lines, each to the console of the machine.
 *
 * A line without its newline waits in `pending` for a KERN_CONT from anybody, or
 * is ended by the next message. NMIs never wait for the lock: if they interrupted
 * its holder their message ends no pending line.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/string.h>

namespace {

constexpr int kDefaultLevel = 4;
constexpr size_t kLineMax = 512;

DEFINE_RAW_SPINLOCK(logbuf_lock);
/* guarded by logbuf_lock: */
struct {
	unsigned int level;
	size_t length;
	char text[kLineMax];
} pending;

void end_pending(void)
{
	if (pending.length)
		hw_console(pending.level, pending.text, static_cast<unsigned int>(pending.length));
	pending.length = 0;
}

void keep_pending(unsigned int level, const char *text, size_t n)
{
	const size_t fits = min(n, kLineMax - pending.length);

	if (!pending.length)
		pending.level = level;
	memcpy(pending.text + pending.length, text, fits);
	pending.length += fits;
}

/* Whole lines to the console, the rest to `pending`. */
void emit(unsigned int level, const char *text)
{
	while (*text) {
		const char *end = strchr(text, '\n');
		const size_t n = end ? static_cast<size_t>(end - text) : strlen(text);

		if (end && !pending.length) {
			hw_console(level, text, static_cast<unsigned int>(n));
		} else {
			keep_pending(level, text, n);
			if (end)
				end_pending();
		}
		text += n + (end != nullptr);
	}
}

/* Level of a format's prefix; cont: goes on with the pending line. */
unsigned int parse_level(const char **fmt, bool *cont)
{
	unsigned int level = kDefaultLevel;

	*cont = false;
	while ((*fmt)[0] == KERN_SOH_ASCII && (*fmt)[1]) {
		if ((*fmt)[1] == 'c')
			*cont = true;
		else
			level = static_cast<unsigned int>((*fmt)[1] - '0') & 7;
		*fmt += 2;
	}
	return level;
}

} /* namespace */

extern "C" {

int vprintk(const char *fmt, va_list args)
{
	char text[kLineMax];
	bool cont;
	unsigned long flags;
	const unsigned int level = parse_level(&fmt, &cont);
	const int n = vscnprintf(text, sizeof(text), fmt, args);

	/* A level may stand in a "%s" that begins the format, too. */
	const char *body = text;
	while (body[0] == KERN_SOH_ASCII && body[1])
		body += 2;

	local_irq_save(flags);
	if (in_nmi() && !arch_spin_trylock(&logbuf_lock.raw_lock)) {
		hw_console(level, body, static_cast<unsigned int>(strlen(body)));
	} else {
		if (!in_nmi())
			arch_spin_lock(&logbuf_lock.raw_lock);
		if (!cont)
			end_pending();
		emit(level, body);
		arch_spin_unlock(&logbuf_lock.raw_lock);
	}
	local_irq_restore(flags);
	return n;
}

int _printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int n = vprintk(fmt, args);
	va_end(args);
	return n;
}

} /* extern "C" */

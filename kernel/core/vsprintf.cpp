// SPDX-License-Identifier: MIT
/*
 * Formatted text.
 *
 * Text is made in a buffer on this stack by code that takes no steps, and goes to
 * its destination in one memcpy(), which does. Strings that a caller hands in are
 * read with steps. So a printk() costs a handful of steps, not one a character.
 */
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kernel/core/format.h"

namespace {

constexpr size_t kChunk = 256;

/* Where text goes: through `chunk` to memory, as far as there is room. */
struct Output {
	char *to;
	size_t room;	/* what fits, without the NUL */
	size_t written; /* what all of it would need */
	size_t used;	/* of chunk */
	char chunk[kChunk];
};

void flush(Output *out)
{
	const size_t at = out->written - out->used;

	if (at < out->room)
		memcpy(out->to + at, out->chunk, min(out->used, out->room - at));
	out->used = 0;
}

__no_kcsan __no_tick void put(Output *out, char c)
{
	if (out->used == kChunk)
		flush(out);
	out->chunk[out->used++] = c;
	out->written++;
}

__no_kcsan __no_tick void put_repeated(Output *out, char c, int n)
{
	for (; n > 0; n--)
		put(out, c);
}

__no_kcsan __no_tick char char_at(const char *s, size_t i)
{
	return s[i];
}

void put_text(Output *out, const char *s, const FormatSpec &spec)
{
	if (!s)
		s = "(null)";
	/* The steps that read the string. */
	const size_t n = strnlen(s, spec.precision < 0 ? ~size_t{0} >> 1 :
							 static_cast<size_t>(spec.precision));
	const int pad = spec.width - static_cast<int>(n);

	if (!spec.left)
		put_repeated(out, ' ', pad);
	for (size_t i = 0; i < n; i++)
		put(out, char_at(s, i));
	if (spec.left)
		put_repeated(out, ' ', pad);
}

__no_kcsan __no_tick int digits_of(unsigned long long value, unsigned base, bool upper, char *text)
{
	int n = 0;

	do {
		const auto d = static_cast<char>(value % base);
		text[n++] = static_cast<char>(d < 10 ? '0' + d : (upper ? 'A' : 'a') + d - 10);
		value /= base;
	} while (value);
	return n;
}

__no_kcsan __no_tick void put_number(Output *out, unsigned long long value, bool negative,
				     const FormatSpec &spec)
{
	char text[24];
	const int n = spec.precision == 0 && !value ?
			      0 : digits_of(value, spec.base, spec.upper, text);
	const char sign = negative ? '-' : spec.plus ? '+' : spec.space ? ' ' : '\0';
	const char *prefix = spec.alternate && value && spec.base == 16 ? "0x" :
			     spec.alternate && value && spec.base == 8	? "0" : "";
	const int zeros = spec.precision > n ? spec.precision - n : 0;
	const int prefixed = (prefix[0] != 0) + (prefix[0] != 0 && prefix[1] != 0);
	int pad = spec.width - n - zeros - (sign != 0) - prefixed;
	const bool zero_pad = spec.zero && !spec.left && spec.precision < 0;

	if (!spec.left && !zero_pad)
		put_repeated(out, ' ', pad);
	if (sign)
		put(out, sign);
	for (int i = 0; i < prefixed; i++)
		put(out, spec.upper && prefix[i] == 'x' ? 'X' : prefix[i]);
	if (zero_pad)
		put_repeated(out, '0', pad);
	put_repeated(out, '0', zeros);
	for (int i = n; i > 0;)
		put(out, text[--i]);
	if (spec.left)
		put_repeated(out, ' ', pad);
}

long long signed_argument(const FormatSpec &spec, va_list *args)
{
	if (spec.length >= 2)
		return va_arg(*args, long long);
	const int v = va_arg(*args, int);
	return spec.length == -2 ? static_cast<signed char>(v) :
	       spec.length == -1 ? static_cast<short>(v) : v;
}

unsigned long long unsigned_argument(const FormatSpec &spec, va_list *args)
{
	if (spec.length >= 2)
		return va_arg(*args, unsigned long long);
	const unsigned int v = va_arg(*args, unsigned int);
	return spec.length == -2 ? static_cast<unsigned char>(v) :
	       spec.length == -1 ? static_cast<unsigned short>(v) : v;
}

void put_formatted(Output *out, const char *fmt, va_list *args);

/* %p: the address, as 16 hex digits; %pe an error's number; %pV another format. */
void put_pointer(Output *out, FormatSpec spec, char kind, va_list *args)
{
	void *p = va_arg(*args, void *);

	if (kind == 'V') {
		const auto *nested = static_cast<const va_format *>(p);
		va_list copy;
		va_copy(copy, *nested->va);
		put_formatted(out, nested->fmt, &copy);
		va_end(copy);
		return;
	}
	const auto value = reinterpret_cast<long>(p);
	if (kind == 'e' && value < 0 && value >= -MAX_ERRNO) {
		spec.base = 10;
		put_number(out, static_cast<unsigned long long>(-value), true, spec);
		return;
	}
	spec.base = 16;
	spec.zero = true;
	if (spec.width < 0)
		spec.width = 16;
	put_number(out, static_cast<unsigned long long>(value), false, spec);
}

void put_argument(Output *out, FormatSpec &spec, char conversion, va_list *args)
{
	if (conversion == 's') {
		put_text(out, va_arg(*args, const char *), spec);
	} else if (conversion == 'c') {
		const int c = va_arg(*args, int);
		put_repeated(out, ' ', spec.left ? 0 : spec.width - 1);
		put(out, static_cast<char>(c));
		put_repeated(out, ' ', spec.left ? spec.width - 1 : 0);
	} else if (conversion == 'd' || conversion == 'i') {
		const long long v = signed_argument(spec, args);
		put_number(out, v < 0 ? 0 - static_cast<unsigned long long>(v) :
					static_cast<unsigned long long>(v), v < 0, spec);
	} else {
		put_number(out, unsigned_argument(spec, args), false, spec);
	}
}

void put_formatted(Output *out, const char *fmt, va_list *args)
{
	const size_t n = strlen(fmt);

	for (size_t i = 0; i < n;) {
		if (char_at(fmt, i) != '%') {
			put(out, char_at(fmt, i++));
			continue;
		}
		FormatSpec spec;
		const size_t begin = i;
		i = parse_format(fmt, i + 1, &spec);
		if (spec.star_width) {
			spec.width = va_arg(*args, int);
			spec.left |= spec.width < 0;
			spec.width = spec.width < 0 ? -spec.width : spec.width;
		}
		if (spec.star_precision)
			spec.precision = va_arg(*args, int);
		if (spec.conversion == 'p') {
			const char kind = char_at(fmt, i);
			i += kind == 'x' || kind == 'e' || kind == 'V' || kind == 'K';
			put_pointer(out, spec, kind, args);
		} else if (spec.conversion == '%') {
			put(out, '%');
		} else if (spec.conversion) {
			put_argument(out, spec, spec.conversion, args);
		} else { /* unknown: as it stands */
			for (size_t k = begin; k < i; k++)
				put(out, char_at(fmt, k));
		}
	}
}

} /* namespace */

extern "C" {

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	Output out;
	va_list copy;

	out.to = buf;
	out.room = size ? size - 1 : 0;
	out.written = out.used = 0;
	va_copy(copy, args);
	put_formatted(&out, fmt, &copy);
	va_end(copy);
	flush(&out);
	if (size)
		buf[min(out.written, out.room)] = '\0';
	return static_cast<int>(out.written);
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	const int n = vsnprintf(buf, size, fmt, args);

	return !size ? 0 : static_cast<size_t>(n) < size ? n : static_cast<int>(size - 1);
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	const int n = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return n;
}

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	const int n = vsnprintf(nullptr, 0, fmt, args);
	auto *text = static_cast<char *>(kmalloc(static_cast<size_t>(n) + 1, gfp));

	if (text)
		vsnprintf(text, static_cast<size_t>(n) + 1, fmt, args);
	return text;
}

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *text = kvasprintf(gfp, fmt, args);
	va_end(args);
	return text;
}

} /* extern "C" */

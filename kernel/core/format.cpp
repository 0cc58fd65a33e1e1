// SPDX-License-Identifier: MIT
/* Taking formats apart. The text was read with steps before: here are none. */
#include "kernel/core/format.h"
#include <linux/compiler.h>

namespace {

__no_kcsan __no_tick size_t parse_flags(const char *fmt, size_t i, FormatSpec *spec)
{
	for (;; i++) {
		switch (fmt[i]) {
		case '-': spec->left = true; break;
		case '+': spec->plus = true; break;
		case ' ': spec->space = true; break;
		case '#': spec->alternate = true; break;
		case '0': spec->zero = true; break;
		default: return i;
		}
	}
}

__no_kcsan __no_tick size_t parse_count(const char *fmt, size_t i, int *count, bool *star)
{
	if (fmt[i] == '*') {
		*star = true;
		return i + 1;
	}
	for (; fmt[i] >= '0' && fmt[i] <= '9'; i++)
		*count = (*count < 0 ? 0 : *count) * 10 + (fmt[i] - '0');
	return i;
}

__no_kcsan __no_tick size_t parse_length(const char *fmt, size_t i, int *length)
{
	for (;; i++) {
		switch (fmt[i]) {
		case 'h': (*length)--; break;
		case 'l': case 'z': case 't': case 'j': case 'q': *length = 2; break;
		default: return i;
		}
	}
}

} /* namespace */

__no_kcsan __no_tick size_t parse_format(const char *fmt, size_t i, FormatSpec *spec)
{
	spec->left = spec->plus = spec->space = spec->alternate = spec->zero = false;
	spec->upper = spec->star_width = spec->star_precision = false;
	spec->conversion = 0;
	spec->width = spec->precision = -1;
	spec->length = 0;
	spec->base = 10;

	i = parse_flags(fmt, i, spec);
	i = parse_count(fmt, i, &spec->width, &spec->star_width);
	if (fmt[i] == '.') {
		spec->precision = 0;
		i = parse_count(fmt, i + 1, &spec->precision, &spec->star_precision);
	}
	i = parse_length(fmt, i, &spec->length);
	switch (fmt[i]) {
	case 'X':
		spec->upper = true;
		spec->base = 16;
		spec->conversion = 'x';
		return i + 1;
	case 'x':
		spec->base = 16;
		spec->conversion = 'x';
		return i + 1;
	case 'o':
		spec->base = 8;
		spec->conversion = 'o';
		return i + 1;
	case 'd': case 'i': case 'u': case 'c': case 's': case 'p': case '%':
		spec->conversion = fmt[i];
		return i + 1;
	case '\0':
		return i;
	default:
		return i + 1;
	}
}

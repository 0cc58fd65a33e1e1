/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_FORMAT_H
#define KERNEL_CORE_FORMAT_H
/* One conversion of a printf format, taken apart. */
#include <linux/types.h>

struct FormatSpec {
	bool left, plus, space, alternate, zero, upper;
	bool star_width, star_precision; /* are arguments */
	char conversion;		 /* d i u x o c s p %; 0: unknown */
	int width;			 /* -1: none */
	int precision;			 /* -1: none */
	int length;			 /* -2 hh, -1 h, 0 none, 2 l ll z t j */
	unsigned int base;
};

/* Parses what follows a '%', from fmt[i] on; the index after it. No steps. */
size_t parse_format(const char *fmt, size_t i, FormatSpec *spec);

#endif /* KERNEL_CORE_FORMAT_H */

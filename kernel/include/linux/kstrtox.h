/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KSTRTOX_H
#define _LINUX_KSTRTOX_H
/*
 * Numbers from text. base 0 understands 0x and leading 0. One trailing newline
 * is accepted. 0, -EINVAL (no number) or -ERANGE (does not fit; *res untouched).
 */
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

int kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int kstrtoll(const char *s, unsigned int base, long long *res);
int kstrtouint(const char *s, unsigned int base, unsigned int *res);
int kstrtoint(const char *s, unsigned int base, int *res);
int kstrtobool(const char *s, bool *res); /* 1 y on / 0 n off, by first letters */

static inline int kstrtoul(const char *s, unsigned int base, unsigned long *res)
{
	return kstrtoull(s, base, (unsigned long long *)res);
}

static inline int kstrtol(const char *s, unsigned int base, long *res)
{
	return kstrtoll(s, base, (long long *)res);
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_KSTRTOX_H */

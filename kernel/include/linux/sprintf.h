/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H
/*
 * Formatted text into memory. snprintf() returns what it would have written,
 * scnprintf() what it did. size counts the terminating NUL.
 */
#include <linux/types.h>
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((format(printf, 3, 0))) int vsnprintf(char *buf, size_t size, const char *fmt,
						     va_list args);
__attribute__((format(printf, 3, 4))) int snprintf(char *buf, size_t size, const char *fmt, ...);
__attribute__((format(printf, 3, 0))) int vscnprintf(char *buf, size_t size, const char *fmt,
						      va_list args);
__attribute__((format(printf, 3, 4))) int scnprintf(char *buf, size_t size, const char *fmt, ...);
__attribute__((format(printf, 2, 3))) int sprintf(char *buf, const char *fmt, ...);
__attribute__((format(printf, 2, 0))) int vsprintf(char *buf, const char *fmt, va_list args);
/* kmalloc()ed text, to be kfree()d; NULL if there is no memory. */
__attribute__((format(printf, 2, 3))) char *kasprintf(gfp_t gfp, const char *fmt, ...);
__attribute__((format(printf, 2, 0))) char *kvasprintf(gfp_t gfp, const char *fmt, va_list args);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SPRINTF_H */

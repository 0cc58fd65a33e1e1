/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H
/*
 * Memory and text. mem*() and the simple str*() are in every image itself and
 * access memory in steps as any C does (a whole range is one step); those that
 * allocate are the kernel's.
 */
#include <linux/compiler.h>
#include <linux/types.h>
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *p, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
size_t strlcpy(char *to, const char *from, size_t size);
/* Copies at most size - 1 characters; their number, or -E2BIG if it was cut. */
ssize_t strscpy(char *to, const char *from, size_t size);
#ifndef __cplusplus
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *what);
#else
/* The guest's C++ uses them for const text only. */
const char *strchr(const char *s, int c);
const char *strrchr(const char *s, int c);
const char *strstr(const char *s, const char *what);
#endif

size_t strnlen(const char *s, size_t max);
void *memchr(const void *p, int c, size_t n);
char *strcat(char *to, const char *from);
size_t strlcat(char *to, const char *from, size_t size);
char *strim(char *s);           /* without white space at both ends, in place */
char *skip_spaces(const char *s);
char *strsep(char **s, const char *separators);
bool sysfs_streq(const char *a, const char *b); /* equal but for one newline */
void memzero_explicit(void *p, size_t n);

/* kmalloc()ed copies, to be kfree()d; NULL if there is no memory. */
char *kstrdup(const char *s, gfp_t gfp);
char *kstrndup(const char *s, size_t max, gfp_t gfp);
void *kmemdup(const void *p, size_t n, gfp_t gfp);

static inline bool strstarts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_STRING_H */

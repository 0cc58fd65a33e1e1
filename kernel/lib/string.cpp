// SPDX-License-Identifier: MIT
/* Text and memory: what is not in every image itself. */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

} /* namespace */

extern "C" {

size_t strlcat(char *to, const char *from, size_t size)
{
	const size_t at = strnlen(to, size);

	return at + (at < size ? strlcpy(to + at, from, size - at) : strlen(from));
}

char *skip_spaces(const char *s)
{
	while (is_space(*s))
		s++;
	return const_cast<char *>(s);
}

char *strim(char *s)
{
	size_t n = strlen(s);

	while (n && is_space(s[n - 1]))
		n--;
	s[n] = '\0';
	return skip_spaces(s);
}

char *strsep(char **s, const char *separators)
{
	char *begin = *s;

	if (!begin)
		return nullptr;
	char *end = begin;
	while (*end && !strchr(separators, *end))
		end++;
	*s = *end ? end + 1 : nullptr;
	*end = '\0';
	return begin;
}

bool sysfs_streq(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b || (!*a && *b == '\n' && !b[1]) || (!*b && *a == '\n' && !a[1]);
}

void memzero_explicit(void *p, size_t n)
{
	memset(p, 0, n);
	barrier_data(p);
}

char *kstrdup(const char *s, gfp_t gfp)
{
	return s ? static_cast<char *>(kmemdup(s, strlen(s) + 1, gfp)) : nullptr;
}

char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	if (!s)
		return nullptr;
	const size_t n = strnlen(s, max);
	auto *copy = static_cast<char *>(kmalloc(n + 1, gfp));

	if (copy) {
		memcpy(copy, s, n);
		copy[n] = '\0';
	}
	return copy;
}

void *kmemdup(const void *p, size_t n, gfp_t gfp)
{
	void *copy = kmalloc(n, gfp);

	if (copy)
		memcpy(copy, p, n);
	return copy;
}

void get_random_bytes(void *buf, size_t n)
{
	auto *bytes = static_cast<unsigned char *>(buf);

	for (size_t i = 0; i < n; i++)
		bytes[i] = static_cast<unsigned char>(hw_random());
}

} /* extern "C" */

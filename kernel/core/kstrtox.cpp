// SPDX-License-Identifier: MIT
/* Numbers from text. */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>

namespace {

int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = static_cast<char>(c | 0x20);
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

unsigned int choose_base(const char **s, unsigned int base)
{
	const bool hex = (*s)[0] == '0' && ((*s)[1] | 0x20) == 'x' && digit_of((*s)[2]) < 16;

	if (base == 0)
		base = hex ? 16 : (*s)[0] == '0' ? 8 : 10;
	if (base == 16 && hex)
		*s += 2;
	return base;
}

int parse(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long value = 0;
	bool any = false;

	base = choose_base(&s, base);
	for (; digit_of(*s) < static_cast<int>(base); s++, any = true) {
		if (__builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, static_cast<unsigned>(digit_of(*s)), &value))
			return -ERANGE;
	}
	if (*s == '\n')
		s++;
	if (!any || *s)
		return -EINVAL;
	*res = value;
	return 0;
}

} /* namespace */

extern "C" {

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return parse(s + (*s == '+'), base, res);
}

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	unsigned long long value;
	const bool negative = *s == '-';
	const int err = parse(s + (negative || *s == '+'), base, &value);

	if (err)
		return err;
	if (value > static_cast<unsigned long long>(LLONG_MAX) + negative)
		return -ERANGE;
	*res = static_cast<long long>(negative ? 0 - value : value);
	return 0;
}

int kstrtouint(const char *s, unsigned int base, unsigned int *res)
{
	unsigned long long value;
	const int err = kstrtoull(s, base, &value);

	if (err)
		return err;
	if (value > UINT_MAX)
		return -ERANGE;
	*res = static_cast<unsigned int>(value);
	return 0;
}

int kstrtoint(const char *s, unsigned int base, int *res)
{
	long long value;
	const int err = kstrtoll(s, base, &value);

	if (err)
		return err;
	if (value > INT_MAX || value < INT_MIN)
		return -ERANGE;
	*res = static_cast<int>(value);
	return 0;
}

int kstrtobool(const char *s, bool *res)
{
	if (!s)
		return -EINVAL;
	const char c = static_cast<char>(s[0] | 0x20);
	const char second = static_cast<char>(c == 'o' ? s[1] | 0x20 : 0);

	if (c == 'y' || c == 't' || s[0] == '1' || second == 'n')
		*res = true;
	else if (c == 'n' || c == 'f' || s[0] == '0' || second == 'f')
		*res = false;
	else
		return -EINVAL;
	return 0;
}

} /* extern "C" */

// SPDX-License-Identifier: MIT
/*
 * The command line: words NAME=VALUE. Those that decide how the kernel is made
 * are in the table below, its others are module_param()s of the kernel image;
 * mod.NAME=VALUE sets a module's parameter.
 */
#include <asm/spinlock.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include "kernel/core/boot.h"

namespace {

constexpr size_t kWordMax = 256;

const boot_param early_params[] = {
	{ "preempt", preempt_setup },
	{ "spinlock", spinlock_set_kind },
};

/* The line cut into words, where string parameters point to. */
char words[4096];

bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Copies the next word and its value; false at the end of the line. */
bool next_word(const char **line, char *name, const char **value)
{
	while (**line && is_space(**line))
		++*line;
	if (!**line)
		return false;
	size_t n = 0;
	*value = nullptr;
	for (; **line && !is_space(**line); ++*line) {
		if (n + 1 >= kWordMax)
			continue;
		name[n] = **line;
		if (name[n] == '=' && !*value) {
			name[n] = '\0';
			*value = &name[n + 1];
		}
		n++;
	}
	name[n] = '\0';
	if (!*value)
		*value = &name[n];
	return true;
}

char *keep_string(const char *value)
{
	static size_t used;
	const size_t n = strlen(value) + 1;

	if (used + n > sizeof(words))
		return nullptr;
	char *kept = &words[used];
	memcpy(kept, value, n);
	used += n;
	return kept;
}

template <typename T> int store_signed(void *arg, const char *value)
{
	long long v;
	const int err = kstrtoll(value, 0, &v);

	if (err)
		return err;
	if (static_cast<T>(v) != v)
		return -ERANGE;
	*static_cast<T *>(arg) = static_cast<T>(v);
	return 0;
}

template <typename T> int store_unsigned(void *arg, const char *value)
{
	unsigned long long v;
	const int err = kstrtoull(value, 0, &v);

	if (err)
		return err;
	if (static_cast<T>(v) != v)
		return -ERANGE;
	*static_cast<T *>(arg) = static_cast<T>(v);
	return 0;
}

int store(const kernel_param *param, const char *value)
{
	switch (param->type) {
	case KPARAM_byte:
		return store_unsigned<unsigned char>(param->arg, value);
	case KPARAM_short:
		return store_signed<short>(param->arg, value);
	case KPARAM_ushort:
		return store_unsigned<unsigned short>(param->arg, value);
	case KPARAM_int:
		return store_signed<int>(param->arg, value);
	case KPARAM_uint:
		return store_unsigned<unsigned int>(param->arg, value);
	case KPARAM_long:
		return store_signed<long>(param->arg, value);
	case KPARAM_ulong:
		return store_unsigned<unsigned long>(param->arg, value);
	case KPARAM_bool:
		return *value ? kstrtobool(value, static_cast<bool *>(param->arg)) :
				(*static_cast<bool *>(param->arg) = true, 0);
	case KPARAM_charp:
		*static_cast<char **>(param->arg) = keep_string(value);
		return 0;
	}
	return -EINVAL;
}

void set_module_param(const hw_image_info *image, const char *name, const char *value)
{
	const auto *end = static_cast<const kernel_param *>(image->param_end);

	for (const auto *p = static_cast<const kernel_param *>(image->param_begin); p < end; p++) {
		if (strcmp(p->name, name) != 0)
			continue;
		const int err = store(p, value);
		if (err)
			pr_err("mod.%s: `%s' invalid for parameter `%s' (%d)\n", name, value, name,
			       err);
		return;
	}
	pr_warn("mod.%s: unknown parameter '%s' ignored\n", name, name);
}

} /* namespace */

void parse_early_params(const char *cmdline, const hw_image_info *kernel)
{
	char name[kWordMax];
	const char *value;

	while (next_word(&cmdline, name, &value)) {
		bool early = strncmp(name, "mod.", 4) == 0;

		for (const boot_param &param : early_params) {
			if (strcmp(param.name, name) == 0) {
				param.setup(value);
				early = true;
			}
		}
		if (!early)
			set_module_param(kernel, name, value);
	}
}

void parse_module_params(const char *cmdline, const hw_image_info *image)
{
	char name[kWordMax];
	const char *value;

	while (next_word(&cmdline, name, &value)) {
		if (strncmp(name, "mod.", 4) == 0)
			set_module_param(image, name + 4, value);
	}
}

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H
/*
 * To and from the memory of whoever called a device: the buffers of a character
 * device's read() and write() (<linux/cdev.h>).
 *
 *	if (copy_to_user(buf, data, n))
 *		return -EFAULT;
 *
 * copy_*() return how many bytes were NOT copied; get_user() and put_user() 0 or
 * -EFAULT. Context: tasks; they may sleep, which is reported where one may not,
 * as under a spinlock: the mistake that these functions are known for.
 *
 * Unlike Linux: there is no user space. A user's address is an address like any
 * other, and its accesses are steps of the caller's; a bad one is an oops, so of
 * -EFAULT there is one case only, NULL.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

static inline unsigned long __must_check copy_to_user(void __user *to, const void *from,
						      unsigned long n)
{
	might_sleep();
	if (!to)
		return n;
	memcpy(to, from, n);
	return 0;
}

static inline unsigned long __must_check copy_from_user(void *to, const void __user *from,
							unsigned long n)
{
	might_sleep();
	if (!from) {
		memset(to, 0, n);
		return n;
	}
	memcpy(to, from, n);
	return 0;
}

static inline unsigned long __must_check clear_user(void __user *to, unsigned long n)
{
	might_sleep();
	if (!to)
		return n;
	memset(to, 0, n);
	return 0;
}

#define access_ok(addr, size) ((void)(size), (addr) != NULL)

/* One value of the pointer's type. */
#define get_user(x, ptr)						\
	({								\
		__typeof__(ptr) __gu_from = (ptr);			\
		might_sleep();						\
		if (__gu_from)						\
			(x) = *__gu_from;				\
		else							\
			(x) = 0;					\
		__gu_from ? 0 : -EFAULT;				\
	})
#define put_user(x, ptr)						\
	({								\
		__typeof__(ptr) __pu_to = (ptr);			\
		__typeof__(*(ptr)) __pu_value = (x);			\
		might_sleep();						\
		if (__pu_to)						\
			*__pu_to = __pu_value;				\
		__pu_to ? 0 : -EFAULT;					\
	})

#endif /* _LINUX_UACCESS_H */

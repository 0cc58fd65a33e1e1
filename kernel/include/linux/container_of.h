/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H
#include <linux/stddef.h>

/**
 * container_of - from a member to the structure it is embedded in
 * @ptr: points to the member
 * @type: type of the structure
 * @member: name of the member in it
 */
#define container_of(ptr, type, member)                                        \
	((type *)((char *)(ptr) - offsetof(type, member)))


#endif /* _LINUX_CONTAINER_OF_H */

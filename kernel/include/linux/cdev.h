/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H
/*
 * Character devices by number, and the keyboard, which is one.
 *
 *	major = register_chrdev(0, "mine", &fops);	0: any free one
 *	file = chrdev_open("mine");	ERR_PTR(-ENODEV) if there is none
 *	n = file->f_op->read(file, buf, sizeof(buf));
 *	chrdev_release(file);
 *
 * A registered device is never changed and never taken away: so looking one up
 * takes no lock. It is complete before it is published (release), and who finds it
 * sees all of it (acquire): locking level 0 of "Locking Engineering Hierarchy".
 *
 *	chrdevs_lock	mutex	registration; task context
 *
 * The keyboard: each interrupt of the source "keyboard" is a key, the n-th one is
 * 'a' + n % 26. A ring of 16 keeps what nobody has read; what does not fit is lost
 * and counted.
 *	kbd.lock	spinlock, irq-safe: the ring and the counts. The interrupt and
 *			readers take it, each alone: readers are woken after it is let
 *			go, and whether there is something to read is asked without it
 *			and asked again under it
 * Context: reading sleeps; the counts may be taken anywhere with interrupts on.
 *
 * Unlike Linux: no unregistering; devices are opened by name; chrdev_open() is all
 * of open(2).
 */
#include <linux/err.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHRDEV_MAJOR_MAX 16

struct file;

struct file_operations {
	int (*open)(struct file *file); /* may be NULL */
	ssize_t (*read)(struct file *file, char *to, size_t n);
	ssize_t (*write)(struct file *file, const char *from, size_t n);
	void (*release)(struct file *file); /* may be NULL */
};

struct file {
	const struct file_operations *f_op;
	void *private_data; /* the driver's */
};

/* The major number; -EBUSY if it is taken or there is none left, -EINVAL. */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops);
struct file *chrdev_open(const char *name);
void chrdev_release(struct file *file);

/* The keyboard: -ENXIO if there is no such source. Once or more. */
int kbd_init(void);
void kbd_exit(void); /* no interrupt comes any more */
struct kbd_counts {
	unsigned long keys, read, lost; /* keys == read + lost + in the ring */
	unsigned int in_ring;
};
void kbd_get_counts(struct kbd_counts *to);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_CDEV_H */

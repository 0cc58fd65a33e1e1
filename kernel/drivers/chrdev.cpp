// SPDX-License-Identifier: MIT
/* Character devices: a table that only grows. */
#include <linux/cdev.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

namespace {

struct char_device {
	const char *name;
	const file_operations *fops;
};

DEFINE_MUTEX(chrdevs_lock);
/* Filled under chrdevs_lock, released; read by anybody, acquired. [0] is no device. */
const char_device *chrdevs[CHRDEV_MAJOR_MAX];

/* chrdevs_lock is held. -EBUSY */
int free_major(unsigned int wanted)
{
	if (wanted)
		return chrdevs[wanted] ? -EBUSY : static_cast<int>(wanted);
	for (int major = CHRDEV_MAJOR_MAX - 1; major > 0; major--) {
		if (!chrdevs[major])
			return major;
	}
	return -EBUSY;
}

const char_device *find(const char *name)
{
	for (const char_device *const &slot : chrdevs) {
		const char_device *dev = smp_load_acquire(&slot);
		if (dev && strcmp(dev->name, name) == 0)
			return dev;
	}
	return nullptr;
}

} /* namespace */

extern "C" {

int register_chrdev(unsigned int major, const char *name, const file_operations *fops)
{
	static char_device devices[CHRDEV_MAJOR_MAX]; /* by major; for good */

	if (major >= CHRDEV_MAJOR_MAX)
		return -EINVAL;
	mutex_lock(&chrdevs_lock);
	const int given = free_major(major);
	if (given > 0) {
		devices[given] = { name, fops };
		smp_store_release(&chrdevs[given], &devices[given]);
	}
	mutex_unlock(&chrdevs_lock);
	return given;
}

file *chrdev_open(const char *name)
{
	const char_device *dev = find(name);

	if (!dev)
		return static_cast<file *>(ERR_PTR(-ENODEV));
	auto *f = static_cast<file *>(kzalloc(sizeof(file), GFP_KERNEL));
	if (!f)
		return static_cast<file *>(ERR_PTR(-ENOMEM));
	f->f_op = dev->fops;
	const int err = f->f_op->open ? f->f_op->open(f) : 0;
	if (err) {
		kfree(f);
		return static_cast<file *>(ERR_PTR(err));
	}
	return f;
}

void chrdev_release(file *f)
{
	if (f->f_op->release)
		f->f_op->release(f);
	kfree(f);
}

} /* extern "C" */

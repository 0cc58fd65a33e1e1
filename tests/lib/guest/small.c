/* SPDX-License-Identifier: MIT */
/* The small headers: layout, branches, times, copies, sums. */
#include <linux/cache.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/jump_label.h>
#include <linux/kthread.h>
#include <linux/overflow.h>
#include <linux/prefetch.h>
#include <linux/sched/mm.h>
#include <linux/time64.h>
#include <linux/uaccess.h>

#include "tests/kernel/guest/check.h"

static struct {
	char first;
	char second ____cacheline_aligned_in_smp;
} apart;
static DEFINE_STATIC_KEY_FALSE(tracing);
static DEFINE_STATIC_KEY_TRUE(fast);

static void branches(void)
{
	CHECK(!static_branch_unlikely(&tracing) && static_branch_likely(&fast));
	static_branch_enable(&tracing);
	static_branch_enable(&tracing);
	static_branch_disable(&fast);
	CHECK(static_branch_unlikely(&tracing) && !static_branch_likely(&fast));
	static_branch_disable(&tracing);
	static_branch_inc(&tracing);
	static_branch_inc(&tracing);
	CHECK(static_key_enabled(&tracing));
	static_branch_dec(&tracing);
	CHECK(static_key_enabled(&tracing));
	static_branch_dec(&tracing);
	CHECK(!static_key_enabled(&tracing));
}

static void times(void)
{
	struct timespec64 a = ns_to_timespec64(-1), b = { 1, 999999999 }, c;

	CHECK_EQ(a.tv_sec, -1);
	CHECK_EQ(a.tv_nsec, 999999999);
	c = timespec64_add(a, b);
	CHECK_EQ(timespec64_to_ns(&c), 1999999998);
	c = timespec64_sub(b, b);
	CHECK(timespec64_valid(&c) && timespec64_compare(&c, &b) < 0);
	set_normalized_timespec64(&c, 1, NSEC_PER_SEC - 1);
	CHECK(timespec64_equal(&c, &b) && timespec64_compare(&c, &b) == 0);
}

static char kept[8] = "kernel";

static ssize_t on_read(struct file *file, char *to, size_t n)
{
	n = min(n, sizeof(kept));
	return copy_to_user(to, kept, n) ? -EFAULT : (ssize_t)n;
}

static ssize_t on_write(struct file *file, const char *from, size_t n)
{
	if (copy_from_user(kept, from, min(n, sizeof(kept))))
		return -EFAULT;
	return n;
}

static void copies(void)
{
	static const struct file_operations fops = { .read = on_read, .write = on_write };
	struct file *file;
	char buf[8] = "";
	int value = 0;

	CHECK(register_chrdev(0, "small", &fops) >= 0);
	file = chrdev_open("small");
	CHECK_EQ(file->f_op->read(file, buf, sizeof(buf)), 8);
	CHECK(!strcmp(buf, "kernel"));
	CHECK_EQ(file->f_op->write(file, "user", 5), 5);
	CHECK_EQ(file->f_op->read(file, buf, sizeof(buf)), 8);
	CHECK(!strcmp(buf, "user"));
	CHECK_EQ(file->f_op->read(file, NULL, 3), -EFAULT);
	chrdev_release(file);
	CHECK_EQ(put_user(7, &value), 0);
	CHECK_EQ(value, 7);
	CHECK_EQ(get_user(value, (int *)NULL), -EFAULT);
	CHECK_EQ(value, 0);
	CHECK_EQ(clear_user(buf, 4), 0);
	CHECK_EQ(buf[0], 0);
}

static void devices(void)
{
	static struct device dev = { .init_name = "small0" };

	dev_set_drvdata(&dev, &apart);
	CHECK(dev_get_drvdata(&dev) == &apart && !strcmp(dev_name(&dev), "small0"));
	dev_info(&dev, "%d sums\n", 5);
}

static void sums(void)
{
	struct tail {
		int n;
		u64 items[];
	} *p = NULL;
	u8 small;
	int n;

	CHECK(check_add_overflow(200, 100, &small) && small == 44);
	CHECK(!check_mul_overflow(5, 7, &n) && n == 35);
	CHECK(check_sub_overflow(3u, 4u, &small));
	CHECK_EQ(struct_size(p, items, 3), sizeof(*p) + 24);
	CHECK_EQ(array_size(SIZE_MAX, 2), SIZE_MAX);
}

static int __init small_init(void)
{
	unsigned int flags = memalloc_nofs_save();

	CHECK_EQ((unsigned long)&apart.second % SMP_CACHE_BYTES, 0);
	CHECK_EQ(sizeof(apart), 2 * SMP_CACHE_BYTES);
	CHECK_EQ(L1_CACHE_ALIGN(65), 128);
	prefetch(NULL);
	branches();
	times();
	copies();
	sums();
	devices();
	memalloc_nofs_restore(flags);
	ALL_CHECKED();
	return 0;
}
module_init(small_init);

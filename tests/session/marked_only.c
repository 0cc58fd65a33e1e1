// SPDX-License-Identifier: MIT
/* A page that nothing but marked writes ever touches. */
#include <linux/atomic.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct {
	atomic_t count;
	char rest[4092];
} page __attribute__((aligned(4096)));

static int count(void *unused)
{
	while (!kthread_should_stop())
		atomic_inc(&page.count);
	return 0;
}

static struct task_struct *task;

static int __init marked_only_init(void)
{
	task = kthread_run(count, NULL, "count");
	return 0;
}

static void __exit marked_only_exit(void)
{
	kthread_stop(task);
}

module_init(marked_only_init);
module_exit(marked_only_exit);
MODULE_LICENSE("GPL");

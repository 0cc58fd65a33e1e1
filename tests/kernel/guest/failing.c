/* SPDX-License-Identifier: MIT */
/* Its init fails: its exit must not run. */
#include <linux/module.h>

static int __init failing_init(void)
{
	return -ENOMEM;
}

static void __exit failing_exit(void)
{
	pr_info("exit after a failed init\n");
}
module_init(failing_init);
module_exit(failing_exit);

// SPDX-License-Identifier: MIT
/*
 * Three tasklets that wait: two for TASKLET, one for HI. Softirqs stay off until
 * all of them are scheduled.
 */
#include <linux/bottom_half.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int ran, scheduled;

static void run(struct tasklet_struct *unused)
{
	ran++;
}
static DECLARE_TASKLET(first, run);
static DECLARE_TASKLET(second, run);
static DECLARE_TASKLET(urgent, run);

static int __init tasklets_init(void)
{
	local_bh_disable();
	tasklet_schedule(&first);
	tasklet_schedule(&second);
	tasklet_hi_schedule(&urgent);
	scheduled = 3;
	local_bh_enable();
	pr_info("%d of %d ran\n", ran, scheduled);
	return 0;
}

static void __exit tasklets_exit(void)
{
}

module_init(tasklets_init);
module_exit(tasklets_exit);
MODULE_LICENSE("Dual MIT/GPL");

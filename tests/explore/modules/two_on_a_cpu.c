/* SPDX-License-Identifier: MIT */
/* Two tasks of equal rank on one CPU add 1 to a counter of that CPU. */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu.h>

static int safely; /* 1: preemption is off, 2: one instruction */
module_param(safely, int, 0);

static DEFINE_PER_CPU(int, hits);
static DECLARE_COMPLETION(done);

static int hit(void *unused)
{
	if (safely == 1)
		preempt_disable();
	if (safely == 2)
		this_cpu_inc(hits);
	else
		raw_cpu_inc(hits);
	if (safely == 1)
		preempt_enable();
	complete(&done);
	return 0;
}

static int __init two_init(void)
{
	kthread_run_on_cpu(hit, NULL, 0, "one/%u");
	kthread_run_on_cpu(hit, NULL, 0, "two/%u");
	return 0;
}

static void __exit two_exit(void)
{
	wait_for_completion(&done);
	wait_for_completion(&done);
	pr_info("%d\n", per_cpu(hits, 0));
}

module_init(two_init);
module_exit(two_exit);

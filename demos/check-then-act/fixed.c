// SPDX-License-Identifier: MIT
/*
 * The last seats.
 *
 * Two clerks, each on a CPU of its own, sell the seats of forty trains, one train
 * after the other. The number sold is atomic_t, so no sale is lost. Is any seat
 * sold twice?
 *
 * Watch: checking and adding are one step; who comes too late adds nothing.
 * Verdict: clean.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define CLERKS 2
#define TRAINS 40
#define SEATS 5

static struct {
	atomic_t sold[TRAINS];
	struct completion done; /* completed once by each clerk */
} s;

static bool sell_one(atomic_t *sold)
{
	return atomic_add_unless(sold, 1, SEATS); /* check and act in one */
}

static int sell(void *unused)
{
	for (int train = 0; train < TRAINS; train++) {
		while (sell_one(&s.sold[train]))
			;
	}
	complete(&s.done);
	return 0;
}

static int __init check_then_act_init(void)
{
	init_completion(&s.done);
	for (unsigned int cpu = 0; cpu < CLERKS; cpu++) {
		struct task_struct *clerk = kthread_create_on_cpu(sell, NULL, cpu, "clerk/%u");

		if (IS_ERR(clerk))
			return PTR_ERR(clerk);
		wake_up_process(clerk);
	}
	return 0;
}

static void __exit check_then_act_exit(void)
{
	for (int i = 0; i < CLERKS; i++)
		wait_for_completion(&s.done);
	for (int train = 0; train < TRAINS; train++) {
		int sold = atomic_read(&s.sold[train]);

		if (sold != SEATS)
			pr_info("train %d: sold %d of %d seats\n", train, sold, SEATS);
		BUG_ON(sold > SEATS);
	}
}

module_init(check_then_act_init);
module_exit(check_then_act_exit);
MODULE_LICENSE("Dual MIT/GPL");

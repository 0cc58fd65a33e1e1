// SPDX-License-Identifier: MIT
/*
 * Workqueues: every item that was queued runs, none twice at once, ordered ones
 * in order; flushing and cancelling mean what they say.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

#define ITEMS 8

static struct {
	struct work_struct items[ITEMS];
	struct work_struct ordered[ITEMS];
	struct delayed_work late, never;
	atomic_t inside[ITEMS];
	atomic_t runs, twice, wrong_order, late_runs, never_runs;
	int next; /* of the ordered ones */
} s;

static void item_func(struct work_struct *work)
{
	int n = work - s.items;

	if (atomic_inc_return(&s.inside[n]) != 1)
		atomic_inc(&s.twice);
	if (n % 2)
		usleep_range(5, 10);
	atomic_dec(&s.inside[n]);
	atomic_inc(&s.runs);
}

static void ordered_func(struct work_struct *work)
{
	int n = work - s.ordered;

	if (n != s.next)
		atomic_inc(&s.wrong_order);
	if (n % 3 == 0)
		usleep_range(5, 10);
	s.next = n + 1;
}

static void late_func(struct work_struct *work)
{
	atomic_inc(&s.late_runs);
}

static void never_func(struct work_struct *work)
{
	atomic_inc(&s.never_runs);
}

static void check(bool ok, const char *what)
{
	if (!ok)
		pr_err("workqueue: %s\n", what);
}

static int __init workqueue_test_init(void)
{
	struct workqueue_struct *wq = alloc_workqueue("test", 0, 0);
	struct workqueue_struct *unbound = alloc_workqueue("unbound", WQ_UNBOUND, 2);
	struct workqueue_struct *ordered = alloc_ordered_workqueue("ordered", 0);
	int queued = 0, round, n;

	for (n = 0; n < ITEMS; n++) {
		INIT_WORK(&s.items[n], item_func);
		INIT_WORK(&s.ordered[n], ordered_func);
	}
	INIT_DELAYED_WORK(&s.late, late_func);
	INIT_DELAYED_WORK(&s.never, never_func);

	for (round = 0; round < 4; round++) {
		for (n = 0; n < ITEMS; n++)
			queued += queue_work(n % 3 ? wq : unbound, &s.items[n]);
		if (round % 2)
			udelay(5);
	}
	for (n = 0; n < ITEMS; n++)
		queue_work(ordered, &s.ordered[n]);
	schedule_delayed_work(&s.late, 1);
	schedule_delayed_work(&s.never, 100);

	flush_work(&s.items[1]);
	check(!work_busy(&s.items[1]), "flushed, but still busy");
	flush_workqueue(wq);
	flush_workqueue(unbound);
	check(atomic_read(&s.runs) == queued, "an item was lost, or ran once too often");
	check(!atomic_read(&s.twice), "an item ran twice at once");
	flush_workqueue(ordered);
	check(s.next == ITEMS && !atomic_read(&s.wrong_order), "ordered items out of order");

	check(flush_delayed_work(&s.late), "the delayed item was not pending");
	check(atomic_read(&s.late_runs) == 1, "the delayed item did not run once");
	check(cancel_delayed_work_sync(&s.never), "the cancelled item was not pending");
	check(!cancel_work_sync(&s.items[0]), "an idle item was cancelled");
	check(queue_work(wq, &s.items[0]), "a cancelled item cannot be queued again");
	destroy_workqueue(wq);
	destroy_workqueue(unbound);
	destroy_workqueue(ordered);
	check(!atomic_read(&s.never_runs), "the cancelled item ran");
	check(atomic_read(&s.runs) == queued + 1, "destroying a workqueue lost an item");
	pr_info("workqueue: done\n");
	return 0;
}
module_init(workqueue_test_init);

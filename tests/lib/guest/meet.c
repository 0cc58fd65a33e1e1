/* SPDX-License-Identifier: MIT */
/*
 * Two tasks on two CPUs, one short meeting: what is promised of it is checked at
 * the end. Small enough for all its interleavings.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/string.h>

#include "tests/lib/guest/meet.h"

static char *kind = "";
module_param(kind, charp, 0);

static const struct meeting *meetings[] = { fifo_meetings, kill_meetings, wait_meetings };
static const struct meeting *chosen;
static DECLARE_COMPLETION(start);
static DECLARE_COMPLETION(all_done);
static atomic_t running = ATOMIC_INIT(2);

static int task(void *role)
{
	wait_for_completion(&start);
	((void (*)(void))role)();
	if (atomic_dec_and_test(&running))
		complete(&all_done);
	return 0;
}

static const struct meeting *find(void)
{
	const struct meeting *m;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(meetings); i++)
		for (m = meetings[i]; m->name; m++)
			if (!strcmp(m->name, kind))
				return m;
	return NULL;
}

static int __init meet_init(void)
{
	unsigned int i;

	chosen = find();
	if (!chosen)
		return -EINVAL;
	if (chosen->prepare)
		chosen->prepare();
	for (i = 0; i < 2; i++)
		wake_up_process(kthread_create_on_cpu(task, (void *)chosen->role[i],
						      i % num_online_cpus(), "role/%u"));
	complete_all(&start);
	wait_for_completion(&all_done);
	if (chosen->conclude)
		chosen->conclude();
	pr_info("met\n");
	return 0;
}
module_init(meet_init);

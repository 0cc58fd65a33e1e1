/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SEEDS_GIVEN_H
#define TESTS_SEEDS_GIVEN_H
/*
 * What the seeds' texts leave out: who calls the fragments, and what becomes of
 * it. The lines at the left margin of these files are the texts' own.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>

#include "tests/kernel/guest/check.h"

static void (*given_work[3])(void);
static struct completion given_done;
static atomic_t given_left;

static int given_task(void *work)
{
	((void (*)(void))work)();
	if (atomic_dec_and_test(&given_left))
		complete(&given_done);
	return 0;
}

/* Runs up to three functions, each in a task, on as many CPUs as there are. */
static void side_by_side(void (*a)(void), void (*b)(void), void (*c)(void))
{
	int i;

	given_work[0] = a;
	given_work[1] = b;
	given_work[2] = c;
	init_completion(&given_done);
	atomic_set(&given_left, 1 + !!b + !!c);
	for (i = 0; i < 3; i++) {
		if (given_work[i])
			wake_up_process(kthread_create_on_cpu(
				given_task, (void *)given_work[i],
				(unsigned int)i % num_online_cpus(), "side/%u"));
	}
	wait_for_completion(&given_done);
}

#define on_each_of_3_cpus(work) side_by_side(work, work, work)

#endif /* TESTS_SEEDS_GIVEN_H */

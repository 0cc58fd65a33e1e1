// SPDX-License-Identifier: MIT
/*
 * Task 1: runs the modules' initcalls, waits for the end, runs their exitcalls.
 *
 * The end is an interrupt, VECTOR_REBOOT, that the machine sends to CPU 0 when the
 * run's time is over.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include "kernel/core/boot.h"
#include "kernel/core/irq.h"
#include "kernel/core/sched.h"

namespace {

DECLARE_COMPLETION(reboot_requested);

/* The first failure, or 0. */
int run_initcalls(const hw_image_info *image)
{
	const auto *end = static_cast<const initcall_t *>(image->init_end);

	for (const auto *fn = static_cast<const initcall_t *>(image->init_begin); fn < end; fn++) {
		const int err = (*fn)();
		if (err)
			return err;
	}
	return 0;
}

void run_exitcalls(const hw_image_info *image)
{
	const auto *begin = static_cast<const exitcall_t *>(image->exit_begin);

	for (const auto *fn = static_cast<const exitcall_t *>(image->exit_end); fn > begin;)
		(*--fn)();
}

int init_modules(void)
{
	int err = 0;

	for (unsigned int i = 1; i < boot_info->images && !err; i++) {
		parse_module_params(boot_info->cmdline, boot_info->image[i]);
		err = run_initcalls(boot_info->image[i]);
	}
	if (err)
		pr_err("module_init failed with error %d\n", err);
	return err;
}

void exit_modules(void)
{
	hw_announce(EV_EXIT_BEGIN, nullptr, 0, nullptr);
	for (unsigned int i = boot_info->images; i-- > 1;)
		run_exitcalls(boot_info->image[i]);
	hw_announce(EV_EXIT_DONE, nullptr, 0, nullptr);
}

} /* namespace */

int kernel_init(void *)
{
	spawn_ksoftirqd();
	const int err = run_initcalls(boot_info->image[0]); /* the kernel's own */
	if (err)
		panic("initcall failed with error %d", err);
	WRITE_ONCE(system_state, SYSTEM_RUNNING);

	const int result = init_modules();
	hw_announce(EV_INIT_DONE, nullptr, static_cast<u64>(static_cast<s64>(result)), nullptr);
	wait_for_completion(&reboot_requested);
	if (!result)
		exit_modules();
	WRITE_ONCE(system_state, SYSTEM_POWER_OFF);
	hw_power_off(0);
}

void rest_init(void)
{
	WRITE_ONCE(system_state, SYSTEM_SCHEDULING);
	task_struct *init = kthread_run(kernel_init, nullptr, "init");

	BUG_ON(IS_ERR(init));
}

void reboot_interrupt(void)
{
	complete(&reboot_requested);
}

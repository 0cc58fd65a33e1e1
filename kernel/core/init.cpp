// SPDX-License-Identifier: MIT
/*
 * Task 1: runs the modules' initcalls, waits for the end, runs their exitcalls.
 *
 * The end is an interrupt, VECTOR_REBOOT, that the machine sends to CPU 0 when the
 * run's time is over.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include "kernel/core/boot.h"
#include "kernel/core/irq.h"
#include "kernel/core/sched.h"

namespace {

task_struct *init_thread; /* constant once it runs */
bool reboot_requested;	   /* set once, then init_thread is woken */

/* Idly: it is no sign of a hang that nothing but the end will wake it. */
void wait_for_reboot(void)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (READ_ONCE(reboot_requested))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

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
	wait_for_reboot();
	if (!result)
		exit_modules();
	WRITE_ONCE(system_state, SYSTEM_POWER_OFF);
	hw_power_off(0);
}

void rest_init(void)
{
	WRITE_ONCE(system_state, SYSTEM_SCHEDULING);
	init_thread = kthread_create(kernel_init, nullptr, "init");
	BUG_ON(IS_ERR(init_thread));
	wake_up_process(init_thread);
}

void reboot_interrupt(void)
{
	WRITE_ONCE(reboot_requested, true);
	wake_up_process(init_thread);
}

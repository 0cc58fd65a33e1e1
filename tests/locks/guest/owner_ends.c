/* SPDX-License-Identifier: MIT */
/*
 * A task takes a lock, lets go and ends. Another wants the lock meanwhile: it
 * spins for as long as the owner runs, and so looks at a task that it holds no
 * reference to. Then one more ends on the owner's CPU, where it would be freed.
 *
 * `kind`: mutex, ww_mutex or rwsem
 */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/string.h>
#include <linux/ww_mutex.h>

static char *kind = "mutex";
module_param(kind, charp, 0);

static DEFINE_WW_CLASS(ww_class);

static struct {
	struct mutex mutex;
	struct ww_mutex ww;
	struct rw_semaphore rwsem;
} s;

static int lock_and_let_go(void *unused)
{
	if (!strcmp(kind, "mutex")) {
		mutex_lock(&s.mutex);
		mutex_unlock(&s.mutex);
	} else if (!strcmp(kind, "ww_mutex")) {
		ww_mutex_lock(&s.ww, NULL);
		ww_mutex_unlock(&s.ww);
	} else {
		down_write(&s.rwsem);
		up_write(&s.rwsem);
	}
	return 0;
}

static int end(void *unused)
{
	return 0;
}

static int __init owner_ends_init(void)
{
	mutex_init(&s.mutex);
	ww_mutex_init(&s.ww, &ww_class);
	init_rwsem(&s.rwsem);
	kthread_run_on_cpu(lock_and_let_go, NULL, 0, "owner/%u");
	kthread_run_on_cpu(end, NULL, 0, "last/%u");
	kthread_run_on_cpu(lock_and_let_go, NULL, 1, "spinner/%u");
	return 0;
}
module_init(owner_ends_init);

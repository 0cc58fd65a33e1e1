/* SPDX-License-Identifier: MIT */
/* Locking Engineering Hierarchy, "Async Processing": the naive approach. */
#include "given.h"

#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct object {
	struct mutex lock;
	struct work_struct work;
};

/* The types that the text leaves out. */
#define start_processing(obj) static void start_processing(struct object *obj)
#define stop_processing(obj) static void stop_processing(struct object *obj)
#define work_fn(work) static void work_fn(struct work_struct *work, struct object *obj)
#undef container_of
#define container_of(ptr, member) \
	((struct object *)((char *)(ptr) - __builtin_offsetof(struct object, member)))

start_processing(obj)
{
	mutex_lock(&obj->lock);
	/* set up the data for the async work */;
	schedule_work(&obj->work);
	mutex_unlock(&obj->lock);
}

stop_processing(obj)
{
	mutex_lock(&obj->lock);
	/* clear the data for the async work */;
	cancel_work_sync(&obj->work);
	mutex_unlock(&obj->lock);
}

work_fn(work)
{
	obj = container_of(work, work);

	mutex_lock(&obj->lock);
	/* do some processing */
	mutex_unlock(&obj->lock);
}

#undef start_processing
#undef stop_processing
#undef work_fn

static void run_work(struct work_struct *work)
{
	work_fn(work, NULL);
}

static struct object object;

/* Let the work run once: then lockdep knows what it takes. */
static bool work_before = true;
module_param(work_before, bool, 0);

static void start(void)
{
	start_processing(&object);
}

static void stop(void)
{
	stop_processing(&object);
}

static int __init seed_init(void)
{
	mutex_init(&object.lock);
	INIT_WORK(&object.work, run_work);
	if (work_before) {
		start_processing(&object);
		msleep(1);
	}
	side_by_side(start, stop, NULL);
	return 0;
}
module_init(seed_init);

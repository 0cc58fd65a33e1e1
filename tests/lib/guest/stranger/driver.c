/* SPDX-License-Identifier: MIT */
/* An interrupt, its tasklet, the work behind it, and who waits for it all. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct foo_dev {
	int irq;
	spinlock_t lock;
	u32 status;
	u32 done;
	struct tasklet_struct tasklet;
	struct workqueue_struct *wq;
	struct work_struct work;
	struct completion ready;
	struct mutex cfg_lock;
	u32 total;
};

static struct foo_dev *foo;

static irqreturn_t foo_irq(int irq, void *dev_id)
{
	struct foo_dev *dev = dev_id;

	spin_lock(&dev->lock);
	dev->status |= BIT(0);
	dev->done++;
	spin_unlock(&dev->lock);
	tasklet_schedule(&dev->tasklet);
	return IRQ_HANDLED;
}

static void foo_tasklet(struct tasklet_struct *t)
{
	struct foo_dev *dev = from_tasklet(dev, t, tasklet);

	queue_work(dev->wq, &dev->work);
}

static void foo_work(struct work_struct *work)
{
	struct foo_dev *dev = container_of(work, struct foo_dev, work);
	unsigned long flags;
	u32 n;

	spin_lock_irqsave(&dev->lock, flags);
	n = dev->done;
	dev->done = 0;
	dev->status &= ~BIT(0);
	spin_unlock_irqrestore(&dev->lock, flags);
	mutex_lock(&dev->cfg_lock);
	dev->total += n;
	mutex_unlock(&dev->cfg_lock);
	complete(&dev->ready);
}

static int foo_wait(struct foo_dev *dev)
{
	if (!wait_for_completion_timeout(&dev->ready, msecs_to_jiffies(100)))
		return -ETIMEDOUT;
	return 0;
}

static int __init foo_init(void)
{
	int ret, i;

	foo = kzalloc(sizeof(*foo), GFP_KERNEL);
	if (!foo)
		return -ENOMEM;
	spin_lock_init(&foo->lock);
	mutex_init(&foo->cfg_lock);
	init_completion(&foo->ready);
	tasklet_setup(&foo->tasklet, foo_tasklet);
	INIT_WORK(&foo->work, foo_work);
	foo->wq = alloc_workqueue("foo", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!foo->wq) {
		ret = -ENOMEM;
		goto err_free;
	}
	foo->irq = platform_get_irq_byname(NULL, "foo");
	if (foo->irq < 0) {
		ret = foo->irq;
		goto err_wq;
	}
	ret = request_irq(foo->irq, foo_irq, IRQF_SHARED, "foo", foo);
	if (ret)
		goto err_wq;
	for (i = 0; i < 5; i++) {
		ret = foo_wait(foo);
		if (ret)
			pr_err("foo: timed out\n");
	}
	return 0;
err_wq:
	destroy_workqueue(foo->wq);
err_free:
	kfree(foo);
	return ret;
}

static void __exit foo_exit(void)
{
	free_irq(foo->irq, foo);
	tasklet_kill(&foo->tasklet);
	cancel_work_sync(&foo->work);
	destroy_workqueue(foo->wq);
	pr_info("foo: %u events\n", foo->total);
	kfree(foo);
}
module_init(foo_init);
module_exit(foo_exit);
MODULE_LICENSE("Dual MIT/GPL");

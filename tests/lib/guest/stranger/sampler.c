/* SPDX-License-Identifier: MIT */
/* A timer produces, a thread consumes: a fifo and a wait queue between them. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/jiffies.h>

#define FIFO_SIZE 32

struct sample {
	u32 seq;
	unsigned long stamp;
};

struct sampler {
	DECLARE_KFIFO(fifo, struct sample, FIFO_SIZE);
	wait_queue_head_t readq;
	struct timer_list timer;
	struct task_struct *reader;
	u32 seq;
	u32 dropped;
	u32 consumed;
};

static struct sampler *sampler;

static void sampler_timer_fn(struct timer_list *t)
{
	struct sampler *s = from_timer(s, t, timer);
	struct sample smp = { .seq = s->seq++, .stamp = jiffies };

	if (!kfifo_put(&s->fifo, smp))
		s->dropped++;
	wake_up_interruptible(&s->readq);
	mod_timer(&s->timer, jiffies + 1);
}

static int sampler_reader(void *data)
{
	struct sampler *s = data;
	struct sample smp;
	u32 expect = 0;
	int ret;

	while (!kthread_should_stop()) {
		ret = wait_event_interruptible(s->readq, !kfifo_is_empty(&s->fifo) ||
								 kthread_should_stop());
		if (ret)
			continue;
		while (kfifo_get(&s->fifo, &smp)) {
			if (smp.seq != expect)
				pr_warn_ratelimited("gap: got %u, wanted %u\n", smp.seq, expect);
			expect = smp.seq + 1;
			s->consumed++;
		}
	}
	return 0;
}

static int __init sampler_init(void)
{
	int err;

	sampler = kzalloc(sizeof(*sampler), GFP_KERNEL);
	if (!sampler)
		return -ENOMEM;
	INIT_KFIFO(sampler->fifo);
	init_waitqueue_head(&sampler->readq);
	timer_setup(&sampler->timer, sampler_timer_fn, 0);
	sampler->reader = kthread_run(sampler_reader, sampler, "sampler/%d", 0);
	if (IS_ERR(sampler->reader)) {
		err = PTR_ERR(sampler->reader);
		kfree(sampler);
		return err;
	}
	mod_timer(&sampler->timer, jiffies + 1);
	return 0;
}

static void __exit sampler_exit(void)
{
	timer_delete_sync(&sampler->timer);
	kthread_stop(sampler->reader);
	WARN_ON(sampler->consumed + kfifo_len(&sampler->fifo) + sampler->dropped != sampler->seq);
	pr_info("sampler: %u consumed, %u dropped\n", sampler->consumed, sampler->dropped);
	kfree(sampler);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("periodic sampler");

// SPDX-License-Identifier: MIT
/* A display, its commits and its vertical blank. */
#include <drm/drm_crtc.h>
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct crtc_commit {
	kref ref; /* the work item's, and the waiter's */
	work_struct work;
	drm_crtc *crtc;
	u32 frame;
	completion flip_done;
};

struct drm_crtc {
	unsigned int irq;
	workqueue_struct *wq; /* ordered */

	struct mutex mutex;
	/* guarded by mutex: */
	u32 newest;

	spinlock_t irq_lock;
	/* guarded by irq_lock: */
	crtc_commit *armed;
	drm_crtc_counts counts;
};

namespace {

irqreturn_t vblank_interrupt(int, void *dev_id)
{
	auto *crtc = static_cast<drm_crtc *>(dev_id);

	spin_lock(&crtc->irq_lock);
	crtc->counts.vblanks++;
	if (crtc_commit *commit = crtc->armed) {
		if (commit->frame <= crtc->counts.shown)
			crtc->counts.out_of_order++;
		crtc->counts.shown = commit->frame;
		crtc->counts.flips++;
		crtc->armed = nullptr;
		complete_all(&commit->flip_done); /* it may be gone behind the unlock */
	}
	spin_unlock(&crtc->irq_lock);
	return IRQ_HANDLED;
}

void free_commit(kref *ref)
{
	kfree(container_of(ref, struct crtc_commit, ref));
}

void commit_work(work_struct *work)
{
	auto *commit = container_of(work, struct crtc_commit, work);
	drm_crtc *crtc = commit->crtc;

	spin_lock_irq(&crtc->irq_lock);
	crtc->armed = commit;
	spin_unlock_irq(&crtc->irq_lock);
	wait_for_completion(&commit->flip_done);
	kref_put(&commit->ref, free_commit);
}

crtc_commit *new_commit(drm_crtc *crtc)
{
	auto *commit = static_cast<crtc_commit *>(kzalloc(sizeof(crtc_commit), GFP_KERNEL));

	if (commit) {
		kref_init(&commit->ref);
		INIT_WORK(&commit->work, commit_work);
		init_completion(&commit->flip_done);
		commit->crtc = crtc;
	}
	return commit;
}

} /* namespace */

extern "C" {

drm_crtc *drm_crtc_create(const char *name)
{
	const int irq = platform_get_irq_byname(nullptr, name);

	if (irq < 0)
		return static_cast<drm_crtc *>(ERR_PTR(irq));
	auto *crtc = static_cast<drm_crtc *>(kzalloc(sizeof(drm_crtc), GFP_KERNEL));
	if (!crtc)
		return static_cast<drm_crtc *>(ERR_PTR(-ENOMEM));
	crtc->irq = static_cast<unsigned int>(irq);
	mutex_init(&crtc->mutex);
	spin_lock_init(&crtc->irq_lock);
	crtc->wq = alloc_ordered_workqueue("%s", 0, name);
	const int err = crtc->wq ? request_irq(crtc->irq, vblank_interrupt, 0, name, crtc) :
				   -ENOMEM;
	if (err) {
		if (crtc->wq)
			destroy_workqueue(crtc->wq);
		kfree(crtc);
		return static_cast<drm_crtc *>(ERR_PTR(err));
	}
	return crtc;
}

/* The commits first: they need the interrupt. */
void drm_crtc_destroy(drm_crtc *crtc)
{
	destroy_workqueue(crtc->wq);
	free_irq(crtc->irq, crtc);
	kfree(crtc);
}

int drm_atomic_commit(drm_crtc *crtc, bool nonblock, u32 *frame)
{
	crtc_commit *commit = new_commit(crtc);

	if (!commit)
		return -ENOMEM;
	if (!nonblock)
		kref_get(&commit->ref);
	mutex_lock(&crtc->mutex);
	commit->frame = *frame = ++crtc->newest;
	spin_lock_irq(&crtc->irq_lock);
	crtc->counts.commits++;
	spin_unlock_irq(&crtc->irq_lock);
	queue_work(crtc->wq, &commit->work); /* under the mutex: in the order of frames */
	mutex_unlock(&crtc->mutex);
	if (!nonblock) {
		wait_for_completion(&commit->flip_done);
		kref_put(&commit->ref, free_commit);
	}
	return 0;
}

void drm_crtc_flush(drm_crtc *crtc)
{
	flush_workqueue(crtc->wq);
}

void drm_crtc_get_counts(drm_crtc *crtc, drm_crtc_counts *to)
{
	spin_lock_irq(&crtc->irq_lock);
	*to = crtc->counts;
	spin_unlock_irq(&crtc->irq_lock);
}

} /* extern "C" */

/* SPDX-License-Identifier: MIT */
#ifndef _DRM_DRM_CRTC_H
#define _DRM_DRM_CRTC_H
/*
 * A display: frames are committed and appear at a vertical blank.
 *
 *	crtc = drm_crtc_create("display");	ERR_PTR(-ENXIO): no such source
 *	err = drm_atomic_commit(crtc, nonblock, &frame);	frame: its number, from 1
 *	drm_crtc_destroy(crtc);			waits for all that was committed
 *
 * A commit is prepared under the object's mutex and handed to a work item; that one
 * arms it and waits until the vblank interrupt has flipped to it. Commits appear in
 * their order, one a vblank. A blocking commit returns when it has appeared.
 *
 *	mutex	   mutex	the object: its newest commit, the order of commits.
 *			Task context. Not held while waiting: the worker needs no mutex
 *	  irq_lock spinlock, irq-safe, nests in it: the interrupt's state, what is
 *			armed, what is shown, how many vblanks there were
 *
 * A commit belongs to whoever made it until it is queued, then to the work item;
 * the next owner waits for a completion, not for a lock ("single owner" and
 * "asynchronous processing" of "Locking Engineering Hierarchy").
 *
 * Context: all of it may sleep, but for drm_crtc_get_counts(), which wants
 * interrupts on.
 */
#include <linux/err.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct drm_crtc;

struct drm_crtc_counts {
	u64 vblanks, commits, flips; /* flips: commits that have appeared */
	u32 shown;		     /* the frame that is on the screen; 0: none yet */
	u32 out_of_order;	     /* flips to an older frame than was shown: none */
};

struct drm_crtc *drm_crtc_create(const char *name);
void drm_crtc_destroy(struct drm_crtc *crtc);
int drm_atomic_commit(struct drm_crtc *crtc, bool nonblock, u32 *frame);
void drm_crtc_flush(struct drm_crtc *crtc); /* all so far have appeared */
void drm_crtc_get_counts(struct drm_crtc *crtc, struct drm_crtc_counts *to);

#ifdef __cplusplus
}
#endif
#endif /* _DRM_DRM_CRTC_H */

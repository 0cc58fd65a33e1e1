/* SPDX-License-Identifier: MIT */
#ifndef _DRM_DRM_GEM_H
#define _DRM_DRM_GEM_H
/*
 * Objects by handle: a table of weak references.
 *
 *	err = drm_gem_handle_create(&file, obj, &handle);
 *	obj = drm_gem_object_lookup(&file, handle);	with a reference, or NULL
 *	drm_gem_object_put(obj);
 *
 * The table does not keep its objects alive. A look-up finds one under RCU and
 * takes a reference only if there still is one (kref_get_unless_zero()); the last
 * reference takes the object out of the table and frees it after a grace period:
 * the pattern "weak reference" of "Locking Engineering Hierarchy".
 *
 *	object_xa	the xarray's own spinlock, bh-safe: changes of the table; taken
 *			by create and by the last put, inside any lock of theirs.
 *			Look-ups take none
 *
 * An object is its creator's until it has a handle; from then on `file`, `handle` and
 * `name` are constant, and whoever has a reference may read them without a lock.
 *
 * Context: create sleeps; look-up and put anywhere but in NMI and hardirqs.
 */
#include <linux/kref.h>
#include <linux/rcupdate.h>
#include <linux/xarray.h>

#ifdef __cplusplus
extern "C" {
#endif

struct drm_file {
	struct xarray object_xa;
};

struct drm_gem_object {
	struct kref refcount;
	struct drm_file *file; /* constant once it has a handle */
	u32 handle;	       /* 0: none */
	u32 name;	       /* the user's */
	struct rcu_head rcu;
};

void drm_gem_open(struct drm_file *file);
void drm_gem_release(struct drm_file *file); /* all objects are gone */
struct drm_gem_object *drm_gem_object_create(u32 name); /* one reference; NULL */
int drm_gem_handle_create(struct drm_file *file, struct drm_gem_object *obj, u32 *handle);
struct drm_gem_object *drm_gem_object_lookup(struct drm_file *file, u32 handle);
void drm_gem_object_get(struct drm_gem_object *obj);
void drm_gem_object_put(struct drm_gem_object *obj);

#ifdef __cplusplus
}
#endif
#endif /* _DRM_DRM_GEM_H */

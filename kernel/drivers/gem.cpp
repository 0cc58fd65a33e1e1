// SPDX-License-Identifier: MIT
/* Objects by handle. */
#include <drm/drm_gem.h>
#include <linux/slab.h>

namespace {

/* Until the erase a look-up finds it, and gets nothing: the count is 0. */
void free_object(kref *count)
{
	auto *obj = container_of(count, struct drm_gem_object, refcount);

	if (obj->handle)
		xa_erase_bh(&obj->file->object_xa, obj->handle);
	kfree_rcu(obj, rcu);
}

} /* namespace */

extern "C" {

void drm_gem_open(drm_file *file)
{
	xa_init_flags(&file->object_xa, XA_FLAGS_ALLOC1);
}

void drm_gem_release(drm_file *file)
{
	xa_destroy(&file->object_xa);
}

drm_gem_object *drm_gem_object_create(u32 name)
{
	auto *obj = static_cast<drm_gem_object *>(kzalloc(sizeof(drm_gem_object), GFP_KERNEL));

	if (obj) {
		kref_init(&obj->refcount);
		obj->name = name;
	}
	return obj;
}

/*
 * The place first, then the object: who finds it by guessing the handle finds it
 * with its handle set.
 */
int drm_gem_handle_create(drm_file *file, drm_gem_object *obj, u32 *handle)
{
	int err = xa_alloc_bh(&file->object_xa, handle, nullptr, xa_limit_16b, GFP_KERNEL);

	if (err)
		return err;
	obj->file = file;
	obj->handle = *handle;
	return xa_err(xa_store_bh(&file->object_xa, *handle, obj, GFP_KERNEL));
}

drm_gem_object *drm_gem_object_lookup(drm_file *file, u32 handle)
{
	rcu_read_lock();
	auto *obj = static_cast<drm_gem_object *>(xa_load(&file->object_xa, handle));
	if (obj && !kref_get_unless_zero(&obj->refcount))
		obj = nullptr;
	rcu_read_unlock();
	return obj;
}

void drm_gem_object_get(drm_gem_object *obj)
{
	kref_get(&obj->refcount);
}

void drm_gem_object_put(drm_gem_object *obj)
{
	kref_put(&obj->refcount, free_object);
}

} /* extern "C" */

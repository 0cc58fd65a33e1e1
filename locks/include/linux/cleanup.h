/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H
/*
 * Cleaning up at the end of a scope: guards for locks, __free() for memory.
 *
 *	guard(mutex)(&lock);			held until the block ends
 *
 *	scoped_guard(spinlock, &lock) {		held in these braces
 *		...
 *	}
 *
 *	char *p __free(kfree) = kmalloc(...);	freed unless no_free_ptr(p)
 *
 * The cleanups of a block run in reverse order of its declarations.
 * The surprising thing: a goto out of the scope runs them; a goto into it, past
 * the declaration, is an error.
 */
#include <linux/compiler.h>

/* Freeing. DEFINE_FREE(kfree, void *, if (_T) kfree(_T)) */
#define DEFINE_FREE(_name, _type, _free)				\
	static __always_inline void __free_##_name(void *p)		\
	{								\
		_type _T = *(_type *)p;					\
		_free;							\
	}
#define __free(_name) __cleanup(__free_##_name)

/* The pointer's value; from here on somebody else must free it. */
#define no_free_ptr(p) ({						\
	__typeof__(p) __taken = (p);					\
	(p) = 0;							\
	__taken;							\
})
#define return_ptr(p) return no_free_ptr(p)

/* A type with a constructor and a destructor. */
#define DEFINE_CLASS(_name, _type, _exit, _init, ...)			\
	typedef _type class_##_name##_t;				\
	static __always_inline void class_##_name##_destructor(_type *p) \
	{								\
		_type _T = *p;						\
		_exit;							\
	}								\
	static __always_inline _type class_##_name##_constructor(__VA_ARGS__) \
	{								\
		_type t = _init;					\
		return t;						\
	}
#define CLASS(_name, var)						\
	class_##_name##_t var __maybe_unused				\
		__cleanup(class_##_name##_destructor) =			\
		class_##_name##_constructor

/* A guard whose value is the pointer to the lock. */
#define DEFINE_GUARD(_name, _type, _lock, _unlock)			\
	DEFINE_CLASS(_name, _type, if (_T) { _unlock; }, ({ _lock; _T; }), _type _T) \
	static __always_inline void *class_##_name##_lock_ptr(class_##_name##_t *_T) \
	{								\
		return *_T;						\
	}
/* One that may fail: the value is null then. */
#define DEFINE_GUARD_COND(_name, _ext, _condlock)			\
	typedef class_##_name##_t class_##_name##_ext##_t;		\
	static __always_inline void class_##_name##_ext##_destructor(class_##_name##_t *p) \
	{								\
		class_##_name##_destructor(p);				\
	}								\
	static __always_inline class_##_name##_t			\
	class_##_name##_ext##_constructor(class_##_name##_t _T)		\
	{								\
		class_##_name##_t t = ({ if (_T && !(_condlock)) _T = 0; _T; }); \
		return t;						\
	}								\
	static __always_inline void *class_##_name##_ext##_lock_ptr(class_##_name##_t *_T) \
	{								\
		return class_##_name##_lock_ptr(_T);			\
	}

/* A guard with a lock and members of its own (flags, an index). */
#define __DEFINE_UNLOCK_GUARD(_name, _type, _unlock, ...)		\
	typedef struct {						\
		_type *lock;						\
		__VA_ARGS__;						\
	} class_##_name##_t;						\
	static __always_inline void class_##_name##_destructor(class_##_name##_t *_T) \
	{								\
		if (_T->lock) {						\
			_unlock;					\
		}							\
	}								\
	static __always_inline void *class_##_name##_lock_ptr(class_##_name##_t *_T) \
	{								\
		return _T->lock;					\
	}
#define DEFINE_LOCK_GUARD_1(_name, _type, _lock, _unlock, ...)		\
	__DEFINE_UNLOCK_GUARD(_name, _type, _unlock, __VA_ARGS__)	\
	static __always_inline class_##_name##_t class_##_name##_constructor(_type *l) \
	{								\
		class_##_name##_t _t, *_T = &_t;			\
		_t.lock = l;						\
		_lock;							\
		return _t;						\
	}
#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock, ...)			\
	__DEFINE_UNLOCK_GUARD(_name, void, _unlock, __VA_ARGS__)	\
	static __always_inline class_##_name##_t class_##_name##_constructor(void) \
	{								\
		class_##_name##_t _t, *_T __maybe_unused = &_t;		\
		_t.lock = (void *)1;					\
		_lock;							\
		return _t;						\
	}
#define DEFINE_LOCK_GUARD_1_COND(_name, _ext, _condlock)		\
	typedef class_##_name##_t class_##_name##_ext##_t;		\
	static __always_inline void class_##_name##_ext##_destructor(class_##_name##_t *p) \
	{								\
		class_##_name##_destructor(p);				\
	}								\
	static __always_inline class_##_name##_t			\
	class_##_name##_ext##_constructor(__typeof__(((class_##_name##_t *)0)->lock) l) \
	{								\
		class_##_name##_t _t, *_T = &_t;			\
		_t.lock = l;						\
		if (_T->lock && !(_condlock))				\
			_T->lock = 0;					\
		return _t;						\
	}								\
	static __always_inline void *class_##_name##_ext##_lock_ptr(class_##_name##_t *_T) \
	{								\
		return class_##_name##_lock_ptr(_T);			\
	}

#define __guard_ptr(_name) class_##_name##_lock_ptr
#define guard(_name) CLASS(_name, __UNIQUE_ID(guard))
#define scoped_guard(_name, ...)					\
	for (CLASS(_name, scope)(__VA_ARGS__), *done = 0;		\
	     __guard_ptr(_name)(&scope) && !done; done = (__typeof__(done))1)
/* If the lock is not to be had: _fail, a statement. */
#define scoped_cond_guard(_name, _fail, ...)				\
	for (CLASS(_name, scope)(__VA_ARGS__), *done = 0; !done;	\
	     done = (__typeof__(done))1)				\
		if (!__guard_ptr(_name)(&scope))			\
			_fail;						\
		else

#endif /* _LINUX_CLEANUP_H */

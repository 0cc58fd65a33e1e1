/* SPDX-License-Identifier: MIT */
/* Memory, text, numbers, lists, per-CPU memory. */
#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "check.h"

static int numbers = 1;
module_param(numbers, int, 0444);
static char *word = "none";
module_param(word, charp, 0444);
static bool flag;
module_param(flag, bool, 0444);

static void kmalloc_gives_what_it_says(void)
{
	static const size_t sizes[] = { 1, 16, 17, 100, 1000, 5000, 8192, 8193, 100000 };
	unsigned char *p[ARRAY_SIZE(sizes)];
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		p[i] = kzalloc(sizes[i], GFP_KERNEL);
		CHECK(p[i] && ksize(p[i]) >= sizes[i]);
		CHECK(IS_ALIGNED((unsigned long)p[i], 16));
		CHECK(!p[i][0] && !p[i][sizes[i] - 1]);
		memset(p[i], (int)i + 1, sizes[i]);
	}
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		for (k = 0; k < sizes[i]; k += 97)
			CHECK_EQ(p[i][k], i + 1);
		kfree(p[i]);
	}
	CHECK(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	kfree(ZERO_SIZE_PTR);
	kfree(NULL);
	CHECK(!kmalloc_array(1UL << 40, 1UL << 40, GFP_KERNEL));
	p[0] = krealloc(kmemdup("abc", 4, GFP_KERNEL), 9000, GFP_KERNEL);
	CHECK(!strcmp((char *)p[0], "abc"));
	kfree(p[0]);
}

struct object {
	long value;
	char name[40];
};

static void caches_hand_out_distinct_objects(void)
{
	struct kmem_cache *cache = KMEM_CACHE(object, 0);
	struct object *o[200];
	int i;

	for (i = 0; i < 200; i++) {
		o[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		o[i]->value = i;
	}
	for (i = 0; i < 200; i++) {
		CHECK_EQ(o[i]->value, i);
		kmem_cache_free(cache, o[i]);
	}
	kmem_cache_destroy(cache);
}

static void pages_come_back(void)
{
	unsigned long a = __get_free_pages(GFP_KERNEL, 3), b;

	CHECK(a && IS_ALIGNED(a, PAGE_SIZE << 3));
	CHECK(page_address(virt_to_page((void *)a)) == (void *)a);
	free_pages(a, 3);
	b = __get_free_pages(GFP_KERNEL, 3);
	CHECK_EQ(a, b);
	free_pages(b, 3);
}

static void formats_are_those_of_printk(void)
{
	char buf[80];

	CHECK_EQ(snprintf(buf, sizeof(buf), "%5d|%-5d|%05d|%x|%#X|%o", 42, -42, 42, 255, 255, 8),
		 28);
	CHECK(!strcmp(buf, "   42|-42  |00042|ff|0XFF|10"));
	snprintf(buf, sizeof(buf), "%s|%.2s|%8s|%c|%%|%llu|%ld|%hhd", "hey", "abc", "right", 'c',
		 ~0ULL, -5L, 300);
	CHECK(!strcmp(buf, "hey|ab|   right|c|%|18446744073709551615|-5|44"));
	snprintf(buf, sizeof(buf), "%px %*d %.3d", (void *)0x1234, 4, 7, 5);
	CHECK(!strcmp(buf, "0000000000001234    7 005"));
	CHECK_EQ(snprintf(buf, 4, "abcdef"), 6);
	CHECK(!strcmp(buf, "abc"));
	CHECK_EQ(scnprintf(buf, 4, "abcdef"), 3);
}

static void numbers_are_parsed(void)
{
	int i = 0;
	unsigned long u = 0;

	CHECK(!kstrtoint("-12\n", 0, &i) && i == -12);
	CHECK(!kstrtoul("0x1f", 0, &u) && u == 31);
	CHECK_EQ(kstrtoint("12x", 0, &i), -EINVAL);
	CHECK_EQ(kstrtoint("99999999999", 0, &i), -ERANGE);
	CHECK_EQ(i, -12);
	CHECK_EQ(numbers, 5);
	CHECK(!strcmp(word, "hello"));
	CHECK(flag);
}

static void lists_keep_their_order(void)
{
	struct item { int v; struct list_head list; } items[5], *pos, *next;
	LIST_HEAD(head);
	int i, sum = 0;

	for (i = 0; i < 5; i++) {
		items[i].v = i;
		list_add_tail(&items[i].list, &head);
	}
	i = 0;
	list_for_each_entry(pos, &head, list)
		CHECK_EQ(pos->v, i++);
	list_for_each_entry_safe(pos, next, &head, list) {
		sum += pos->v;
		list_del(&pos->list);
	}
	CHECK(sum == 10 && list_empty(&head));
}

static void dynamic_per_cpu_memory_is_per_cpu(void)
{
	long *p = alloc_percpu(long);
	void *q = __alloc_percpu(100, 64);
	int cpu;

	CHECK(IS_ALIGNED((unsigned long)per_cpu_ptr(q, 0), 64));
	for_each_possible_cpu(cpu) {
		CHECK_EQ(*per_cpu_ptr(p, cpu), 0);
		*per_cpu_ptr(p, cpu) = cpu + 1;
	}
	for_each_possible_cpu(cpu)
		CHECK_EQ(*per_cpu_ptr(p, cpu), cpu + 1);
	free_percpu(q);
	free_percpu(p);
}

static int __init memory_init(void)
{
	kmalloc_gives_what_it_says();
	caches_hand_out_distinct_objects();
	pages_come_back();
	formats_are_those_of_printk();
	numbers_are_parsed();
	lists_keep_their_order();
	dynamic_per_cpu_memory_is_per_cpu();
	ALL_CHECKED();
	return 0;
}
module_init(memory_init);

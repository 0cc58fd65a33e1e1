// SPDX-License-Identifier: MIT
// Heapsort (Williams 1964).
#include <linux/sort.h>

namespace {

struct Array {
	char *base;
	size_t size; // of an element
	cmp_r_func_t cmp;
	swap_r_func_t swap;
	const void *priv;

	char *at(size_t i) const { return base + i * size; }
	bool less(size_t i, size_t j) const { return cmp(at(i), at(j), priv) < 0; }
	void exchange(size_t i, size_t j) const
	{
		swap(at(i), at(j), static_cast<int>(size), priv);
	}
};

void swap_bytes(void *a, void *b, int size, const void *)
{
	auto *x = static_cast<char *>(a), *y = static_cast<char *>(b);

	while (size--) {
		const char was = *x;
		*x++ = *y;
		*y++ = was;
	}
}

// Everything below i is in order; i goes down to where it belongs.
void sift_down(const Array &array, size_t i, size_t n)
{
	for (size_t largest; (largest = 2 * i + 1) < n; i = largest) {
		if (largest + 1 < n && array.less(largest, largest + 1))
			largest++;
		if (!array.less(i, largest))
			return;
		array.exchange(i, largest);
	}
}

struct Plain {
	cmp_func_t cmp;
	swap_func_t swap;
};

int plain_cmp(const void *a, const void *b, const void *plain)
{
	return static_cast<const Plain *>(plain)->cmp(a, b);
}

void plain_swap(void *a, void *b, int size, const void *plain)
{
	static_cast<const Plain *>(plain)->swap(a, b, size);
}

} // namespace

void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp, swap_r_func_t swap,
	    const void *priv)
{
	const Array array = { static_cast<char *>(base), size, cmp, swap ? swap : swap_bytes,
			      priv };

	for (size_t i = num / 2; i-- > 0;)
		sift_down(array, i, num);
	for (size_t n = num; n > 1; n--) {
		array.exchange(0, n - 1);
		sift_down(array, 0, n - 1);
	}
}

void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap)
{
	const Plain plain = { cmp, swap };

	sort_r(base, num, size, plain_cmp, swap ? plain_swap : nullptr, &plain);
}

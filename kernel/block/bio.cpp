// SPDX-License-Identifier: MIT
/* bios: allocation, and waiting for one. */
#include <linux/bio.h>
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/slab.h>

namespace {

void wake_submitter(bio *done)
{
	complete(static_cast<completion *>(done->bi_private));
}

} /* namespace */

extern "C" {

int blk_status_to_errno(blk_status_t status)
{
	return status == BLK_STS_OK ? 0 : -EIO;
}

bio *bio_alloc(block_device *bdev, unsigned short nr_vecs, blk_opf_t opf, gfp_t gfp)
{
	WARN_ON(nr_vecs != 1);
	auto *b = static_cast<bio *>(kzalloc(sizeof(bio), gfp));
	if (b) {
		b->bi_bdev = bdev;
		b->bi_opf = opf;
	}
	return b;
}

void bio_put(bio *b)
{
	kfree(b);
}

int bio_add_page(bio *b, page *page, unsigned int len, unsigned int offset)
{
	if (b->bi_buf)
		return 0;
	b->bi_buf = static_cast<char *>(page_address(page)) + offset;
	b->bi_iter.bi_size = len;
	return static_cast<int>(len);
}

void bio_endio(bio *b)
{
	b->bi_submitted = false;
	if (b->bi_end_io)
		b->bi_end_io(b);
}

int submit_bio_wait(bio *b)
{
	DECLARE_COMPLETION_ONSTACK(done);

	b->bi_private = &done;
	b->bi_end_io = wake_submitter;
	submit_bio(b);
	wait_for_completion(&done);
	return blk_status_to_errno(b->bi_status);
}

} /* extern "C" */

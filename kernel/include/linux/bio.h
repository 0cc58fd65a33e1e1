/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BIO_H
#define _LINUX_BIO_H
/*
 * bio: one transfer between a block device and memory.
 *
 *	bio = bio_alloc(bdev, 1, REQ_OP_WRITE, GFP_KERNEL);
 *	bio->bi_iter.bi_sector = 7;
 *	bio_add_page(bio, virt_to_page(buf), SECTOR_SIZE, offset_in_page(buf));
 *	err = submit_bio_wait(bio);
 *	bio_put(bio);
 *
 * With submit_bio() instead, bi_end_io(bio) is called once, when all is done or
 * has failed (bi_status), in softirq context, on whichever CPU the device's
 * interrupt came to. It owns the bio from then on.
 *
 * Life: allocated -> submitted (the block layer's; nobody else may touch it or the
 * memory) -> ended (bi_end_io's) -> bio_put().
 *
 * Order: what was written to the memory before submit_bio() is what the device
 * gets; what it gave is seen in bi_end_io() and behind submit_bio_wait(). Bios in
 * flight at once reach the device in any order, those of one sector as well: who
 * wants an order waits.
 *
 * Context: submit_bio() anywhere but in NMI; submit_bio_wait() sleeps.
 * Misuse: submitting a bio that is in flight is a WARN.
 * Unlike Linux: a bio has one segment, so bio_add_page() works once.
 */
#include <linux/gfp.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct block_device;
struct bio;

#define SECTOR_SHIFT 9
#define SECTOR_SIZE (1 << SECTOR_SHIFT)
#define offset_in_page(p) ((unsigned long)(p) & ~PAGE_MASK)

typedef unsigned int blk_opf_t;
enum req_op { REQ_OP_READ = 0, REQ_OP_WRITE = 1 };

typedef u8 blk_status_t;
#define BLK_STS_OK 0
#define BLK_STS_IOERR 10 /* sectors that the device does not have */
int blk_status_to_errno(blk_status_t status);

typedef void (*bio_end_io_t)(struct bio *bio);

struct bvec_iter {
	sector_t bi_sector;
	unsigned int bi_size; /* bytes, whole sectors */
};

struct bio {
	struct bio *bi_next; /* the block layer's */
	struct block_device *bi_bdev;
	blk_opf_t bi_opf;
	blk_status_t bi_status;
	bool bi_submitted; /* the block layer's */
	struct bvec_iter bi_iter;
	void *bi_buf; /* by bio_add_page() */
	bio_end_io_t bi_end_io;
	void *bi_private; /* the submitter's */
};

/* NULL if there is no memory. nr_vecs is 1. */
struct bio *bio_alloc(struct block_device *bdev, unsigned short nr_vecs, blk_opf_t opf,
		      gfp_t gfp);
void bio_put(struct bio *bio);
/* len, or 0 if the bio has a segment already. */
int bio_add_page(struct bio *bio, struct page *page, unsigned int len, unsigned int offset);
#define bio_data_dir(bio) ((bio)->bi_opf & 1)
#define bio_sectors(bio) ((bio)->bi_iter.bi_size >> SECTOR_SHIFT)

void submit_bio(struct bio *bio);
int submit_bio_wait(struct bio *bio); /* 0 or a negative error */
void bio_endio(struct bio *bio);      /* for whoever was given the bio */

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_BIO_H */

/* SPDX-License-Identifier: MIT */
#ifndef TESTS_LIB_MEET_H
#define TESTS_LIB_MEET_H
/* One kind of meeting of meet.c, and the tables of them. */

struct meeting {
	const char *name;
	void (*role[2])(void);	/* one a CPU */
	void (*prepare)(void);	/* before; may be NULL, as may be conclude: after */
	void (*conclude)(void);
};

/* Each ends with an entry without a name. */
extern const struct meeting fifo_meetings[], kill_meetings[], wait_meetings[];

#endif /* TESTS_LIB_MEET_H */

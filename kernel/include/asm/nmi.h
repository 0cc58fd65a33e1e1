/* SPDX-License-Identifier: MIT */
#ifndef _ASM_NMI_H
#define _ASM_NMI_H
/*
 * Handlers of non-maskable interrupts.
 *
 * They run in NMI context, on top of anything, code with interrupts off included:
 * no lock that others take may be waited for. A handler returns NMI_HANDLED or
 * NMI_DONE (not mine). register returns 0 or -ENOMEM; unregister waits until no
 * CPU runs it.
 */
#ifdef __cplusplus
extern "C" {
#endif

struct pt_regs; /* none here: always NULL */

enum { NMI_LOCAL = 0, NMI_UNKNOWN, NMI_SERR, NMI_IO_CHECK };

#define NMI_DONE 0
#define NMI_HANDLED 1

typedef int (*nmi_handler_t)(unsigned int type, struct pt_regs *regs);

int register_nmi_handler(unsigned int type, nmi_handler_t handler, unsigned long flags,
			 const char *name);
void unregister_nmi_handler(unsigned int type, const char *name);

#ifdef __cplusplus
}
#endif
#endif /* _ASM_NMI_H */

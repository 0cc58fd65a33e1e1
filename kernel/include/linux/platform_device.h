/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PLATFORM_DEVICE_H
#define _LINUX_PLATFORM_DEVICE_H
/*
 * The machine's interrupt sources, by name ("--source eth0=20000"):
 *
 *	int irq = platform_get_irq_byname(NULL, "eth0");
 *	if (irq < 0)
 *		return irq;
 *	err = request_irq(irq, handler, 0, "eth0", dev);
 *
 * Unlike Linux: there is one platform, and no device to pass.
 */
struct platform_device;

#ifdef __cplusplus
extern "C" {
#endif

/* The line's number, or -ENXIO if there is no such source. */
int platform_get_irq_byname(struct platform_device *dev, const char *name);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PLATFORM_DEVICE_H */

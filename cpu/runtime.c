/* SPDX-License-Identifier: MIT */
/* Placeholder filled in by the engine room: the image's description. */
#include "cpu/hw.h"

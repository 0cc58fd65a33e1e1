// SPDX-License-Identifier: MIT
// The floor: what a step costs at the least, on this machine, in this run.
//
// A hook called through a loaded image, the window check, the CPU that is
// furthest behind found by a scan, an inlined switch to it, and one 32-byte
// event written. No checkers, no values, no hash, no dirty pages, no
// interrupts. The engine is measured as a multiple of it.
#pragma once

namespace cli {

// ns of CPU time for one step of 4 CPUs that contend for a ticket lock.
// No session may exist meanwhile: the image lies in the guest window.
double measure_floor_ns();

}  // namespace cli

// SPDX-License-Identifier: MIT
#include "sim/core/error.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace sim {

namespace {
std::atomic<const char*> assert_context{nullptr};
}

void set_assert_context(const char* text) { assert_context = text; }

void assert_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "lockstep: broken invariant: %s (%s:%d)\n", condition, file, line);
  if (const char* text = assert_context) std::fprintf(stderr, "lockstep: %s\n", text);
  std::abort();
}

}  // namespace sim

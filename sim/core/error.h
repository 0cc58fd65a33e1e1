// SPDX-License-Identifier: MIT
// What the user got wrong, and what we got wrong: two kinds of error, two answers.
#pragma once

#include <stdexcept>
#include <string>

namespace sim {

// A bad argument, an unreadable or malformed file, C that does not compile.
// The message is one sentence that says what to do; `detail` is a tool's own
// output (a compiler's messages), shown as it is. The command exits with 2;
// the window shows it and stays. Never thrown across guest frames.
class UserError : public std::runtime_error {
 public:
  explicit UserError(const std::string& sentence, std::string detail = {})
      : std::runtime_error(sentence), detail_(std::move(detail)) {}
  const std::string& detail() const { return detail_; }

 private:
  std::string detail_;
};

// A broken invariant of the simulator: prints the condition, where the machine
// stood and the command that replays it (set by whoever drives the machine),
// then aborts. On in every build.
[[noreturn]] void assert_failed(const char* condition, const char* file, int line);
void set_assert_context(const char* text);  // kept by pointer; static or long-lived

}  // namespace sim

#define SIM_ASSERT(condition)                                                                  \
  do {                                                                                         \
    if (__builtin_expect(!(condition), 0)) sim::assert_failed(#condition, __FILE__, __LINE__); \
  } while (0)

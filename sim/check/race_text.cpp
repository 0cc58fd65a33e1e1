// SPDX-License-Identifier: MIT
// KCSAN's report, and what to do about it.
#include <fmt/format.h>

#include <algorithm>

#include "sim/check/race.h"
#include "sim/check/report_words.h"

namespace check {

std::string Race::access_text(const char* intro, const Cell& c) const {
  constexpr const char* kTypes[] = {"read", "write", "read-write", "assert no writes",
                                    "assert no accesses"};
  const std::string who = c.interrupt ? "interrupt" : "task " + pid_of(bench_.task_name(c.task));
  return fmt::format("{}{}{} to 0x{:016x} of {} bytes by {} on cpu {}:\n", intro, kTypes[c.type],
                     c.marked ? " (marked)" : "", s_->address, s_->size, who,
                     static_cast<unsigned>(c.cpu));
}

std::string Race::lock_text(const Cell& c) const {
  return c.lock ? "under " + bench_.lock_name(c.lock) : "under no lock";
}

Finding Race::describe(uint64_t) {
  const Cell &now = s_->now, &before = s_->before;
  Finding f;
  sign(f, bench_, static_cast<unsigned>(now.cpu));
  f.kind = "data-race";
  f.steps = {before.step, now.step};
  auto function = [this](uint32_t pc) {
    const std::string name = bench_.function_offset(pc);
    return name.substr(0, name.find('+'));
  };
  std::string a = function(before.pc), b = function(now.pc);
  if (b < a) std::swap(a, b);
  const bool asserts = before.type >= kAssertWriter || now.type >= kAssertWriter;
  f.title =
      fmt::format("BUG: KCSAN: {} {} / {}", asserts ? "assert: race in" : "data-race in", a, b);
  uint32_t pcs[16];
  const unsigned n = bench_.backtrace(f.cpu, pcs, 16);
  f.text = rule(66) + f.title + "\n\n" + access_text("", before) + " " +
           bench_.function_offset(before.pc) + "\n\n" + access_text("", now) +
           (n ? trace_lines(bench_, pcs, n, 1) : " " + bench_.function_offset(now.pc) + "\n") +
           "\n";
  const unsigned digits = std::min(s_->size, 8u) * 2;
  if (s_->values)
    f.text += fmt::format("value changed: 0x{:0{}x} -> 0x{:0{}x}\n\n", s_->old_value, digits,
                          s_->new_value, digits);
  const std::string task = bench_.task_name(now.task);
  f.text +=
      fmt::format(
          "Reported by Kernel Concurrency Sanitizer on:\nCPU: {} PID: {} Comm: {} Not tainted {}\n",
          f.cpu, pid_of(task), comm_of(task), kKernelIdent) +
      rule(66);
  for (const Cell* c : {&before, &now})
    if (c->lock) f.locks.push_back(bench_.lock_name(c->lock));
  f.explain = fmt::format(
      "{} is touched at {} {} and at {} {}, at least once for writing, and nothing orders the two: "
      "no common lock, no release that the other acquires. The compiler and the CPUs may mix them "
      "as they like. Use one lock for both, atomic operations, or READ_ONCE() and WRITE_ONCE() "
      "where the algorithm allows it.",
      bench_.object_name(s_->address), bench_.line(before.pc), lock_text(before),
      bench_.line(now.pc), lock_text(now));
  return f;
}

}  // namespace check

// SPDX-License-Identifier: MIT
// Reports about the order of several locks.
#include <fmt/format.h>

#include <algorithm>

#include "sim/check/lockdep_words.h"
#include "sim/check/report_words.h"

namespace check {

namespace {
constexpr const char* kTwoCpus =
    "       CPU0                    CPU1\n"
    "       ----                    ----\n";
const std::string kCpu1(31, ' ');
}  // namespace

void Lockdep::Words::circular(Finding& f) const {
  // From the lock that is being taken to the one that is held.
  const auto path = d.graph_.path(b.next.cls, b.next.read == 2, true, [&](uint32_t n, bool weak) {
    return n == b.prev.cls && (b.prev.read == 0 || !weak);
  });
  f.title = "WARNING: possible circular locking dependency detected";
  f.text = box(f.title, 54) + task + " is trying to acquire lock:\n" + lock(b.next) +
           "\nbut task is already holding lock:\n" + lock(b.prev) +
           "\nwhich lock already depends on the new lock.\n\n"
           "\nthe existing dependency chain (in reverse order) is:\n";
  std::string where;
  for (size_t i = path.size(); i-- > 0;) {
    const uint32_t id = i ? d.graph_.data(path[i].edge) : b.trace;
    f.text += fmt::format("\n-> #{}{}:\n", i, lock_name(path[i].node)) + trace(id, 7);
    if (i) where += fmt::format("{} under {}; ", name(path[i].node), name(path[i - 1].node));
    if (path[i].node != b.next.cls && path[i].node != b.prev.cls)
      f.locks.push_back(name(path[i].node));
  }
  f.text += "\nother info that might help us debug this:\n\n";
  const std::string source = name(b.next.cls), target = name(b.prev.cls);
  const uint32_t parent = path.size() > 1 ? path[path.size() - 2].node : b.next.cls;
  if (parent != b.next.cls)
    f.text += "Chain exists of:\n  " + source + " --> " + name(parent) + " --> " + target + "\n\n";
  f.text += std::string(" Possible unsafe locking scenario:\n\n") + kTwoCpus +
            (b.prev.read ? "  rlock(" : "  lock(") + target + ");\n" + kCpu1 + "lock(" +
            name(parent) + ");\n" + kCpu1 + "lock(" + target + ");\n" +
            (b.next.read ? "  rlock(" : "  lock(") + source + ");\n\n *** DEADLOCK ***\n\n" +
            held() + backtrace();
  f.explain = fmt::format(
      "{} takes {} at {} while it holds {}, but elsewhere they are taken the other way round: "
      "{}and so two CPUs can each hold one and wait for the other. It need not have happened yet. "
      "Take these locks in one and the same order everywhere.",
      task, source, d.bench_.line(b.next.ip), target, where);
}

std::string Lockdep::Words::irq_scenario(uint32_t safe, uint32_t unsafe, uint32_t prev,
                                         uint32_t next) const {
  const uint32_t middle = prev == safe ? next : prev;
  std::string text;
  if (middle != unsafe)
    text += "Chain exists of:\n  " + name(safe) + " --> " + name(middle) + " --> " + name(unsafe) +
            "\n\n";
  return text + " Possible interrupt unsafe locking scenario:\n\n" + kTwoCpus + "  lock(" +
         name(unsafe) + ");\n" + kCpu1 + "local_irq_disable();\n" + kCpu1 + "lock(" + name(safe) +
         ");\n" + kCpu1 + "lock(" + name(middle) + ");\n  <Interrupt>\n    lock(" + name(safe) +
         ");\n\n *** DEADLOCK ***\n\n";
}

std::string Lockdep::Words::class_dump(uint32_t cls, unsigned depth) const {
  const LockClass& c = d.s_->classes[cls];
  const std::string indent(depth, ' ');
  std::string text = indent + "->" + lock_name(cls) + fmt::format(" ops: {} {{\n", c.ops);
  for (unsigned u = 0; u < kUsages; ++u) {
    if (!(c.usage & usage_bit(u))) continue;
    const std::string line = fmt::format("{}   {} at:\n", indent, kUsageNames[u]);
    text += line + trace(c.trace[u], static_cast<unsigned>(line.size()) + depth + 1);
  }
  return text + indent + " }\n" +
         fmt::format("{} ... key      at: [<{:016x}>] {}\n", indent, c.base_key,
                     d.bench_.object_name(c.base_key));
}

// Leaf first; every lock with where it was taken under the one below.
std::string Lockdep::Words::dependencies(const std::vector<OrderGraph::Hop>& path) const {
  std::string text;
  for (size_t i = path.size(); i-- > 0;) {
    const auto depth = static_cast<unsigned>(i);
    text += class_dump(path[i].node, depth) + std::string(depth, ' ') + " ... acquired at:\n" +
            trace(i ? d.graph_.data(path[i].edge) : b.trace, 3) + "\n";
  }
  return text;
}

// The same for a path that was searched upwards: an edge's trace belongs to
// its lower end, which is printed next.
std::string Lockdep::Words::dependencies_backwards(const std::vector<OrderGraph::Hop>& path) const {
  std::string text;
  for (size_t i = path.size(); i-- > 0;) {
    const auto depth = static_cast<unsigned>(i);
    text += class_dump(path[i].node, depth);
    if (i + 1 < path.size())
      text += std::string(depth, ' ') + " ... acquired at:\n" +
              trace(d.graph_.data(path[i + 1].edge), 3) + "\n";
  }
  return text;
}

void Lockdep::Words::inversion(Finding& f) const {
  const uint32_t other = b.forwards ? b.unsafe : b.safe;
  const bool weak = b.forwards ? b.next.read == 2 : b.next.read != 0;
  const auto path =
      d.graph_.path(b.next.cls, weak, b.forwards, [&](uint32_t n, bool) { return n == other; });
  const char* irq = state_name(b.other);
  f.title = "WARNING: possible irq lock inversion dependency detected";
  f.text =
      box(f.title, 56) + task + " just changed the state of lock:\n" + lock(b.next) +
      (b.forwards
           ? fmt::format("but this lock took another, {}-unsafe lock in the past:\n", irq)
           : fmt::format("but this lock was taken by another, {}-safe lock in the past:\n", irq)) +
      lock_name(other) +
      "\n\n\nand interrupts could create inverse lock ordering between them.\n\n"
      "\nother info that might help us debug this:\n";
  const uint32_t middle = path.size() > 1 ? path[1].node : other;
  f.text += b.forwards ? irq_scenario(b.next.cls, other, middle, other)
                       : irq_scenario(other, b.next.cls, middle, b.next.cls);
  f.text += held() + "\nthe shortest dependencies between 2nd lock and 1st lock:\n" +
            (b.forwards ? dependencies(path) : dependencies_backwards(path)) + backtrace();
  f.locks.push_back(name(other));
  f.explain = fmt::format(
      "{} is taken in interrupts, and {} is taken under it but elsewhere held with those "
      "interrupts let in. One CPU can hold {} and be interrupted by a handler that waits for {}, "
      "while another holds {} and waits for {}.",
      name(b.safe), name(b.unsafe), name(b.unsafe), name(b.safe), name(b.safe), name(b.unsafe));
}

void Lockdep::Words::unsafe_order(Finding& f) const {
  const auto up = d.graph_.path(b.prev.cls, b.prev.read != 0, false,
                                [&](uint32_t n, bool) { return n == b.safe; });
  const auto down = d.graph_.path(b.next.cls, b.next.read == 2, true,
                                  [&](uint32_t n, bool) { return n == b.unsafe; });
  const std::string irq = state_name(b.usage);
  const std::string safe = name(b.safe), unsafe = name(b.unsafe);
  f.title = fmt::format("WARNING: {}-safe -> {}-unsafe lock order detected", irq, irq);
  f.text = box(f.title, 53) + fmt::format("{} {} is trying to acquire:\n", task, irq_tag()) +
           lock(b.next) + "\nand this task is already holding:\n" + lock(b.prev) +
           "which would create a new lock dependency:\n" + lock_name(b.prev.cls) + " ->" +
           lock_name(b.next.cls) + "\n" +
           fmt::format("\nbut this new dependency connects a {}-irq-safe lock:\n", irq) +
           lock_name(b.safe) + fmt::format("\n\n... which became {}-irq-safe at:\n", irq) +
           trace(d.s_->classes[b.safe].trace[b.usage], 2) +
           fmt::format("\nto a {}-irq-unsafe lock:\n", irq) + lock_name(b.unsafe) +
           fmt::format("\n\n... which became {}-irq-unsafe at:\n...", irq) +
           trace(d.s_->classes[b.unsafe].trace[b.other], 2) +
           "\nother info that might help us debug this:\n\n" +
           irq_scenario(b.safe, b.unsafe, b.prev.cls, b.next.cls) + held() +
           fmt::format("\nthe dependencies between {}-irq-safe lock and the holding lock:\n", irq) +
           dependencies_backwards(up) +
           fmt::format(
               "\nthe dependencies between the lock to be acquired\n"
               " and {}-irq-unsafe lock:\n",
               irq) +
           dependencies(down) + backtrace();
  for (uint32_t cls : {b.safe, b.unsafe})
    if (std::find(f.locks.begin(), f.locks.end(), name(cls)) == f.locks.end())
      f.locks.push_back(name(cls));
  f.explain = fmt::format(
      "{} is taken in interrupts, so whoever holds it must not wait for anything that an "
      "interrupt can hold up. Now {} is taken (perhaps through others) under it, which elsewhere "
      "is held with those interrupts let in. One CPU can hold {} and be interrupted by a handler "
      "that waits for {}, while another holds {} and waits for {}. Disable the interrupts "
      "wherever {} is taken.",
      safe, unsafe, unsafe, safe, safe, unsafe, unsafe);
}

}  // namespace check

// SPDX-License-Identifier: MIT
// What the validator knows, for /proc and for the window.
#include <fmt/format.h>

#include <set>
#include <utility>

#include "sim/check/lockdep.h"

namespace check {

std::string Lockdep::view(std::string_view name) const {
  if (name == "lockdep_stats") return stats_text();
  if (name == "lock_order") return order_text();
  if (name == "lock_order_state")
    return fmt::format("{} {} {}", graph_.nodes(), graph_.edges(), int{on()});
  return {};
}

std::string Lockdep::stats_text() const {
  const Stats now = stats();
  std::string text;
  const auto row = [&](const char* words, uint32_t n, uint32_t max) {
    text += fmt::format(" {:<30}{:>11} [max: {}]\n", words, n, max);
  };
  row("lock-classes:", now.classes, kClassesMax);
  row("direct dependencies:", now.edges, kEdgesMax);
  row("dependency chains:", now.chains, kChainsMax);
  return text + fmt::format(" {:<30}{:>11}\n {:<30}{:>11}\n", "max locking depth:", now.depth_max,
                            "debug_locks:", int{on()});
}

// The user's line that led there, or else the innermost call.
std::string Lockdep::place(uint32_t trace) const {
  const StackTrace& t = s_->traces[trace];
  for (uint32_t i = 0; i < t.count; ++i)
    if (t.pc[i] >= HW_MODULE_BASE && t.pc[i] < HW_PERCPU_BASE) return bench_.line(t.pc[i]);
  return t.count > 0 ? bench_.line(t.pc[0]) : std::string();
}

// From the lock that was wanted to the one that was held; empty: no circle.
std::vector<OrderGraph::Hop> Lockdep::reported_circle() const {
  const Bug& b = s_->bug;
  if (on() || b.what != LockBug::kCircular) return {};
  return graph_.path(b.next.cls, b.next.read == 2, true, [&](uint32_t n, bool weak) {
    return n == b.prev.cls && (b.prev.read == 0 || !weak);
  });
}

std::string Lockdep::order_text() const {
  std::string text;
  const auto edge = [&](uint32_t from, uint32_t to, uint32_t trace, bool cycle) {
    text += fmt::format("{}\t{}\t{}{}\n", s_->classes.name(bench_, from),
                        s_->classes.name(bench_, to), place(trace), cycle ? "\tcycle" : "");
  };
  std::set<std::pair<uint32_t, uint32_t>> circle;
  const std::vector<OrderGraph::Hop> path = reported_circle();
  for (size_t i = 1; i < path.size(); ++i) circle.insert({path[i - 1].node, path[i].node});
  // The edge that would close the circle was refused; it is told all the same.
  const Bug& b = s_->bug;
  if (!path.empty() || (!on() && b.what == LockBug::kRecursive))
    edge(b.prev.cls, b.next.cls, b.trace, true);
  for (uint32_t from = 1; from <= graph_.nodes(); ++from)
    for (const uint32_t to : graph_.neighbours(from, true))
      edge(from, to, graph_.data(graph_.edge(from, to)), circle.contains({from, to}));
  return text;
}

}  // namespace check

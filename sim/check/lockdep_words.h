// SPDX-License-Identifier: MIT
// The validator's printers: Linux's reports, section by section.
#pragma once

#include <string>
#include <vector>

#include "sim/check/lockdep.h"

namespace check {

struct Lockdep::Words {
  Lockdep& d;
  const Bug& b;
  std::string task;  // "comm/pid"

  explicit Words(Lockdep& lockdep);
  Finding make();

  // Building blocks, lockdep_text.cpp.
  std::string name(uint32_t cls) const;       // "&s.a"
  std::string lock_name(uint32_t cls) const;  // " (&s.a){+.+.}-{3:3}"
  std::string lock(const HeldLock& h) const;  // a whole line
  std::string held() const;
  std::string trace(uint32_t id, unsigned spaces) const;
  std::string irq_tag() const;
  std::string irq_events() const;
  std::string backtrace() const;  // "\nstack backtrace:\n" and the stack
  uint8_t inner(uint32_t cls) const { return d.s_->classes[cls].inner; }

  // Reports about one lock, lockdep_text.cpp and lockdep_text_held.cpp.
  void recursive(Finding& f) const;
  void inconsistent(Finding& f) const;
  void wait_context(Finding& f) const;
  void unlock_balance(Finding& f, bool contention) const;
  void held_freed(Finding& f) const;
  void nest_not_held(Finding& f) const;
  void held_at_exit(Finding& f) const;
  void not_static(Finding& f) const;
  void limit(Finding& f) const;
  void release_pinned(Finding& f) const;

  // Reports about several, lockdep_text_order.cpp.
  void circular(Finding& f) const;
  void inversion(Finding& f) const;
  void unsafe_order(Finding& f) const;
  std::string irq_scenario(uint32_t safe, uint32_t unsafe, uint32_t prev, uint32_t next) const;
  std::string class_dump(uint32_t cls, unsigned depth) const;
  std::string dependencies(const std::vector<OrderGraph::Hop>& path) const;
  std::string dependencies_backwards(const std::vector<OrderGraph::Hop>& path) const;
};

}  // namespace check

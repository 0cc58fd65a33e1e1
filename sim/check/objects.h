// SPDX-License-Identifier: MIT
// Debug objects: things that are queued somewhere and must be left alone until
// they have been called. Linux's DEBUG_OBJECTS, for RCU heads and work items.
//
//  - call_rcu() twice on one head: activate active;
//  - freeing memory with a queued head or work item in it: free active.
//
// Kernel code may ask whether an object is active (HW_ASK_OBJECT_ACTIVE), and
// so goes on after a double call_rcu() as a debug kernel does.
//
// Unlike Linux: freed work is not taken off its list; its use is found later.
#pragma once

#include <string>
#include <type_traits>

#include "sim/check/address_map.h"
#include "sim/check/checker.h"

namespace check {

class Objects final : public Checker {
 public:
  Objects(sim::Arena& arena, Bench& bench);

  const char* name() const override { return "objects"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;
  int answer(unsigned question, uint32_t object, unsigned cpu) override;

 private:
  struct Active {
    uint64_t step;      // when it was queued
    uint32_t function;  // what will be called; a small one is an offset (kfree_rcu)
    bool work, there;
    uint16_t none;  // so that no byte is left over: states are compared
  };
  static_assert(std::has_unique_object_representations_v<Active>);
  struct State {
    AddressMap<Active> active;
    Active bug;
    uint32_t address;
    unsigned cpu;
  };
  enum What : uint64_t { kActivate, kFree };

  void activate(const sim::Event& e, bool work);
  void freed(const sim::Event& e);

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
};

}  // namespace check

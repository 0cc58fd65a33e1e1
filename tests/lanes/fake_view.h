// SPDX-License-Identifier: MIT
// A view written by hand: events, and names for a few addresses.
#pragma once

#include <cstring>
#include <map>
#include <string>

#include "cpu/events.h"
#include "sim/run/run_view.h"

namespace test {

constexpr uint32_t kLockA = 0x11002000, kLockB = 0x11002040, kCounter = 0x11003000;
constexpr uint32_t kTaskAb = 0x20001000, kTaskBa = 0x20002000, kTaskIdle = 0x20003000;
constexpr uint32_t kUserPc = 0x11000100, kKernelPc = 0x10000100;

class FakeView final : public run::RunView {
 public:
  explicit FakeView(unsigned cpus) : trace_(cpus, 1024) {}

  // An event on a lane; kUserPc + line is line `line` of broken.c.
  sim::Event& add(unsigned cpu, uint64_t step, unsigned kind, uint32_t object = 0, uint64_t arg = 0,
                  uint32_t pc = 0) {
    if (trace_.lane(cpu).full()) trace_.grow(cpu);
    return fill(trace_.lane(cpu).append(), cpu, step, kind, object, arg, pc);
  }
  // A step into the detailed view.
  sim::Event& add_step(unsigned cpu, uint64_t step, unsigned kind, uint32_t object, uint32_t before,
                       uint32_t after, uint32_t pc, unsigned size = 4) {
    const uint64_t at = trace_.detail_size();
    sim::Event& event = fill(trace_.detail_ring()[at & trace_.detail_mask()], cpu, step, kind,
                             object, before | uint64_t{after} << 32, pc);
    event.info = static_cast<uint8_t>(size | sim::Event::kPair);
    trace_.set_detail_size(at + 1);
    return event;
  }

  const sim::Trace& trace() const override { return trace_; }
  run::Location where(uint32_t pc) const override {
    run::Location location;
    location.user = pc >= 0x11000000;
    location.file = location.user ? "demos/ab-ba/broken.c" : "kernel/core/sched.cpp";
    location.line = pc & 0xff;
    location.function = location.user ? "worker" : "schedule";
    return location;
  }
  std::string lock_name(uint32_t map) const override { return name(map, "a lock"); }
  std::string object_name(uint32_t address) const override { return name(address, "0x2"); }
  std::string task_name(uint32_t task) const override { return name(task, "task"); }
  Data data(uint32_t address, unsigned) const override {
    return {name(address, ""), address == kCounter, address == kCounter + 8};
  }
  std::string finding_title(uint64_t) const override { return "possible deadlock"; }
  std::string log_text(uint64_t index) const override { return "line " + std::to_string(index); }

 private:
  static sim::Event& fill(sim::Event& event, unsigned cpu, uint64_t step, unsigned kind,
                          uint32_t object, uint64_t arg, uint32_t pc) {
    event = sim::Event{};
    event.time = (step * 1000 + cpu * 7) & 0xffffffffffff;
    event.kind = static_cast<uint8_t>(kind);
    event.cpu = static_cast<uint8_t>(cpu);
    event.step = step & 0xffffffffffff;
    event.context = pc >= 0x11000000 ? sim::Event::kUser : 0;
    event.object = object;
    event.pc = pc;
    event.arg = arg;
    return event;
  }
  static std::string name(uint32_t address, const char* otherwise) {
    static const std::map<uint32_t, std::string> kNames{
        {kLockA, "&s.a"},    {kLockB, "&s.b"},    {kCounter, "counter"},     {kCounter + 8, "head"},
        {kTaskAb, "ab/0/5"}, {kTaskBa, "ba/1/6"}, {kTaskIdle, "swapper/0/0"}};
    const auto found = kNames.find(address);
    return found == kNames.end() ? otherwise : found->second;
  }

  sim::Trace trace_;
};

// Takes a lock as the public wrappers announce it, uncontended.
inline void take(FakeView& r, unsigned cpu, uint64_t step, uint32_t lock, unsigned line,
                 uint64_t arg = 0) {
  r.add(cpu, step, EV_LOCK_ACQUIRE, lock, arg, kUserPc + line);
  r.add(cpu, step + 1, EV_LOCK_ACQUIRED, lock, 0, kUserPc + line);
}

}  // namespace test

// SPDX-License-Identifier: MIT
#include "tests/check/fake_bench.h"

#include <algorithm>
#include <cstring>

check::Actor FakeBench::actor(unsigned cpu) const {
  const Cpu& c = cpu_[cpu];
  check::Actor a;
  a.task = c.task;
  a.cpu = static_cast<uint8_t>(cpu);
  a.level = sim::Level::kTask;
  for (sim::Level l : c.frames) a.level = std::max(a.level, l);
  a.irqs_on = c.irqs_on;
  a.preempt_count = c.preempt_count;
  for (sim::Level l : c.frames)
    a.preempt_count += l == sim::Level::kSoftirq   ? 0x100u
                       : l == sim::Level::kHardirq ? 0x10000u
                                                   : 0x110000u;
  return a;
}

bool FakeBench::read(uint32_t address, void* to, size_t n) const {
  if (n == sizeof(Map)) {  // a struct lockdep_map
    std::memcpy(to, &const_cast<FakeBench*>(this)->map(address), n);
    return true;
  }
  auto* out = static_cast<uint8_t*>(to);
  for (size_t i = 0; i < n; ++i) {
    const auto it = memory.find(address + static_cast<uint32_t>(i));
    if (it == memory.end()) return false;
    out[i] = it->second;
  }
  return true;
}

unsigned FakeBench::backtrace(unsigned, uint32_t* pcs, unsigned max) const {
  const size_t n = std::min<size_t>(max, stack.size());
  std::copy_n(stack.begin(), n, pcs);
  return static_cast<unsigned>(n);
}

void FakeBench::report(check::Checker& who, uint64_t cookie) {
  reports.push_back({&who, who.describe(cookie)});
}

std::string FakeBench::lock_name(uint32_t map) const {
  const auto it = names.find(map);
  return it == names.end() ? "&l" + std::to_string(map) : it->second;
}

std::string FakeBench::function_offset(uint32_t pc) const {
  return "f" + std::to_string(pc) + "+0x0/0x10";
}

void FakeBench::event(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg, uint32_t pc) {
  sim::Event e{};
  e.time = (time_ += 10) & 0xffffffffffff;
  e.kind = kind & 0xff;
  e.cpu = cpu & 0xff;
  e.step = ++step_ & 0xffffffffffff;
  const check::Actor a = actor(cpu);
  e.context = (static_cast<unsigned>(a.level) | (a.irqs_on ? sim::Event::kIrqsOn : 0u)) & 0xff;
  e.object = object;
  e.pc = pc;
  e.arg = arg;
  for (check::Checker* c : checkers_)
    if (c->wants(kind)) c->on_event(e);
}

void FakeBench::enter(unsigned cpu, unsigned kind, uint64_t arg) {
  cpu_[cpu].frames.push_back(kind == EV_SOFTIRQ_ENTER   ? sim::Level::kSoftirq
                             : kind == EV_HARDIRQ_ENTER ? sim::Level::kHardirq
                                                        : sim::Level::kNmi);
  if (kind != EV_SOFTIRQ_ENTER) cpu_[cpu].irqs_on = false;
  event(cpu, kind, 0, arg);
}

void FakeBench::exit(unsigned cpu, unsigned kind, uint64_t arg) {
  event(cpu, kind, 0, arg);
  cpu_[cpu].frames.pop_back();
  if (kind != EV_SOFTIRQ_EXIT) cpu_[cpu].irqs_on = true;
}

void FakeBench::irqs(unsigned cpu, bool on) {
  cpu_[cpu].irqs_on = on;
  event(cpu, on ? EV_IRQS_ON : EV_IRQS_OFF);
}

// SPDX-License-Identifier: MIT
// A machine that does nothing but say what tests want checkers to hear.
//
// Tasks are small numbers; task n runs where run(cpu, n) put it. Locks and
// program counters are numbers as well: lock 7 is called "&l7", pc 30 is
// "f30+0x0/0x10" in "t.c:30".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/check/checker.h"

class FakeBench : public check::Bench {
 public:
  struct Cpu {
    uint32_t task = 0;
    std::vector<sim::Level> frames;
    bool irqs_on = true;
    uint32_t preempt_count = 0;
  };
  struct Report {
    check::Checker* who;
    check::Finding finding;
  };

  explicit FakeBench(unsigned cpus = 4) : cpu_(cpus) {
    for (unsigned i = 0; i < cpus; ++i) cpu_[i].task = 1000 + i;
  }

  // check::Bench
  unsigned cpus() const override { return static_cast<unsigned>(cpu_.size()); }
  uint64_t step() const override { return step_; }
  uint64_t now(unsigned) const override { return time_; }
  check::Actor actor(unsigned cpu) const override;
  bool read(uint32_t address, void* to, size_t n) const override;
  unsigned backtrace(unsigned, uint32_t* pcs, unsigned max) const override;
  void report(check::Checker& who, uint64_t cookie) override;
  std::string lock_name(uint32_t map) const override;
  std::string task_name(uint32_t task) const override { return "t/" + std::to_string(task); }
  std::string function_offset(uint32_t pc) const override;
  std::string line(uint32_t pc) const override {
    const auto it = lines.find(pc);
    return it == lines.end() ? "t.c:" + std::to_string(pc) : it->second;
  }
  std::string object_name(uint32_t address) const override { return "o" + std::to_string(address); }

  // Locks: initialised ones of a class of their own, unless said otherwise.
  struct Map {
    uint64_t key = 0, name = 0;
    uint8_t outer = 0, inner = 3, type = 0, subclass = 0;
  };
  Map& map(uint32_t lock) {
    return maps.try_emplace(lock, Map{0x11000000u + lock * 16, 0}).first->second;
  }

  // What happens on a CPU.
  void add(check::Checker& checker) { checkers_.push_back(&checker); }
  void event(unsigned cpu, unsigned kind, uint32_t object = 0, uint64_t arg = 0, uint32_t pc = 0);
  void run(unsigned cpu, uint32_t task) {
    cpu_[cpu].task = task;
    event(cpu, EV_TASK_SWITCH, task);
  }
  void enter(unsigned cpu, unsigned kind, uint64_t arg = 0);  // EV_*_ENTER
  void exit(unsigned cpu, unsigned kind, uint64_t arg = 0);   // EV_*_EXIT
  void irqs(unsigned cpu, bool on);

  void acquire(unsigned cpu, uint32_t lock, uint32_t pc = 0, unsigned read = 0, unsigned sub = 0) {
    event(cpu, EV_LOCK_ACQUIRE, lock, LOCK_ARG(sub, 0, read, 1), pc);
  }
  void contended(unsigned cpu, uint32_t lock, uint32_t pc = 0) {
    event(cpu, EV_LOCK_CONTENDED, lock, 0, pc);
  }
  void acquired(unsigned cpu, uint32_t lock, uint32_t pc = 0) {
    event(cpu, EV_LOCK_ACQUIRED, lock, 0, pc);
  }
  void release(unsigned cpu, uint32_t lock, uint32_t pc = 0) {
    event(cpu, EV_LOCK_RELEASE, lock, 0, pc);
  }
  void lock(unsigned cpu, uint32_t lock, uint32_t pc = 0, unsigned read = 0, unsigned sub = 0) {
    acquire(cpu, lock, pc, read, sub);
    acquired(cpu, lock, pc);
  }
  void trylock(unsigned cpu, uint32_t lock, uint32_t pc = 0, unsigned read = 0) {
    event(cpu, EV_LOCK_ACQUIRE, lock, LOCK_ARG(0, 1, read, 1), pc);
  }
  void wait(unsigned cpu, uint32_t lock, uint32_t pc = 0, unsigned read = 0) {
    acquire(cpu, lock, pc, read);
    contended(cpu, lock, pc);
  }

  std::vector<Report> reports;
  std::vector<uint32_t> stack;            // what backtrace() returns
  std::map<uint32_t, std::string> names;  // of locks, instead of "&l7"
  std::map<uint32_t, uint8_t> memory;     // what read() returns
  std::map<uint32_t, std::string> lines;  // instead of "t.c:30"
  mutable std::map<uint32_t, Map> maps;
  uint64_t step_ = 0, time_ = 0;

  Cpu& at(unsigned cpu) { return cpu_[cpu]; }
  std::string title() const { return reports.empty() ? "" : reports.back().finding.title; }
  std::string text() const { return reports.empty() ? "" : reports.back().finding.text; }

 private:
  std::vector<Cpu> cpu_;
  std::vector<check::Checker*> checkers_;
};

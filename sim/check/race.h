// SPDX-License-Identifier: MIT
// Data races: two accesses to one place, at least one a write and one plain,
// with nothing that orders them. KCSAN's words, but by happens-before, so a
// race is found even where the two did not come close in time.
//
// Threads are CPUs: an interrupt is ordered with what it interrupted, and tasks
// on one CPU with each other. Between CPUs order comes from marked accesses, by
// the kernel's rules: a release (or a bare store after smp_wmb() or smp_mb())
// publishes what its CPU has done; an acquire (or a bare load before smp_rmb()
// or smp_mb()) of that place receives it; a read-modify-write passes on what
// was published before it. A release and a later acquire order the writes around
// them like smp_wmb() (one lock dropped, another taken: list_del_rcu() relies on
// it). Interrupts between processors carry order too.
// Volatile accesses count as marked, and order nothing.
//
// Unlike LKMM: a bare marked load of 8 bytes receives, since what follows may
// depend on it as an address (rcu_dereference()); smp_wmb() orders reads before
// it as well; control dependencies order nothing. So what is told is a race,
// but not every race is told.
//
// Remembered are the last four accesses to every 8 bytes of the module's data,
// the heap and the stacks. A pair is told if one of its places is in the user's
// image, once per pair. data_race() and seqcount readers are looked away from.
#pragma once

#include <string>

#include "cpu/hw.h"
#include "sim/check/address_map.h"
#include "sim/check/checker.h"
#include "sim/check/executions.h"
#include "sim/check/table.h"

namespace check {

class Race final : public Checker {
 public:
  Race(sim::Arena& arena, Bench& bench);

  const char* name() const override { return "race"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;

 private:
  static constexpr unsigned kCells = 4, kLocksMax = 8;
  static constexpr uint32_t kBlockBytes = 512;

  enum Type : uint8_t { kRead, kWrite, kReadWrite, kAssertWriter, kAssertAccess };
  struct Cell {
    uint32_t clock;  // of its CPU; 0: empty
    uint32_t pc, task, lock;
    uint64_t step : 48, cpu : 8, mask : 8;
    Type type;
    bool marked, interrupt;
  };
  struct Granule {
    Cell cell[kCells];
    uint8_t next;  // whom to forget
  };
  struct Block {
    Granule granule[kBlockBytes / 8];
  };
  struct Clock {
    uint32_t of[HW_CPUS_MAX];
  };
  struct Task {
    int looking_away;  // inside data_race()
    unsigned locks;
    uint32_t lock[kLocksMax];
  };
  struct State {
    Executions execs;
    Table<Task> tasks;
    Clock clock[HW_CPUS_MAX];
    Clock fenced[HW_CPUS_MAX];    // at its last fence for writes: what a bare store publishes
    Clock released[HW_CPUS_MAX];  // at its last release: fenced once it acquires
    Clock seen[HW_CPUS_MAX];      // by bare loads: received at its next fence for reads
    Clock ipi[HW_CPUS_MAX];
    AddressMap<Clock*> published;
    AddressMap<Block*> blocks;
    AddressMap<> told;
    Cell now, before;  // of the report
    uint32_t address, size;
    uint64_t old_value, new_value;
    bool values;
  };

  void access(const sim::Event& e, const Task& task);
  void assertion(const sim::Event& e, const Task& task);
  void touch(uint32_t address, uint32_t size, const Cell& now, const sim::Event& e);
  void visit(Granule& g, const Cell& now, uint32_t address, uint32_t size, const sim::Event& e);
  bool conflict(const Cell& a, const Cell& b) const;
  void synchronise(const sim::Event& e);
  void fence(unsigned cpu, bool reads, bool writes);
  void forget(uint32_t from, uint32_t size);
  Granule& granule(uint32_t address);
  void join(Clock& into, const Clock& from) const;
  void lock_event(Task& task, const sim::Event& e) const;
  std::string access_text(const char* intro, const Cell& c) const;
  std::string lock_text(const Cell& c) const;

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
};

}  // namespace check

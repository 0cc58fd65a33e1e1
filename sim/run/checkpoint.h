// SPDX-License-Identifier: MIT
// Checkpoints: a standing machine's whole state, and how to return to it.
//
// A checkpoint holds the guest's written pages, the live part of every stack,
// the engine's CPUs and contexts, the arenas (interrupt hardware, checkers,
// arbiter), and how long each record was. Pages, the arenas' as well, are shared
// between checkpoints that have them alike, so a chain of them costs what changed.
//
// Rules: take() and restore() only while the machine stands (between runs). The
// newest checkpoint taken or restored is the base; the write hooks mark what
// differs from it, so returning to the base again and again, as a search does,
// costs the few pages that one run touched.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "cpu/engine.h"
#include "sim/run/machine.h"

namespace run {

using Page = std::array<std::byte, cpu::Window::kPageSize>;

// By page number, sorted; pages not listed are zero.
using PageTable = std::vector<std::pair<uint32_t, std::shared_ptr<const Page>>>;

// An arena's bytes [0, used), by pages; the last one is filled up with zeros.
struct ArenaImage {
  size_t used = 0;
  std::vector<std::shared_ptr<const Page>> pages;
};

struct StackImage {
  uint32_t context;
  uintptr_t sp;
  std::vector<std::byte> bytes;  // [sp, top)
  std::vector<uint32_t> call_sites;
};

struct Checkpoint {
  uint64_t step = 0, choice = 0;
  cpu::State state{};
  std::vector<cpu::Cpu> cpus;
  std::vector<cpu::Spin> spins;
  std::vector<cpu::Context> contexts;
  std::vector<StackImage> stacks;
  std::shared_ptr<const PageTable> pages;
  ArenaImage arena, arbiter_arena;
  std::vector<uint64_t> lanes;
  uint64_t detail = 0, reports = 0;
  size_t tasks = 0, log = 0, findings = 0;
  size_t bytes = 0;  // copied for it; what it shares with the one before is not counted
  std::vector<TaskEntry> task_entries;  // they change in place
  Progress progress;
};

class Checkpoints {
 public:
  explicit Checkpoints(Machine& machine);

  std::shared_ptr<const Checkpoint> take();
  void restore(const std::shared_ptr<const Checkpoint>& checkpoint);
  // Re-execution came to the step of a checkpoint: is everything as it was?
  bool matches(const Checkpoint& checkpoint) const;

 private:
  std::shared_ptr<const PageTable> take_pages();
  void take_arenas(Checkpoint& c);
  void restore_pages(const std::shared_ptr<const PageTable>& target);
  void restore_page(uint32_t page, const Page* from);
  void take_stacks(Checkpoint& c) const;
  void restore_stacks(const Checkpoint& c, bool all);
  void settle_base();
  const Page* find(const PageTable& table, uint32_t page) const;

  Machine& machine_;
  std::shared_ptr<const PageTable> base_;
  std::vector<const Page*> base_pages_;  // by page number; nullptr: zero
  ArenaImage newest_arena_;              // of the one taken last: what the next may share
};

}  // namespace run

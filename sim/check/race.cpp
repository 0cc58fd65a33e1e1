// SPDX-License-Identifier: MIT
#include "sim/check/race.h"

#include <algorithm>

namespace check {

namespace {

// Where users' data lies: their image, the heap, the stacks.
bool is_watched(uint32_t a) {
  return cpu::in_module(a) || (a >= HW_RAM_START && a < HW_WINDOW_END);
}

bool is_access(unsigned kind) { return kind >= EV_READ && kind <= EV_RMW_FAIL; }

}  // namespace

Race::Race(sim::Arena& arena, Bench& bench)
    : arena_(arena), bench_(bench), s_(arena.make<State>()) {
  for (unsigned cpu = 0; cpu < HW_CPUS_MAX; ++cpu) s_->clock[cpu].of[cpu] = 1;
}

bool Race::wants(unsigned kind) const {
  switch (kind) {
    case EV_FENCE:
    case EV_INSN:
    case EV_IPI_SEND:
    case EV_IRQ_DELIVER:
    case EV_ALLOC:
    case EV_RACE_ASSERT:
    case EV_DATA_RACE_OFF:
    case EV_DATA_RACE_ON:
    case EV_LOCK_ACQUIRE:
    case EV_LOCK_RELEASE:
      return true;
    default:
      return is_access(kind) || Executions::wants(kind);
  }
}

void Race::join(Clock& into, const Clock& from) const {
  for (unsigned cpu = 0; cpu < bench_.cpus(); ++cpu)
    into.of[cpu] = std::max(into.of[cpu], from.of[cpu]);
}

void Race::on_event(const sim::Event& e) {
  const uint32_t exec = s_->execs.on_event(arena_, bench_, e);
  Task& task = s_->tasks.ensure(arena_, exec);
  Clock& clock = s_->clock[e.cpu];
  if (is_access(static_cast<unsigned>(e.kind))) {
    if (e.kind >= EV_LOAD) synchronise(e);
    if (!task.looking_away && is_watched(e.object)) access(e, task);
    return;
  }
  switch (e.kind) {
    case EV_LOCK_ACQUIRE:
    case EV_LOCK_RELEASE:
      return lock_event(task, e);
    case EV_DATA_RACE_OFF:
      ++task.looking_away;
      return;
    case EV_DATA_RACE_ON:
      --task.looking_away;
      return;
    case EV_RACE_ASSERT:
      return assertion(e, task);
    case EV_FENCE: {
      const uint64_t which = e.arg % HW_IO_MB;  // those of I/O order memory alike
      return fence(static_cast<unsigned>(e.cpu), which != HW_WMB, which != HW_RMB);
    }
    case EV_ALLOC:
      return forget(e.object, static_cast<uint32_t>(e.arg));
    case EV_IPI_SEND:
      join(s_->ipi[e.object % HW_CPUS_MAX], clock);
      ++clock.of[e.cpu];
      return;
    case EV_IRQ_DELIVER:
      return join(clock, s_->ipi[e.cpu]);
    case EV_INSN:
      // Powering on a CPU hands it what has been done so far.
      if (e.arg != INSN_CPU_START) return;
      for (unsigned cpu = 0; cpu < bench_.cpus(); ++cpu)
        if (cpu != e.cpu) join(s_->ipi[cpu], clock), join(s_->clock[cpu], clock);
      ++clock.of[e.cpu];
      return;
    default:
      break;
  }
  if (!Executions::is_exit(static_cast<unsigned>(e.kind)) || !s_->execs[exec].below) return;
  task = Task{};
  s_->execs.leave(exec);
  s_->execs.release(exec);
}

void Race::lock_event(Task& task, const sim::Event& e) const {
  if (e.kind == EV_LOCK_ACQUIRE) {
    if (task.locks < kLocksMax) task.lock[task.locks] = e.object;
    ++task.locks;
    return;
  }
  for (unsigned i = std::min(task.locks, kLocksMax); i-- > 0;) {
    if (task.lock[i] != e.object) continue;
    for (unsigned j = i; j + 1 < std::min(task.locks, kLocksMax); ++j)
      task.lock[j] = task.lock[j + 1];
    break;
  }
  if (task.locks) --task.locks;
}

void Race::fence(unsigned cpu, bool reads, bool writes) {
  Clock& clock = s_->clock[cpu];
  if (reads) join(clock, s_->seen[cpu]);
  if (!writes) return;
  s_->fenced[cpu] = clock;
  ++clock.of[cpu];
}

void Race::synchronise(const sim::Event& e) {
  const auto cpu = static_cast<unsigned>(e.cpu);
  const bool writes = e.kind == EV_STORE || e.kind == EV_RMW;
  const bool full = e.order() == HW_FULL && e.kind == EV_RMW;
  const bool acquires = full || (e.order() == HW_ACQUIRE && e.kind != EV_RMW_FAIL);
  const bool releases = full || e.order() == HW_RELEASE;
  if (full) fence(cpu, true, true);
  Clock& clock = s_->clock[cpu];
  Clock* published = s_->published.find(e.object);
  if (published && e.kind != EV_STORE) {
    const bool address = (e.info & sim::Event::kSizeMask) == 8;
    join(acquires || address ? clock : s_->seen[cpu], *published);
  }
  if (acquires) {
    if (published && e.kind != EV_STORE) join(s_->fenced[cpu], *published);
    join(s_->fenced[cpu], s_->released[cpu]);
  }
  if (!writes) return;
  if (!published) {
    published = arena_.make<Clock>();
    s_->published.insert(arena_, e.object, published);
  }
  const Clock& done = releases ? clock : s_->fenced[cpu];
  // A store begins a new release sequence, an RMW continues it.
  if (e.kind == EV_STORE)
    *published = done;
  else
    join(*published, done);
  if (full) return fence(cpu, true, true);
  if (!releases) return;
  s_->released[cpu] = clock;
  ++clock.of[cpu];
}

Race::Granule& Race::granule(uint32_t address) {
  Block* block = s_->blocks.find(address / kBlockBytes);
  if (!block) {
    block = arena_.make<Block>();
    s_->blocks.insert(arena_, address / kBlockBytes, block);
  }
  return block->granule[address % kBlockBytes / 8];
}

void Race::forget(uint32_t from, uint32_t size) {
  for (uint32_t a = from & ~7u; a < from + size; a += 8)
    if (s_->blocks.find(a / kBlockBytes)) granule(a) = Granule{};
}

void Race::access(const sim::Event& e, const Task& task) {
  const unsigned code = e.info & sim::Event::kSizeMask;
  Cell now{};
  now.type = e.kind == EV_WRITE || e.kind == EV_STORE ? kWrite
             : e.kind == EV_RMW                       ? kReadWrite
                                                      : kRead;
  now.marked = e.kind >= EV_LOAD || (e.info & sim::Event::kVolatile);
  now.clock = s_->clock[e.cpu].of[e.cpu];
  now.pc = e.pc;
  now.step = e.step;
  now.cpu = e.cpu;
  now.interrupt = e.level() != sim::Level::kTask;
  now.lock = task.locks ? task.lock[std::min(task.locks, kLocksMax) - 1] : 0;
  touch(e.object, code == sim::Event::kSizeMask ? static_cast<uint32_t>(e.arg) : code, now, e);
}

void Race::assertion(const sim::Event& e, const Task& task) {
  if (!is_watched(e.object)) return;
  Cell now{};
  now.type = e.arg >> 32 == 1 ? kAssertWriter : kAssertAccess;
  now.clock = s_->clock[e.cpu].of[e.cpu];
  now.pc = e.pc;
  now.step = e.step;
  now.cpu = e.cpu;
  now.lock = task.locks ? task.lock[std::min(task.locks, kLocksMax) - 1] : 0;
  touch(e.object, static_cast<uint32_t>(e.arg), now, e);
}

void Race::touch(uint32_t address, uint32_t size, const Cell& now, const sim::Event& e) {
  for (uint32_t a = address & ~7u; a < address + size; a += 8) {
    const uint32_t low = std::max(a, address) - a, high = std::min(a + 8, address + size) - a;
    Cell cell = now;
    cell.mask = ((0xffu >> (8 - (high - low))) << low) & 0xff;
    visit(granule(a), cell, address, size, e);
  }
}

bool Race::conflict(const Cell& a, const Cell& b) const {
  if (!a.clock || a.cpu == b.cpu || !(a.mask & b.mask)) return false;
  const bool asserts = a.type >= kAssertWriter || b.type >= kAssertWriter;
  if (asserts) {
    if (a.type >= kAssertWriter && b.type >= kAssertWriter) return false;
    const Cell &claim = a.type >= kAssertWriter ? a : b, &other = &claim == &a ? b : a;
    return claim.type == kAssertAccess || other.type != kRead;
  }
  return (a.type != kRead || b.type != kRead) && !(a.marked && b.marked);
}

void Race::visit(Granule& g, const Cell& now, uint32_t address, uint32_t size,
                 const sim::Event& e) {
  const Clock& clock = s_->clock[e.cpu];
  Cell* place = nullptr;
  for (Cell& c : g.cell) {
    // What is ordered before now, and touches no other byte, need not be kept
    // beside it, unless it was a write and this is a read.
    const bool ordered = !c.clock || c.clock <= clock.of[c.cpu];
    const bool covered = (c.mask & ~now.mask & 0xff) == 0 &&
                         (c.type == now.type || c.type == kRead) && c.marked >= now.marked;
    if (ordered && (!c.clock || covered)) place = &c;
    if (ordered || !conflict(c, now)) continue;
    if (!cpu::in_module(c.pc) && !cpu::in_module(now.pc)) continue;
    const uint64_t key = uint64_t{std::min(c.pc, now.pc)} << 32 | std::max(c.pc, now.pc);
    if (s_->told.find(key)) continue;
    s_->told.insert(arena_, key, 1);
    s_->now = now;
    s_->now.task = bench_.actor(static_cast<unsigned>(e.cpu)).task;
    s_->before = c;
    s_->address = address;
    s_->size = size;
    s_->values = e.pair() && now.type != kRead && now.type < kAssertWriter;
    s_->old_value = e.old_value();
    s_->new_value = e.new_value();
    bench_.report(*this, key);
  }
  if (!place) place = &g.cell[g.next++ % kCells];
  *place = now;
  place->task = s_->execs[s_->execs.current(arena_, bench_, static_cast<unsigned>(e.cpu))].task;
}

}  // namespace check

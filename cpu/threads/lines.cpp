// SPDX-License-Identifier: MIT
// What is called under the host lock: the wires of interrupts, the lanes, and
// everything that the guest tells or asks.
#include <algorithm>
#include <utility>

#include "cpu/cost.h"
#include "cpu/threads/entry.h"
#include "cpu/threads/step.h"

namespace cpu::threads {

namespace {

// The trace keeps so many events in all; each CPU its share of it.
constexpr uint64_t kEventsMax = (uint64_t{512} << 20) / sizeof(sim::Event);

}  // namespace

// Interrupts. ------------------------------------------------------------------

void Executor::set_wires(unsigned cpu, bool irq, bool nmi) {
  Core& core = cores_[cpu];
  Cpu& c = *core.cpu;
  __atomic_store_n(&c.wire_irq, irq, __ATOMIC_RELAXED);
  __atomic_store_n(&c.wire_nmi, nmi, __ATOMIC_RELAXED);
  core.horizon.store(0, std::memory_order_relaxed);
  if (core.state != Core::kHalted || (!irq && !nmi)) return;
  // It goes on from now on: nobody who asks may find that all are halted.
  const uint64_t time = moment_ ? moment_ : acting_ ? acting_->cpu->now : machine_.time();
  set_clock(c, std::max(c.now, time) + cost::kWake);
  core.state = Core::kRunning;
  clocks_[cpu] = c.now;
  core.wake.notify_one();
}

uint64_t Executor::now(unsigned cpu) const {
  return __atomic_load_n(&machine_.cpus[cpu].now, __ATOMIC_RELAXED);
}

// Lanes. -----------------------------------------------------------------------

sim::Event& Executor::append(Core& core, unsigned kind, uint32_t object, uint64_t arg,
                             uint32_t pc) {
  sim::Lane& lane = machine_.trace().lane(core.cpu->id);
  if (lane.full()) grow_lane(core);
  sim::Event& event = lane.append();
  write_event(event, core.cpu, machine_.s.step, kind, object, pc, arg);
  return event;
}

// Oldest events go where a lane has its share of the memory.
void Executor::grow_lane(Core& core) {
  sim::Lane& lane = machine_.trace().lane(core.cpu->id);
  const uint64_t events = lane.size() - lane.first();
  std::vector<sim::Chunk> spare;
  if (events >= kEventsMax / machine_.cpu_count) lane.drop_before(lane.first() + events / 2, spare);
  if (spare.empty()) return lane.grow();
  lane.grow(std::move(spare.back()));
}

void Executor::tell(const sim::Event& event) {
  Observer* observer = machine_.observer();
  if (observer && machine_.interest[event.kind] != Interest::kNone) observer->on_event(event);
}

// Only its own thread appends to the lane of a CPU that runs.
void Executor::record(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg) {
  Core& core = cores_[cpu];
  const uint32_t pc = core.cpu->next.pc;
  if (&core == acting_ || core.waits || core.state == Core::kOff) {
    return tell(append(core, kind, object, arg, pc));
  }
  core.mail.push_back({kind, object, pc, arg});
  core.horizon.store(0, std::memory_order_relaxed);
  sim::Event event;
  write_event(event, core.cpu, machine_.s.step, kind, object, pc, arg);
  tell(event);
}

void Executor::read_mail(Core& core) {
  for (const Mail& m : core.mail) append(core, m.kind, m.object, m.arg, m.pc);
  core.mail.clear();
}

// What the guest tells and asks. --------------------------------------------------

// What two CPUs tell has two step numbers: a lock's hand-over is in order, even
// if neither has made a step that is counted yet.
void Executor::announce(Core& core) {
  Entry entry(*this, core);
  if (teller_ != &core && told_ == machine_.s.step) core.counted = ++machine_.s.step;
  teller_ = &core;
  told_ = machine_.s.step;
  const Request& r = core.request;
  tell(append(core, r.kind, r.object, r.arg, r.pc));
}

// No lane has it; object, size and kind as of a step.
void Executor::access(Core& core) {
  Entry entry(*this, core);
  const Request& r = core.request;
  sim::Event event;
  write_event(event, core.cpu, machine_.s.step, r.kind, r.object, r.pc, r.size);
  event.info = std::min(r.size, sim::Event::kSizeMask) & 0xffu;
  tell(event);
}

void Executor::console(Core& core) {
  Entry entry(*this, core);
  const Request& r = core.request;
  if (Observer* o = machine_.observer()) o->on_console(core.cpu->id, r.kind, r.text, r.size);
}

void Executor::report(Core& core) {
  Entry entry(*this, core);
  const Request& r = core.request;
  const auto kind = static_cast<hw_report_kind>(r.kind);
  if (kind != HW_REPORT_WARN) {
    machine_.s.ended = StopReason::kPowerOff;
    machine_.s.power_status = 1;
    stop(StopReason::kPowerOff);
  }
  if (Observer* o = machine_.observer()) {
    o->on_report(core.cpu->id, kind, r.text, r.file, r.size, r.pc);
  }
}

void Executor::question(Core& core) {
  Entry entry(*this, core);
  const auto what = static_cast<hw_question>(core.request.kind);
  Observer* o = machine_.observer();
  core.request.answer =
      static_cast<uint64_t>(int64_t{o ? o->on_ask(core.cpu->id, what, core.request.object) : -1});
}

void Executor::io(Core& core) {
  Entry entry(*this, core);
  Request& r = core.request;
  machine_.io = {static_cast<Engine::Io::What>(r.kind), r.object, r.arg, r.text, r.size};
  machine_.access_io();
  r.answer = machine_.io.value;
  core.horizon.store(0, std::memory_order_relaxed);  // what it waits for may have changed
}

// Contexts. ----------------------------------------------------------------------

void Executor::create_context(Core& core) {
  Entry entry(*this, core);
  machine_.new_entry = core.request.entry;
  machine_.new_argument = core.request.argument;
  machine_.create_context();
  const uint32_t id = machine_.new_context;
  if (id) machine_.contexts[id].sp = fresh_fiber(id);
  core.request.answer = id;
}

void Executor::free_context(Core& core) {
  Entry entry(*this, core);
  Context& context = machine_.contexts[core.request.object];
  context.state = Context::kFree;
  context.argument = reinterpret_cast<void*>(uintptr_t{machine_.s.free_context});
  machine_.s.free_context = core.request.object;
}

// The context of a CPU that begins, with its idle task, was made just now.
void Executor::start_cpu(Core& core) {
  Entry entry(*this, core);
  const auto cpu = static_cast<unsigned>(core.request.arg);
  power_cpu(machine_, cpu, core.request.object,
            static_cast<struct task_struct*>(core.request.argument), core.cpu->now);
  start_thread(cpu);
}

}  // namespace cpu::threads

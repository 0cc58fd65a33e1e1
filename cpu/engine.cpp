// SPDX-License-Identifier: MIT
// The engine between steps: power, runs, the wires of interrupts, what the
// guest announces. Runs on the host's stack.
#include "cpu/engine.h"

#include <algorithm>
#include <cstring>

#include "cpu/cost.h"
#include "cpu/step.h"
#include "cpu/watchdog.h"
#include "irq/regs.h"
#include "sim/core/error.h"

namespace cpu {

thread_local constinit Engine* t_engine = nullptr;

Engine::Engine(unsigned cpus_, uint64_t seed, sim::Trace& trace, Window& window)
    : cpu_count(cpus_), trace_(trace), window_(window) {
  SIM_ASSERT(cpus_ >= 1 && cpus_ <= HW_CPUS_MAX);
  s.agenda = sim::Agenda(cpus_);
  s.event_key = sim::Agenda::kNever;
  s.prng = seed * 0x9e3779b97f4a7c15u + 1;
  s.entropy = seed;
  s.hash = 14695981039346656037u;
  s.cur = &cpus[0];
  for (unsigned i = 0; i < HW_CPUS_MAX; ++i) cpus[i].id = i;
  ring = trace.detail_ring();
  ring_mask = trace.detail_mask();
  dirty_map = window.dirty_map();
  dirty_list = window.dirty_list();
  dirty_count = &window.dirty_count();
  contexts = std::make_unique<Context[]>(Context::kMax);
  window.map(HW_STACK_START, HW_STACK_END - HW_STACK_START);
}

Engine::~Engine() = default;

void Engine::boot(void (*entry)(void*), void* argument) {
  new_entry = entry;
  new_argument = argument;
  create_context();
  power_cpu(*this, 0, new_context, cpus[0].current, 0);
}

namespace {

HOST_LEAF void* guests_host_sp() {
  return t_engine && t_engine->in_guest ? t_engine->host_sp : nullptr;
}

// Steps, choices and the clock all only grow.
HOST_LEAF uint64_t progress() {
  return t_engine->s.step + t_engine->s.extra + t_engine->s.cur->now;
}

const Watchdog::Guest kGuest{
    .host_sp = guests_host_sp,
    .progress = progress,
    .crash =
        [](const Fault& fault) {
          t_engine->s.fault = fault;
          t_engine->crash();
        },
};

}  // namespace

StopReason Engine::run(uint64_t stop_step, uint64_t stop_choice, uint64_t stop_time) {
  if (s.ended != StopReason::kNone) return s.ended;
  stop_step_ = stop_step;
  stop_choice_ = stop_choice;
  stop_time_ = stop_time;
  stop_requested_ = false;
  stop_reason = StopReason::kNone;
  refresh_events();
  Watchdog::arm_this_thread(kGuest);
  t_engine = this;
  hw_current = s.cur->current;
  s.answer = Answer::kCommit;
  in_guest = true;
  sim::switch_fiber(&host_sp, s.cur->sp);
  in_guest = false;
  t_engine = nullptr;
  trace_.set_detail_size(detail);
  return stop_reason;
}

void Engine::stop(StopReason reason) {
  s.answer = Answer::kStop;
  stop_reason = reason;
}

void Engine::power_off() { s.ended = stop_reason = StopReason::kPowerOff; }

void Engine::crash() {
  s.fault.cpu = static_cast<uint8_t>(s.cur->id);
  s.fault.step = s.step;
  if (!s.fault.pc) s.fault.pc = s.cur->next.pc;
  s.ended = stop_reason = StopReason::kOops;
}

void Engine::create_context() {
  uint32_t id = s.free_context;
  if (id) {
    s.free_context = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(contexts[id].argument));
  } else if (s.contexts + 1 < Context::kMax) {
    id = ++s.contexts;
    if (id > guarded_) {
      window_.guard(slot_base(id), Window::kPageSize);
      guarded_ = id;
    }
  }
  new_context = id;
  if (!id) return;
  Context& context = contexts[id];
  context = {};
  context.sp = fresh_fiber(id);
  context.call_sites = reinterpret_cast<uint32_t*>(slot_call_sites(id));
  context.entry = new_entry;
  context.argument = new_argument;
  context.state = Context::kFresh;
  context.ran = 1;
}

// Interrupts. ------------------------------------------------------------------

void Engine::refresh_attention(Cpu& c) {
  c.attention &= kService;
  if (c.wire_irq && c.irqs_on) c.attention |= kIrq;
  if (c.wire_nmi) c.attention |= kNmi;
}

void Engine::set_wires(unsigned cpu, bool irq, bool nmi) {
  Cpu& c = cpus[cpu];
  c.wire_irq = irq;
  c.wire_nmi = nmi;
  refresh_attention(c);
  if ((c.attention & (kIrq | kNmi)) && (c.halted || c.parked)) {
    unpark(*this, &c, moment_ ? moment_ : s.cur->now);
  }
}

void Engine::take_vector() {
  Cpu& c = *s.cur;
  vector = interrupts_->take(c.id, c.irqs_on != 0);
  refresh_events();
}

void Engine::returned_from_vector() {
  interrupts_->returned(s.cur->id, static_cast<unsigned>(vector));
  refresh_attention(*s.cur);
  refresh_events();
}

void Engine::refresh_events() {
  const uint64_t event = interrupts_ ? interrupts_->next_event() : Interrupts::kNever;
  const uint64_t next = std::min(event, stop_time_);
  s.event_key = next >= (uint64_t{1} << 57) ? sim::Agenda::kNever : sim::Agenda::key(next, 0);
  refresh_slow();
}

void Engine::access_io() {
  const unsigned cpu = s.cur->id;
  Interrupts& irq = *interrupts_;
  switch (io.what) {
    case Io::kLapicRead:
      io.value = irq.lapic_read(cpu, io.index);
      break;
    case Io::kLapicWrite:
      irq.lapic_write(cpu, io.index, static_cast<uint32_t>(io.value));
      break;
    case Io::kIoapicRead:
      io.value = irq.ioapic_read(io.index);
      break;
    case Io::kIoapicWrite:
      irq.ioapic_write(io.index, static_cast<uint32_t>(io.value));
      break;
    case Io::kSourceLine:
      io.value = static_cast<uint64_t>(irq.source_line(io.name));
      break;
    case Io::kSourceAck:
      irq.source_ack(io.index);
      break;
    case Io::kSourceCommand:
      irq.source_command(cpu, io.index, io.tag, io.value);
      break;
    case Io::kSourceDone:
      io.value = irq.source_done(io.index);
      break;
    case Io::kSourceRaised:
      io.value = irq.source_raised(io.index);
      break;
  }
  refresh_events();
}

// Announcements. ---------------------------------------------------------------

void Engine::grow_lane() { trace_.grow(s.cur->id); }

void Engine::record(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg) {
  record_pc(cpu, kind, object, arg, cpus[cpu].next.pc);
}

void Engine::record_pc(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg, uint32_t pc) {
  sim::Lane& lane = trace_.lane(cpu);
  if (lane.full()) trace_.grow(cpu);
  sim::Event& event = lane.append();
  write_event(*this, event, &cpus[cpu], kind, object, pc, 0, arg);
  if (interest[kind & 255] != Interest::kNone && observer_) observer_->on_event(event);
}

void Engine::deliver() {
  if (observer_) observer_->on_event(*pending_event);
}

void Engine::console() {
  if (observer_) observer_->on_console(s.cur->id, message.kind, message.text, message.length);
}

void Engine::report() {
  const auto kind = static_cast<hw_report_kind>(message.kind);
  if (kind != HW_REPORT_WARN) {
    s.ended = stop_reason = StopReason::kPowerOff;
    s.power_status = 1;
  }
  if (observer_) {
    observer_->on_report(s.cur->id, kind, message.text, message.file, message.line, message.pc);
  }
}

void Engine::question() {
  reply = observer_
              ? observer_->on_ask(s.cur->id, static_cast<hw_question>(message.kind), message.pc)
              : -1;
}

// Inspection. ------------------------------------------------------------------

uint64_t Engine::time() const {
  uint64_t latest = 0;
  for (unsigned i = 0; i < cpu_count; ++i) latest = std::max(latest, cpus[i].now);
  return latest;
}

unsigned Engine::backtrace(unsigned cpu, uint32_t* pcs, unsigned max) const {
  const Cpu& c = cpus[cpu];
  // With threads another CPU may run on meanwhile: what is seen is its stack of
  // a moment ago, or of another context, but always a stack.
  const uint32_t* p = __atomic_load_n(&c.call_sites, __ATOMIC_RELAXED);
  const uint32_t context = __atomic_load_n(&c.context, __ATOMIC_RELAXED);
  const auto* base = reinterpret_cast<const uint32_t*>(slot_call_sites(context));
  const auto* end = reinterpret_cast<const uint32_t*>(slot_call_sites_end(context));
  if (p == nullptr || p < base || p > end) return 0;  // not powered on yet
  unsigned n = 0;
  while (p != base && n < max) {
    const uint32_t site = *--p & ~kCallRecorded;
    if (site) pcs[n++] = site;
  }
  return n;
}

}  // namespace cpu

// SPDX-License-Identifier: MIT
// What the guest tells its observers: events on its lane, handed on to whoever
// reads them. No step; nothing comes between the last step and this.
#include "cpu/step.h"

#define PC __builtin_return_address(0)

namespace cpu {

namespace {

// True if what lies at p can be read to the end of `length` bytes.
STEP_INLINE bool readable(const void* p, size_t length) {
  return Window::contains(reinterpret_cast<uintptr_t>(p), length);
}

}  // namespace

}  // namespace cpu

using namespace cpu;

extern "C" {

HOST_LEAF void hw_announce(unsigned kind, const volatile void* object, uint64_t arg,
                           const void* ip) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  settle(e, c);
  c->level = level_of(c);
  if ((kind == EV_LOCK_ACQUIRE || kind == EV_LOCK_RELEASE) && in_module(guest_pc(ip))) {
    c->lock_point = 1;
  }
  const sim::Event& event = record_lane(
      e, c, kind, static_cast<uint32_t>(reinterpret_cast<uintptr_t>(object)), arg, guest_pc(ip));
  if (e.interest[kind & 255] != Interest::kNone) {
    e.pending_event = &event;
    on_host<&Engine::deliver>(e);
  }
}

HOST_LEAF void hw_console(unsigned level, const char* text, unsigned length) {
  Engine& e = *t_engine;
  settle(e, e.s.cur);
  e.spins[e.s.cur->id].busy = 1;
  if (!readable(text, length))
    guest_crash(e, Fault::kAccess, reinterpret_cast<uintptr_t>(text), false);
  e.message = {text, nullptr, length, level, 0, guest_pc(PC)};
  on_host<&Engine::console>(e);
}

HOST_LEAF void hw_report(hw_report_kind kind, const char* text, const char* file, unsigned line) {
  Engine& e = *t_engine;
  settle(e, e.s.cur);
  e.spins[e.s.cur->id].busy = 1;
  e.message = {text, file, 0, kind, line, guest_pc(PC)};
  on_host<&Engine::report>(e);
  if (kind != HW_REPORT_WARN) sim::leave_to_fiber(e.host_sp);
}

HOST_LEAF int hw_ask(enum hw_question question, const volatile void* object) {
  Engine& e = *t_engine;
  settle(e, e.s.cur);
  e.message = {nullptr,  nullptr, 0,
               question, 0,       static_cast<uint32_t>(reinterpret_cast<uintptr_t>(object))};
  on_host<&Engine::question>(e);
  return e.reply;
}

// Registers of the interrupt controller (irq/regs.h). --------------------------

#define IO(name, ...)                                          \
  Engine& e = *t_engine;                                       \
  Cpu* c = instruction(e, INSN_IO, PC, cost::kIo, HOOK_FRAME); \
  e.spins[c->id].busy = 1;                                     \
  e.io = {Engine::Io::name, __VA_ARGS__};                      \
  on_host<&Engine::access_io>(e)

HOST_LEAF uint32_t hw_lapic_read(uint32_t offset) {
  IO(kLapicRead, offset, 0, nullptr);
  return static_cast<uint32_t>(e.io.value);
}
HOST_LEAF void hw_lapic_write(uint32_t offset, uint32_t value) {
  IO(kLapicWrite, offset, value, nullptr);
}
HOST_LEAF uint32_t hw_ioapic_read(uint32_t index) {
  IO(kIoapicRead, index, 0, nullptr);
  return static_cast<uint32_t>(e.io.value);
}
HOST_LEAF void hw_ioapic_write(uint32_t index, uint32_t value) {
  IO(kIoapicWrite, index, value, nullptr);
}
HOST_LEAF int hw_source_line(const char* name) {
  IO(kSourceLine, 0, 0, name);
  return static_cast<int>(e.io.value);
}
HOST_LEAF void hw_source_ack(uint32_t line) { IO(kSourceAck, line, 0, nullptr); }
HOST_LEAF void hw_source_command(uint32_t line, uint32_t tag, uint64_t delay_ns) {
  IO(kSourceCommand, line, delay_ns, nullptr, tag);
}
HOST_LEAF uint32_t hw_source_done(uint32_t line) {
  IO(kSourceDone, line, 0, nullptr);
  return static_cast<uint32_t>(e.io.value);
}
HOST_LEAF uint64_t hw_source_raised(uint32_t line) {
  IO(kSourceRaised, line, 0, nullptr);
  return e.io.value;
}

}  // extern "C"

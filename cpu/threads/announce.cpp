// SPDX-License-Identifier: MIT
// What the guest tells its observers and asks of them; the registers of the
// interrupt controller.
#include "cpu/threads/abi.h"

#define PC guest_pc(__builtin_return_address(0))

namespace cpu::threads {

namespace {

STEP_INLINE uint32_t low32(const volatile void* p) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p));
}

struct Register {
  uint32_t index = 0;
  uint64_t value = 0;
  const char* name = nullptr;
  uint32_t tag = 0;
};

STEP_INLINE uint64_t access_io(Engine::Io::What what, const Register& which, uint32_t pc) {
  Core* core = step(here(), EV_INSN, 0, cost::kIo, pc);
  core->idle = 0;
  core->cpu->next.pc = pc;
  Request& r = core->request;
  r.kind = what;
  r.object = which.index;
  r.arg = which.value;
  r.text = which.name;
  r.size = which.tag;
  on_host<&Executor::io>(core);
  return r.answer;
}

}  // namespace

HOST_LEAF void announce(unsigned kind, const volatile void* object, uint64_t arg, const void* ip) {
  Core* core = here();
  core->cpu->level = level_of(core->cpu);
  core->idle = 0;
  event(core, kind, low32(object), arg, guest_pc(ip));
}

HOST_LEAF void console(unsigned level, const char* text, unsigned length) {
  Core* core = here();
  core->idle = 0;
  const auto address = reinterpret_cast<uintptr_t>(text);
  if (!Window::contains(address, length)) {
    guest_crash(core, Fault::kAccess, address, false, PC);
  }
  Request& r = core->request;
  core->cpu->next.pc = r.pc = PC;
  r.kind = level;
  r.text = text;
  r.size = length;
  on_host<&Executor::console>(core);
}

HOST_LEAF void report(enum hw_report_kind kind, const char* text, const char* file, unsigned line) {
  Core* core = here();
  core->idle = 0;
  Request& r = core->request;
  core->cpu->next.pc = r.pc = PC;
  r.kind = kind;
  r.text = text;
  r.file = file;
  r.size = line;
  on_host<&Executor::report>(core);
  if (kind != HW_REPORT_WARN) sim::leave_to_fiber(core->host_sp);
}

HOST_LEAF int ask(enum hw_question question, const volatile void* object) {
  Core* core = here();
  core->request.kind = question;
  core->request.object = low32(object);
  on_host<&Executor::question>(core);
  return static_cast<int>(core->request.answer);
}

HOST_LEAF uint32_t lapic_read(uint32_t offset) {
  return static_cast<uint32_t>(access_io(Engine::Io::kLapicRead, {offset}, PC));
}
HOST_LEAF void lapic_write(uint32_t offset, uint32_t value) {
  access_io(Engine::Io::kLapicWrite, {offset, value}, PC);
}
HOST_LEAF uint32_t ioapic_read(uint32_t index) {
  return static_cast<uint32_t>(access_io(Engine::Io::kIoapicRead, {index}, PC));
}
HOST_LEAF void ioapic_write(uint32_t index, uint32_t value) {
  access_io(Engine::Io::kIoapicWrite, {index, value}, PC);
}
HOST_LEAF int source_line(const char* name) {
  return static_cast<int>(access_io(Engine::Io::kSourceLine, {0, 0, name}, PC));
}
HOST_LEAF void source_ack(uint32_t line) { access_io(Engine::Io::kSourceAck, {line}, PC); }
HOST_LEAF void source_command(uint32_t line, uint32_t tag, uint64_t delay_ns) {
  access_io(Engine::Io::kSourceCommand, {line, delay_ns, nullptr, tag}, PC);
}
HOST_LEAF uint32_t source_done(uint32_t line) {
  return static_cast<uint32_t>(access_io(Engine::Io::kSourceDone, {line}, PC));
}
HOST_LEAF uint64_t source_raised(uint32_t line) {
  return access_io(Engine::Io::kSourceRaised, {line}, PC);
}

}  // namespace cpu::threads

// SPDX-License-Identifier: MIT
// Looking at a session: the record, the CPUs, names. Changes nothing.
#include <fmt/format.h>

#include <algorithm>

#include "sim/run/executor.h"
#include "sim/run/lesson.h"
#include "sim/run/session_impl.h"

namespace run {

namespace {

const char* verb_of(const cpu::Operation& op) {
  switch (op.kind) {
    case EV_READ:
      return "read";
    case EV_WRITE:
      return "write";
    case EV_LOAD:
      return "load";
    case EV_STORE:
      return "store";
    case EV_RMW:
      return "read-modify-write";
    case EV_FENCE:
      return "fence";
    case EV_RELAX:
      return "cpu_relax";
    default:
      return "go on";
  }
}

const char* instruction_of(const cpu::Operation& op) {
  switch (op.insn) {
    case INSN_HALT:
      return "wait for an interrupt";
    case INSN_IRQ_ENABLE:
      return "enable interrupts";
    case INSN_SWITCH:
      return "switch tasks";
    case INSN_CPU_START:
      return "start a CPU";
    case INSN_BOOT:
      return "start";
    case INSN_IO:
      return "interrupt controller access";
    default:
      return "go on";
  }
}

std::string describe(const Session& session, const cpu::Cpu& c) {
  if (!c.online) return "off";
  if (c.halted && !c.attention) return "halted";
  if (c.attention & cpu::kNmi) return "take an NMI";
  if (c.attention & cpu::kIrq) return "take an interrupt";
  if (c.parked) return "spinning";
  if (c.next.kind == EV_INSN) return instruction_of(c.next);
  const bool memory = c.next.kind <= EV_RMW;
  return memory ? fmt::format("{} {}", verb_of(c.next), session.object_name(c.next.address))
                : verb_of(c.next);
}

}  // namespace

const sim::Trace& Session::trace() const { return impl_->machine.trace(); }
const std::vector<check::Finding>& Session::findings() const {
  return impl_->machine.record().findings;
}
const std::vector<LogLine>& Session::log() const { return impl_->machine.record().log; }

const std::vector<Task>& Session::tasks() const {
  impl_->tasks.clear();
  for (const TaskEntry& entry : impl_->machine.record().tasks) impl_->tasks.push_back(entry.task);
  return impl_->tasks;
}

std::string Session::verdict() const {
  const std::vector<std::string>& all = verdicts();
  const auto gravity = [&](const check::Finding& finding) {
    return std::find(all.begin(), all.end(), finding.kind);
  };
  const auto gravest = std::min_element(
      findings().begin(), findings().end(),
      [&](const check::Finding& a, const check::Finding& b) { return gravity(a) < gravity(b); });
  return gravest == findings().end() ? "clean" : gravest->kind;
}

std::string Session::checkers_view(std::string_view name) const {
  return impl_->machine.checkers_view(name);
}

std::string Session::trace_hash() const {
  if (!repeats(config())) return {};
  return fmt::format("{:016x}", impl_->machine.engine().s.hash);
}

const Symbols& Session::symbols() const { return impl_->machine.symbols(); }
unsigned Session::cpus() const { return impl_->machine.cpus(); }

CpuView Session::cpu(unsigned n) const {
  const Machine& machine = impl_->machine;
  const cpu::Cpu& c = machine.engine().cpus[n];
  CpuView view;
  view.online = c.online != 0;
  view.halted = c.halted && !c.attention;
  view.parked = c.parked != 0;
  view.irqs_on = c.irqs_on != 0;
  view.level = static_cast<sim::Level>(c.level);
  view.time_ns = c.now;
  const check::Actor actor = machine.actor(n);
  view.preempt_count = actor.preempt_count;
  if (const TaskEntry* entry = machine.record().task_at(actor.task)) {
    view.task = entry->task;
  } else {
    view.task = {actor.task, 0, "swapper/" + std::to_string(n)};
  }
  view.next = describe(*this, c);
  if (!c.online) return view;
  view.stack = impl_->stack_of(n);
  view.where = machine.symbols().at(view.stack[0]);
  view.user_where = impl_->user_location(n);
  return view;
}

bool Session::read_memory(uint32_t address, void* to, size_t n) const {
  return impl_->machine.read(address, to, n);
}

std::string Session::read_string(uint32_t address, size_t max) const {
  return impl_->machine.read_string(address, max);
}

std::string Session::task_name(uint32_t task) const { return impl_->machine.task_name(task); }

std::string Session::lock_name(uint32_t map) const {
  auto name = symbols().variable(map);
  if (!name) return impl_->machine.lock_name(map);
  for (const std::string_view inside : {".dep_map", ".rlock"})
    if (name->ends_with(inside)) name->resize(name->size() - (inside.size()));
  return "&" + *name;
}

std::string Session::object_name(uint32_t address) const {
  return impl_->machine.object_name(address);
}

}  // namespace run

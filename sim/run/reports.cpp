// SPDX-License-Identifier: MIT
#include "sim/run/reports.h"

#include <fmt/format.h>

#include "sim/run/machine.h"

namespace run {

namespace {

// "worker/7" -> {"worker", "7"}
std::pair<std::string, std::string> split_task(const std::string& task) {
  const size_t slash = task.rfind('/');
  if (slash == std::string::npos) return {task, "0"};
  return {task.substr(0, slash), task.substr(slash + 1)};
}

check::Finding begin(const Machine& machine, unsigned cpu, const char* kind) {
  check::Finding f;
  f.kind = kind;
  f.cpu = cpu;
  f.task = machine.task_name(machine.actor(cpu).task);
  f.step = machine.step();
  f.time_ns = machine.now(cpu);
  f.steps = {f.step};
  return f;
}

std::string call_trace(const Machine& machine, unsigned cpu, uint32_t pc) {
  std::string text = "Call Trace:\n <TASK>\n";
  if (pc) text += fmt::format(" {}  ({})\n", machine.function_offset(pc), machine.line(pc));
  uint32_t sites[64];
  const unsigned n = machine.backtrace(cpu, sites, 64);
  for (unsigned i = 0; i < n; ++i) {
    text += fmt::format(" {}  ({})\n", machine.function_offset(sites[i]), machine.line(sites[i]));
  }
  return text + " </TASK>\n";
}

std::string identity(const Machine& machine, unsigned cpu) {
  const auto [comm, pid] = split_task(machine.task_name(machine.actor(cpu).task));
  return fmt::format("CPU: {} PID: {} Comm: {}", cpu, pid, comm);
}

std::string registers(const Machine& machine, unsigned cpu) {
  const check::Actor actor = machine.actor(cpu);
  return fmt::format("preempt_count: {:08x} irqs: {} step: {}", actor.preempt_count,
                     actor.irqs_on ? "on" : "off", machine.step());
}

}  // namespace

check::Finding report_of_guest(const Machine& machine, unsigned cpu, hw_report_kind kind,
                               const char* text, const char* file, unsigned line, uint32_t pc) {
  const bool warn = kind == HW_REPORT_WARN;
  check::Finding f = begin(machine, cpu, warn ? "invariant" : "bug");
  const auto [comm, pid] = split_task(f.task);
  const auto address = [](const char* p) {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p));
  };
  const std::string message = text ? machine.read_string(address(text), 1024) : "";
  const std::string where =
      file ? fmt::format("{}:{}", machine.read_string(address(file)), line) : machine.line(pc);
  if (kind == HW_REPORT_PANIC) {
    f.title = "Kernel panic - not syncing: " + message;
  } else if (warn) {
    f.title = fmt::format("WARNING: CPU: {} PID: {} at {} {}", cpu, pid, where,
                          machine.function_offset(pc));
  } else {
    f.title = fmt::format("kernel BUG at {}!", where);
  }
  f.text = "------------[ cut here ]------------\n";
  if (!message.empty() && kind != HW_REPORT_PANIC) f.text += message + "\n";
  f.text += f.title + "\n" + identity(machine, cpu) + "\n" + registers(machine, cpu) + "\n" +
            call_trace(machine, cpu, pc) + "---[ end trace ]---\n";
  f.explain = fmt::format(
      "{} on CPU {} reached {} at {}: a condition that the code itself declares impossible was "
      "true.{}",
      f.task, cpu, warn ? "a WARN" : "a BUG", where,
      warn ? " The machine goes on, as Linux does." : " The machine stops here.");
  f.fatal = !warn;
  return f;
}

namespace {

struct FaultWords {
  const char* kind;
  std::string title, explain;
};

FaultWords words_of(const cpu::Fault& fault, const std::string& where) {
  switch (fault.kind) {
    case cpu::Fault::kStackOverflow:
      return {"oops", "BUG: stack guard page was hit: kernel stack overflow",
              "The task used more than its 32 KiB of stack at " + where +
                  ": too deep a recursion, or too large a local variable."};
    case cpu::Fault::kDivide:
      return {"oops", "divide error: 0000", "The code divided by zero at " + where + "."};
    case cpu::Fault::kIllegal:
      return {"oops", "invalid opcode: 0000",
              "The machine was given an instruction that it cannot execute at " + where + "."};
    case cpu::Fault::kReturn:
      return {"oops", "BUG: a context returned from its first function",
              "A kernel stack's first function returned; it must never do so."};
    case cpu::Fault::kNoHook:
      return {"livelock",
              fmt::format("BUG: livelock - CPU#{} loops without touching memory", fault.cpu),
              "After " + where +
                  " the CPU runs a loop in which nothing is read, written or called, so nothing "
                  "can ever end it. The compiler makes such a loop of a wait for a variable that "
                  "is not marked: use READ_ONCE() and cpu_relax()."};
    default:
      break;
  }
  const bool null = fault.address < 4096;
  return {"oops",
          null
              ? fmt::format("BUG: kernel NULL pointer dereference, address: {:016x}", fault.address)
              : fmt::format("BUG: unable to handle page fault for address: {:016x}", fault.address),
          fmt::format("The code {} address {:#x}, which {}, at {}.",
                      fault.write ? "wrote to" : "read from", fault.address,
                      null ? "is a member of a structure whose pointer is NULL"
                           : "is no memory of this machine",
                      where)};
}

}  // namespace

check::Finding report_of_fault(const Machine& machine, const cpu::Fault& fault) {
  const std::string where = machine.line(fault.pc);
  const FaultWords words = words_of(fault, where);
  check::Finding f = begin(machine, fault.cpu, words.kind);
  f.title = words.title;
  f.explain = words.explain;
  f.text = f.title + "\n";
  if (fault.kind == cpu::Fault::kAccess) {
    f.text +=
        fmt::format("#PF: supervisor {} access in kernel mode\n", fault.write ? "write" : "read");
  }
  f.text += identity(machine, fault.cpu) + "\nRIP: 0010:" + machine.function_offset(fault.pc) +
            "  (" + where + ")\n" + registers(machine, fault.cpu) + "\n" +
            call_trace(machine, fault.cpu, 0) + "---[ end trace ]---\n";
  f.fatal = true;
  return f;
}

check::Finding report_of_limit(const Machine& machine, uint64_t steps) {
  check::Finding f = begin(machine, 0, "step-limit");
  f.title = fmt::format("lockstep: the limit of {} steps was reached", steps);
  f.text = f.title + "\n";
  for (unsigned cpu = 0; cpu < machine.cpus(); ++cpu) {
    f.text += identity(machine, cpu) + " stands at " +
              machine.line(machine.engine().cpus[cpu].next.pc) + "\n";
  }
  f.explain =
      "The run did not come to an end. Either it has more to do (raise --steps) or "
      "something in it loops for ever: the list shows where each CPU stands.";
  f.fatal = true;
  return f;
}

}  // namespace run

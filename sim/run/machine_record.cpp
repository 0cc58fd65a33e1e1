// SPDX-License-Identifier: MIT
// The machine as observer: what events, the console, reports and the end of the
// run leave in the record.
#include <cstring>

#include "irq/regs.h"
#include "sim/run/machine.h"
#include "sim/run/reports.h"

namespace run {

void Machine::note(const sim::Event& event) {
  Record& r = record_;
  const auto entry_of = [&](uint32_t task) { return const_cast<TaskEntry*>(r.task_at(task)); };
  switch (event.kind) {
    case EV_TASK_NEW: {
      TaskEntry entry;
      entry.task = {event.object, static_cast<int>(event.arg & 0xffffffffu),
                    read_string(event.pc, 16)};
      entry.born = event.step;
      r.tasks.push_back(entry);
      break;
    }
    case EV_TASK_COMM:
      if (TaskEntry* entry = entry_of(event.object)) entry->task.comm = read_string(event.pc, 16);
      break;
    case EV_TASK_EXIT:
      if (TaskEntry* entry = entry_of(event.object)) entry->exited = true, entry->ready = false;
      break;
    case EV_TASK_BLOCK:
      if (TaskEntry* entry = entry_of(event.object)) {
        entry->blocked_state = event.arg;
        entry->ready = false;
      }
      break;
    case EV_TASK_WAKE:
      if (TaskEntry* entry = entry_of(event.object)) {
        entry->blocked_state = 0;
        entry->ready = true;
        entry->cpu = static_cast<unsigned>(event.arg);
      }
      break;
    case EV_TASK_MIGRATE:
      if (TaskEntry* entry = entry_of(event.object)) {
        entry->cpu = static_cast<unsigned>(event.arg >> 8 & 0xff);
      }
      break;
    case EV_INIT_DONE:
      r.progress.init_done = true;
      r.progress.init_result = static_cast<int64_t>(event.arg);
      break;
    case EV_EXIT_DONE:
      r.progress.exit_done = true;
      break;
    default:
      break;
  }
}

// Most accesses are to the kernel's own data, and of no interest to anybody.
void Machine::on_event(const sim::Event& event) {
  if (event.kind <= EV_RMW_FAIL) {
    if (event.object - HW_RAM_START < HW_RAM_END - HW_RAM_START) {
      for (check::Checker* checker : wanted_on_heap_[event.kind]) checker->on_event(event);
    }
  } else if (noted_[event.kind]) {
    note(event);
  }
  for (check::Checker* checker : wanted_[event.kind]) checker->on_event(event);
}

void Machine::on_console(unsigned cpu, unsigned level, const char* text, size_t length) {
  const uint64_t now = executor_->now(cpu);
  record_.log.push_back({engine_->s.step, now, cpu, level, std::string(text, length)});
  executor_->record(cpu, EV_CONSOLE, 0, record_.log.size() - 1);
}

void Machine::report(check::Checker& who, uint64_t cookie) {
  ++reports_;
  if (stop_at_finding_ && engine_->s.step >= quiet_before_) executor_->request_stop();
  if (describe_) add_finding(who.describe(cookie));
}

void Machine::add_finding(check::Finding finding) {
  const unsigned cpu = finding.cpu < cpus() ? finding.cpu : 0;
  record_.findings.push_back(std::move(finding));
  executor_->record(cpu, EV_REPORT, 0, record_.findings.size() - 1);
}

void Machine::on_report(unsigned cpu, hw_report_kind kind, const char* text, const char* file,
                        unsigned line, uint32_t pc) {
  ++reports_;
  if (stop_at_finding_ && engine_->s.step >= quiet_before_) executor_->request_stop();
  if (describe_) add_finding(report_of_guest(*this, cpu, kind, text, file, line, pc));
}

int Machine::on_ask(unsigned cpu, hw_question question, uint32_t object) {
  for (auto& checker : checkers_) {
    const int answer = checker->answer(question, object, cpu);
    if (answer >= 0) return answer;
  }
  return -1;
}

bool Machine::judge_stuck() {
  // Sleepers that only a signal or a shutdown is expected to wake are no hang
  // as long as the module's init has returned and nobody was asked to leave.
  const Progress& p = record_.progress;
  bool hang = !p.init_done || p.shutdown_asked;
  for (const TaskEntry& entry : record_.tasks) {
    const bool uninterruptible = (entry.blocked_state & 2) && !(entry.blocked_state & 0x400);
    const bool init = entry.task.pid == 1;  // waits for the power button
    hang = hang || (!init && !entry.exited && uninterruptible);
  }
  hang = hang || engine_->s.parked;
  if (!hang) return false;
  const uint64_t before = reports_;
  deadlock_->stuck();
  return reports_ != before;
}

void Machine::judge_end() {
  if (engine_->s.ended != cpu::StopReason::kOops) return;
  ++reports_;
  if (describe_) add_finding(report_of_fault(*this, engine_->s.fault));
}

void Machine::judge_step_limit(uint64_t steps) {
  if (describe_) add_finding(report_of_limit(*this, steps));
}

}  // namespace run

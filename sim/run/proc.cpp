// SPDX-License-Identifier: MIT
#include "sim/run/proc.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "cpu/events.h"
#include "irq/regs.h"
#include "sim/check/lock_stat.h"
#include "sim/core/error.h"
#include "sim/run/nearest.h"
#include "sim/run/proc_views.h"

namespace run {

namespace {

using PerCpu = std::vector<uint64_t>;

template <typename See>
void each_event(const Session& session, See see) {
  for (unsigned cpu = 0; cpu < session.trace().cpus(); ++cpu) {
    const sim::Lane& lane = session.trace().lane(cpu);
    for (uint64_t i = lane.first(); i < lane.size(); ++i) see(lane[i]);
  }
}

// What happened how often on each CPU, by a number that tells them apart.
template <typename KeyOf>
std::map<uint64_t, PerCpu> count(const Session& session, unsigned kind, KeyOf key_of) {
  std::map<uint64_t, PerCpu> counts;
  each_event(session, [&](const sim::Event& e) {
    if (e.kind != kind) return;
    PerCpu& row = counts[key_of(e)];
    row.resize(session.cpus());
    ++row[e.cpu];
  });
  return counts;
}

uint64_t total(const PerCpu& row) {
  uint64_t sum = 0;
  for (const uint64_t n : row) sum += n;
  return sum;
}

std::string columns(const PerCpu& row, unsigned cpus) {
  std::string text;
  for (unsigned cpu = 0; cpu < cpus; ++cpu)
    text += fmt::format("{:10} ", row.empty() ? 0 : row[cpu]);
  return text;
}

// Lines by number, vectors of the local APIC above them.
constexpr uint64_t kVectors = 1000;

std::map<uint64_t, PerCpu> handled(const Session& session) {
  return count(session, EV_HARDIRQ_ENTER,
               [](const sim::Event& e) { return e.object == 0 ? kVectors + e.arg : e.arg; });
}

std::string interrupts(const Session& session) {
  struct Local {
    const char* name;
    uint64_t vector;
    const char* words;
  };
  constexpr Local kLocal[] = {
      {"LOC", VECTOR_LOCAL_TIMER, "Local timer interrupts"},
      {"IWI", VECTOR_IRQ_WORK, "IRQ work interrupts"},
      {"RES", VECTOR_RESCHEDULE, "Rescheduling interrupts"},
      {"CAL", VECTOR_CALL_FUNCTION, "Function call interrupts"},
  };
  std::map<uint64_t, std::string> names;
  each_event(session, [&](const sim::Event& e) {
    if (e.kind == EV_IRQ_REQUEST) names[e.arg] = session.read_string(e.object);
  });
  std::map<uint64_t, PerCpu> counts = handled(session);
  std::string text = "    ";
  for (unsigned cpu = 0; cpu < session.cpus(); ++cpu)
    text += fmt::format(" {:<10}", "      CPU" + std::to_string(cpu));
  text += "\n";
  for (const auto& [line, name] : names)
    text += fmt::format("{:3}: {} IO-APIC {:3}  {}\n", line, columns(counts[line], session.cpus()),
                        line, name);
  const auto nmis = count(session, EV_NMI_ENTER, [](const sim::Event&) { return uint64_t{0}; });
  text += fmt::format("NMI: {}  Non-maskable interrupts\n",
                      columns(nmis.empty() ? PerCpu{} : nmis.begin()->second, session.cpus()));
  for (const Local& local : kLocal) {
    PerCpu row = counts[kVectors + local.vector];
    if (local.vector == VECTOR_CALL_FUNCTION) {  // the one for a single CPU counts there too
      row.resize(session.cpus());
      const PerCpu& single = counts[kVectors + VECTOR_CALL_SINGLE];
      for (size_t cpu = 0; cpu < single.size(); ++cpu) row[cpu] += single[cpu];
    }
    text += fmt::format("{}: {}  {}\n", local.name, columns(row, session.cpus()), local.words);
  }
  return text;
}

constexpr const char* kSoftirqs[] = {"HI",       "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
                                     "IRQ_POLL", "TASKLET", "SCHED",  "HRTIMER", "RCU"};

std::map<uint64_t, PerCpu> softirqs_run(const Session& session) {
  return count(session, EV_SOFTIRQ_ENTER, [](const sim::Event& e) { return e.arg; });
}

std::string softirqs(const Session& session) {
  std::map<uint64_t, PerCpu> counts = softirqs_run(session);
  std::string text(20, ' ');
  for (unsigned cpu = 0; cpu < session.cpus(); ++cpu) text += fmt::format("CPU{:<8}", cpu);
  text += "\n";
  for (uint64_t nr = 0; nr < std::size(kSoftirqs); ++nr)
    text += fmt::format("{:>12}: {}\n", kSoftirqs[nr], columns(counts[nr], session.cpus()));
  return text;
}

// ns of one CPU: between two events it did what the first one's context says.
struct Times {
  uint64_t system = 0, idle = 0, irq = 0, softirq = 0;

  std::string text() const {
    constexpr uint64_t kTick = 10'000'000;  // USER_HZ is 100
    return fmt::format("0 0 {} {} 0 {} {} 0 0 0", system / kTick, idle / kTick, irq / kTick,
                       softirq / kTick);
  }
};

Times times_of(const Session& session, unsigned cpu) {
  Times times;
  const sim::Lane& lane = session.trace().lane(cpu);
  bool idle = true;  // until its first switch a CPU runs its idle task
  for (uint64_t i = lane.first(); i + 1 < lane.size(); ++i) {
    const sim::Event& e = lane[i];
    if (e.kind == EV_TASK_SWITCH) idle = session.task_name(e.object).starts_with("swapper/");
    const uint64_t ns = lane[i + 1].time > e.time ? lane[i + 1].time - e.time : 0;
    switch (e.level()) {
      case sim::Level::kTask:
        (idle ? times.idle : times.system) += ns;
        break;
      case sim::Level::kSoftirq:
        times.softirq += ns;
        break;
      default:
        times.irq += ns;
    }
  }
  return times;
}

std::string stat(const Session& session) {
  std::string rows;
  Times all;
  for (unsigned cpu = 0; cpu < session.cpus(); ++cpu) {
    const Times t = times_of(session, cpu);
    all = {all.system + t.system, all.idle + t.idle, all.irq + t.irq, all.softirq + t.softirq};
    rows += fmt::format("cpu{} {}\n", cpu, t.text());
  }
  uint64_t interrupts = 0, switches = 0, made = 0, softirqs = 0;
  std::string by_line, by_softirq;
  std::map<uint64_t, PerCpu> lines = handled(session), soft = softirqs_run(session);
  for (const auto& [line, row] : lines) interrupts += total(row);
  for (uint64_t line = 0; line < IOAPIC_LINES; ++line)
    by_line += fmt::format(" {}", total(lines[line]));
  for (uint64_t nr = 0; nr < std::size(kSoftirqs); ++nr) {
    softirqs += total(soft[nr]);
    by_softirq += fmt::format(" {}", total(soft[nr]));
  }
  each_event(session, [&](const sim::Event& e) {
    switches += e.kind == EV_TASK_SWITCH;
    made += e.kind == EV_TASK_NEW;
  });
  return fmt::format("cpu  {}\n{}intr {}{}\nctxt {}\nbtime 0\nprocesses {}\nsoftirq {}{}\n",
                     all.text(), rows, interrupts, by_line, switches, made, softirqs, by_softirq);
}

// On the heap a lock has only the name that it was given.
std::string class_name(const Session& session, uint32_t map) {
  const std::string name = session.object_name(map);
  return name.starts_with("0x") ? session.lock_name(map) : name;
}

std::string lock_stat(const Session& session) {
  const check::LockStatNames names{[&](uint32_t map) { return class_name(session, map); },
                                   [&](uint32_t pc) {
                                     const Location at = session.symbols().at(pc);
                                     return at.function.empty() ? fmt::format("{:#x}", pc)
                                                                : at.function;
                                   }};
  return check::lock_stat_text(check::lock_stat(session.trace(), names), names);
}

std::string lockdep_stats(const Session& session) {
  const std::string text = session.checkers_view("lockdep_stats");
  return text.empty() ? "lockdep is not among the checkers of this run\n" : text;
}

std::string rcu(const Session& session) {
  constexpr std::pair<const char*, unsigned> kRows[] = {{"grace periods started", EV_RCU_GP_START},
                                                        {"grace periods ended", EV_RCU_GP_END},
                                                        {"callbacks queued", EV_RCU_QUEUE},
                                                        {"callbacks invoked", EV_RCU_INVOKE},
                                                        {"readers", EV_RCU_LOCK},
                                                        {"readers preempted", EV_RCU_BLOCKED},
                                                        {"waits", EV_RCU_SYNC_BEGIN}};
  std::string text;
  for (const auto& [words, kind] : kRows) {
    const auto counts = count(session, kind, [](const sim::Event&) { return uint64_t{0}; });
    text +=
        fmt::format("{:>22}: {:10}\n", words, counts.empty() ? 0 : total(counts.begin()->second));
  }
  return text;
}

using View = std::string (*)(const Session&);
const std::map<std::string, View, std::less<>> kViews{{"interrupts", interrupts},
                                                      {"softirqs", softirqs},
                                                      {"stat", stat},
                                                      {"lock_stat", lock_stat},
                                                      {"lockdep_stats", lockdep_stats},
                                                      {"schedstat", proc_schedstat},
                                                      {"rcu", rcu},
                                                      {"locks", proc_locks}};

}  // namespace

const std::vector<std::string>& proc_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, view] : kViews) all.push_back(name);
    return all;
  }();
  return names;
}

void check_proc_name(std::string_view name) {
  if (kViews.contains(name)) return;
  const std::string near = nearest(name, proc_names());
  throw sim::UserError(fmt::format("there is no view \"{}\" of /proc; there are {}{}", name,
                                   fmt::join(proc_names(), ", "),
                                   near.empty() ? "" : fmt::format("; the nearest is {}", near)));
}

std::string proc_text(const Session& session, std::string_view name) {
  check_proc_name(name);
  return kViews.find(name)->second(session);
}

}  // namespace run

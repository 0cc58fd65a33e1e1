// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "sim/run/holders.h"
#include "sim/run/merge.h"
#include "sim/run/proc_views.h"

namespace run {

namespace {

constexpr const char* kLevels[] = {"TASK", "SOFTIRQ", "HARDIRQ", "NMI"};

std::string line_of(const Session& session, const Holders::Hold& hold, size_t number) {
  const std::string task = session.task_name(hold.task);
  const size_t slash = task.rfind('/');
  const std::string pid = slash == std::string::npos ? "-" : task.substr(slash + 1);
  return fmt::format("{}: {}{} {} {} {} CPU{} {} {}\n", number, hold.held ? "" : "-> ",
                     kLevels[static_cast<unsigned>(hold.level)], hold.read ? "READ" : "WRITE", pid,
                     task.substr(0, slash), hold.cpu, hold.since_step,
                     session.lock_name(hold.lock));
}

}  // namespace

std::string proc_locks(const Session& session) {
  Holders holders(session.cpus());
  Merge events(session.trace());
  while (const sim::Event* e = events.next()) holders.on_event(*e);
  std::string text;
  size_t number = 0;
  for (const uint32_t lock : holders.locks()) {
    if (holders.holder(lock) == nullptr) continue;
    ++number;
    for (const bool held : {true, false}) {
      for (const Holders::Hold& hold : holders.of(lock))
        if (hold.held == held) text += line_of(session, hold, number);
    }
  }
  return text;
}

}  // namespace run

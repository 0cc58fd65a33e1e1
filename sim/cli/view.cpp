// SPDX-License-Identifier: MIT
#include "sim/cli/view.h"

#include <fmt/format.h>

#include <set>

#include "cpu/events.h"
#include "sim/cli/report.h"
#include "sim/run/holders.h"
#include "sim/run/merge.h"
#include "sim/run/nearest.h"

namespace cli {

namespace {

constexpr size_t kRowsMax = 60;  // of values printed for one name

std::string place(const run::Location& where) {
  return where.line == 0 ? where.function
                         : fmt::format("{}:{} {}", where.file, where.line, where.function);
}

std::string cpu_line(const run::Session& session, unsigned n) {
  const run::CpuView cpu = session.cpu(n);
  if (!cpu.online) return fmt::format("CPU {:<2} off\n", n);
  const std::string who = cpu.level == sim::Level::kTask ? session.task_name(cpu.task.address)
                                                         : std::string(level_name(cpu.level));
  std::string flags = cpu.irqs_on ? "" : " irqs-off";
  if (cpu.parked) flags += " spinning";
  return fmt::format("CPU {:<2} {:<16} {:<32} {}{}\n", n, who, cpu.next,
                     place(cpu.user_where ? *cpu.user_where : cpu.where), flags);
}

// "held by add/0 (CPU 0); waiting: add/1 (CPU 1)", or nothing.
std::string lock_text(const run::Session& session, const std::vector<run::Holders::Hold>& all) {
  std::string holding, waiting;
  for (const run::Holders::Hold& hold : all) {
    std::string& list = hold.held ? holding : waiting;
    list += fmt::format("{}{} (CPU {})", list.empty() ? "" : ", ", session.task_name(hold.task),
                        hold.cpu);
  }
  if (holding.empty() && waiting.empty()) return {};
  return (holding.empty() ? "free" : "held by " + holding) +
         (waiting.empty() ? "" : "; waiting: " + waiting);
}

// A scalar in memory, in decimal; pointers by the name of what they point to.
std::string value_text(const run::Session& session, const run::Symbols::Variable& variable) {
  uint64_t value = 0;
  if (variable.size > sizeof value ||
      !session.read_memory(variable.address, &value, variable.size)) {
    return "?";
  }
  if (variable.is_pointer) {
    return value == 0 ? "NULL" : session.object_name(static_cast<uint32_t>(value));
  }
  const unsigned unused_bits = 64 - 8 * variable.size;
  if (!variable.is_signed || variable.size == 0) return fmt::format("{}", value);
  return fmt::format("{}", static_cast<int64_t>(value << unused_bits) >> unused_bits);
}

// The scalars inside one variable, found by asking for the name at each offset.
std::string scalars_text(const run::Session& session, const run::Symbols::Variable& whole) {
  std::string text, last;
  size_t rows = 0;
  for (uint32_t address = whole.address; address < whole.address + whole.size;) {
    const std::string name = session.symbols().variable(address, 1).value_or("");
    const auto part =
        name.empty() || name == last ? std::nullopt : session.symbols().find_variable(name);
    last = name;
    if (!part || part->size == 0 || part->address != address) {
      ++address;  // padding, or inside of what was shown
      continue;
    }
    if (++rows > kRowsMax) return text + "  ... and more\n";
    text += fmt::format("  {} = {}\n", name, value_text(session, *part));
    address += part->size;
  }
  return text;
}

}  // namespace

std::string where_text(const run::Session& session) {
  std::string text;
  for (unsigned n = 0; n < session.cpus(); ++n) text += cpu_line(session, n);
  return text;
}

std::string stack_text(const run::Session& session, unsigned cpu) {
  std::string text;
  for (const uint32_t pc : session.cpu(cpu).stack) {
    text += fmt::format("  {:<32} {}\n", session.symbols().function_offset(pc),
                        place(session.symbols().at(pc)));
  }
  return text.empty() ? "  no frames\n" : text;
}

std::string locks_text(const run::Session& session) {
  run::Holders holders(session.cpus());
  run::Merge merge(session.trace());
  std::set<uint32_t> seen;
  while (const sim::Event* event = merge.next()) {
    holders.on_event(*event);
    if (event->kind == EV_LOCK_ACQUIRE) seen.insert(event->object);
  }
  std::string text;
  for (const uint32_t lock : seen) {
    const std::string who = lock_text(session, holders.of(lock));
    if (!who.empty()) text += fmt::format("  {:<20} {}\n", session.object_name(lock), who);
  }
  return text.empty() ? "  no lock is held\n" : text;
}

std::string values_text(const run::Session& session, const std::vector<std::string>& names) {
  const std::vector<std::string> all = session.symbols().user_variables();
  std::string text;
  for (const std::string& name : names.empty() ? all : names) {
    const auto variable = session.symbols().find_variable(name);
    if (variable) {
      text += scalars_text(session, *variable);
      continue;
    }
    const std::string near = run::nearest(name, all);
    text += fmt::format("  there is no variable \"{}\"{}\n", name,
                        near.empty() ? "" : "; the nearest is " + near);
  }
  return text.empty() ? "  the module has no global variables\n" : text;
}

std::string options_text(const run::Session& session) {
  std::string text;
  for (const run::Option& option : session.options()) {
    text += fmt::format("  pick {:<3} {}\n", option.id, option.text);
  }
  return text.empty() ? "  nothing can happen any more\n" : text;
}

std::string findings_text(const run::Session& session) {
  std::string text;
  for (const check::Finding& finding : session.findings()) {
    text += fmt::format("  step {}: {}: {}\n", finding.step, finding.kind, finding.title);
  }
  return text.empty() ? "  none so far\n" : text;
}

std::string log_text(const run::Session& session) {
  std::string text;
  for (const run::LogLine& line : session.log()) text += "  " + log_line(line) + "\n";
  return text.empty() ? "  empty\n" : text;
}

}  // namespace cli

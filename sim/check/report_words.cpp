// SPDX-License-Identifier: MIT
#include "sim/check/report_words.h"

#include <fmt/format.h>

#include "cpu/window.h"

namespace check {

std::string guest_string(const Bench& bench, uint32_t address, size_t max) {
  std::string text;
  char c = 0;
  while (text.size() < max && bench.read(address + static_cast<uint32_t>(text.size()), &c, 1) && c)
    text += c;
  return text;
}

std::string rule(unsigned width, char c) { return std::string(width, c) + "\n"; }

std::string trace_lines(const Bench& bench, const uint32_t* pcs, unsigned count, unsigned spaces) {
  std::string text;
  for (unsigned i = 0; i < count; ++i)
    text += std::string(spaces, ' ') + bench.function_offset(pcs[i]) + "\n";
  return text;
}

std::string comm_of(const std::string& task_name) {
  return task_name.substr(0, task_name.rfind('/'));
}

std::string pid_of(const std::string& task_name) {
  const size_t slash = task_name.rfind('/');
  return slash == std::string::npos ? "0" : task_name.substr(slash + 1);
}

std::string dump_stack(const Bench& bench, unsigned cpu) {
  uint32_t pcs[32];
  const unsigned n = bench.backtrace(cpu, pcs, 32);
  const std::string task = bench.task_name(bench.actor(cpu).task);
  return fmt::format("CPU: {} PID: {} Comm: {} Not tainted {}\nCall Trace:\n <TASK>\n", cpu,
                     pid_of(task), comm_of(task), kKernelIdent) +
         trace_lines(bench, pcs, n, 1) + " </TASK>\n";
}

uint32_t blame(const uint32_t* pcs, unsigned count, uint32_t otherwise) {
  for (unsigned i = 0; i < count; ++i)
    if (cpu::in_module(pcs[i])) return pcs[i];
  return otherwise || !count ? otherwise : pcs[0];
}

uint32_t blame_now(const Bench& bench, unsigned cpu, uint32_t otherwise) {
  uint32_t pcs[32];
  return blame(pcs, bench.backtrace(cpu, pcs, 32), otherwise);
}

std::string box(const std::string& title, unsigned width) {
  return "\n" + rule(width) + title + "\n" + kKernelIdent + " Not tainted\n" + rule(width, '-');
}

void sign(Finding& f, const Bench& bench, unsigned cpu) {
  f.cpu = cpu;
  f.task = bench.task_name(bench.actor(cpu).task);
  f.step = bench.step();
  f.time_ns = bench.now(cpu);
}

}  // namespace check

// SPDX-License-Identifier: MIT
#include "sim/run/schedule.h"

#include <fmt/format.h>

#include "sim/core/error.h"
#include "sim/run/file.h"
#include "sim/run/hash.h"
#include "sim/run/schedule_words.h"

namespace run {
namespace {

std::string source_words(const Source& source) {
  const auto& [name, rate_hz, pattern, once_step] = source;
  return fmt::format("{} {} {} {}", to_word(name), rate_hz, to_word(pattern), once_step);
}

// The binding names every field: one that is added here and not there fails to
// compile, instead of being lost.
std::string config_lines(const Config& config) {
  const auto& [cpus, seed, executor, arbiter, preempt, spinlock, hz, params, boot, sources,
               steps_max, time_max_ns, checks] = config;
  SIM_ASSERT(executor == "lockstep");  // nothing else can be replayed
  std::string text;
  text += fmt::format("cpus {}\nseed {}\narbiter {}\n", cpus, seed, to_word(arbiter));
  text += fmt::format("preempt {}\nspinlock {}\nhz {}\n", to_word(preempt), to_word(spinlock), hz);
  text += fmt::format("steps-max {}\ntime-max-ns {}\nchecks {}\n", steps_max, time_max_ns,
                      to_word(checks));
  for (const auto& [name, value] : params)
    text += fmt::format("param {} {}\n", to_word(name), to_word(value));
  for (const auto& [name, value] : boot)
    text += fmt::format("boot {}\n", to_word(name + "=" + value));
  for (const Source& source : sources) text += "interrupts " + source_words(source) + "\n";
  return text;
}

}  // namespace

Schedule schedule_of(const Program& program) {
  Schedule schedule;
  schedule.images = program.id;
  schedule.program = program.name;
  for (const std::filesystem::path& source : program.sources)
    schedule.sources.push_back({source.string(), Hash().add(read_file(source)).hex()});
  schedule.options = program.options;
  return schedule;
}

namespace {

std::string input_line(const Schedule::Input& input) {
  using enum Schedule::Input::What;
  switch (input.what) {
    case kFire:
      return fmt::format("fire {} {}\n", input.choice, to_word(input.source.name));
    case kSend:
      return fmt::format("send {} {} {}\n", input.choice, input.cpu, input.vector);
    case kRoute:
      return fmt::format("route {} {} {}\n", input.choice, to_word(input.source.name), input.cpus);
    case kSet:
      break;
  }
  return fmt::format("set {} {}\n", input.choice, source_words(input.source));
}

}  // namespace

std::string schedule_text(const Schedule& s) {
  std::string text = fmt::format("lockstep schedule {}\n", Schedule::kVersion);
  text += fmt::format("images {}\nprogram {}\n", to_word(s.images), to_word(s.program));
  for (const Schedule::File& file : s.sources)
    text += fmt::format("source {} {}\n", to_word(file.path), to_word(file.hash));
  for (const std::string& folder : s.options.include_dirs)
    text += fmt::format("include {}\n", to_word(folder));
  for (const std::string& define : s.options.defines)
    text += fmt::format("define {}\n", to_word(define));
  text += config_lines(s.config);
  for (const Schedule::Input& input : s.inputs) text += input_line(input);
  for (const Schedule::Deviation& d : s.deviations)
    text += fmt::format("deviation {} {}\n", d.choice, d.actor);
  return text + fmt::format("end {} {}\n", s.end_step, to_word(s.trace_hash));
}

Program program_of(const Schedule& schedule) {
  std::vector<std::filesystem::path> files;
  for (const Schedule::File& file : schedule.sources) {
    if (Hash().add(read_file(file.path)).hex() != file.hash)
      throw sim::UserError(file.path + " has changed since the schedule was made");
    files.emplace_back(file.path);
  }
  CompileOptions options = schedule.options;
  options.name = schedule.program;
  Program program = build_program(files, options);
  require_same_images(schedule, program);
  return program;
}

void require_same_images(const Schedule& schedule, const Program& program) {
  if (program.id != schedule.images)
    throw sim::UserError(fmt::format(
        "the schedule is for other images of {} (it says {}, these are {}); make it again",
        schedule.program, schedule.images, program.id));
}

}  // namespace run

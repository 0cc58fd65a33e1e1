// SPDX-License-Identifier: MIT
#include "sim/cli/recording.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/core/error.h"
#include "sim/run/lesson.h"
#include "sim/run/schedule.h"

namespace cli {

namespace {

constexpr std::string_view kFirstWords = "lockstep schedule";

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (std::filesystem::is_directory(path) || !in || !(text << in.rdbuf())) {
    throw sim::UserError(fmt::format("cannot read the schedule {}", path));
  }
  return text.str();
}

// A lesson's program is named NAME/VARIANT, a user's never has the slash.
bool is_lesson(const run::Schedule& schedule) {
  return schedule.program.find('/') != std::string::npos;
}

run::Program program_for(const run::Schedule& schedule, std::string& expected) {
  if (!is_lesson(schedule)) return run::program_of(schedule);
  const run::Variant variant = run::find_variant(run::load_lessons(), schedule.program);
  expected = variant.lesson.expected(variant.variant);
  const run::Program program = run::build_variant(variant, schedule.options);
  run::require_same_images(schedule, program);
  return program;
}

}  // namespace

bool is_schedule_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string words(kFirstWords.size(), '\0');
  return in.read(words.data(), static_cast<std::streamsize>(words.size())) && words == kFirstWords;
}

Recording open_recording(const std::string& path) {
  const std::string text = read(path);
  const run::Schedule schedule = run::parse_schedule(text);
  Recording recording{nullptr, "clean"};
  const run::Program program = program_for(schedule, recording.expected);
  recording.session = run::Session::replay(text, [&](const std::string&) { return program; });
  run::Limit limit;
  limit.step = schedule.end_step;
  limit.at_finding = false;
  recording.session->run(limit);
  SIM_ASSERT(recording.session->trace_hash() == schedule.trace_hash);
  return recording;
}

}  // namespace cli

// SPDX-License-Identifier: MIT
// The schedule file: all that a run is made from, so that it can be made again
// step by step. Text, one thing a line, in this order:
//
//   lockstep schedule 1            the version of the form
//   images 83c1f4a90b6e2d57        Program::id
//   program ab-ba/broken
//   source demos/ab-ba/broken.c 5a0f3c8814e2b7d6    as given, hash of its text
//   include DIR, define NAME=V     how it was compiled
//   cpus 2 ... time-max-ns 0       run::Config, one line each
//   param NAME VALUE
//   interrupts NAME RATE PATTERN STEP
//   set CHOICE NAME RATE PATTERN STEP     what the user did, and before
//   fire CHOICE NAME                      which choice of the arbiter
//   send CHOICE CPU VECTOR
//   route CHOICE NAME CPUS                bit n is CPU n
//   deviation CHOICE ACTOR         not what the arbiter would have said
//   end STEP HASH                  steps executed and hash of the trace so far
//
// Words are separated by one blank; blanks, "%" and what is not printable in
// them are written %XX; an empty word is "%". Without the end line, newline
// included, the file is truncated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/run/config.h"
#include "sim/run/program.h"

namespace run {

struct Schedule {
  static constexpr unsigned kVersion = 1;

  struct File {
    std::string path, hash;  // Hash of the text
  };
  // Something the user did while it ran, at the choice before which it happened.
  struct Input {
    enum class What { kSet, kFire, kSend, kRoute };
    uint64_t choice = 0;
    What what = What::kSet;
    Source source;                 // all of it for kSet, else its name
    unsigned cpu = 0, vector = 0;  // kSend
    uint64_t cpus = 0;             // kRoute
  };
  struct Deviation {
    uint64_t choice = 0;
    unsigned actor = 0;
  };

  std::string images;
  std::string program;
  std::vector<File> sources;
  CompileOptions options;  // its name is `program`
  Config config;
  std::vector<Input> inputs;          // by choice
  std::vector<Deviation> deviations;  // by choice
  uint64_t end_step = 0;
  std::string trace_hash;  // 16 hex digits
};

// Fills in images, program, sources and options.
Schedule schedule_of(const Program& program);

std::string schedule_text(const Schedule& schedule);

// Throws sim::UserError: no schedule, another version, truncated, or a line
// that cannot be understood, with its number.
Schedule parse_schedule(const std::string& text);

// The program that the schedule was made with, compiled again from its sources.
// Throws sim::UserError when they have changed or make other images.
Program program_of(const Schedule& schedule);
// The same check for a program found otherwise (a lesson, by its name).
void require_same_images(const Schedule& schedule, const Program& program);

}  // namespace run

// SPDX-License-Identifier: MIT
// The whole kernel on eight CPUs for long, with three seeds: clean, and the same
// to the last step when it is replayed. And what it takes of memory on 64 CPUs.
//
// By default two milliseconds of virtual time. LOCKSTEP_STORM_MS=n makes it n;
// 1200 are 221 million steps.
#include <gtest/gtest.h>

#include <fstream>

#include "sim/run/lesson.h"
#include "sim/run/session.h"
#include "tests/storm/length.h"

namespace run {
namespace {

const Variant& variant() {
  static const Variant found = find_variant(load_lessons(), "whole-kernel/fixed");
  return found;
}

Config on(unsigned cpus, uint64_t seed) {
  Config config = variant().lesson.config;
  config.cpus = cpus;
  config.seed = seed;
  config.steps_max = UINT64_MAX;
  config.time_max_ns = storm_milliseconds() * 1'000'000;
  return config;
}

void run_to_end(Session& session) {
  while (!session.finished()) session.run({});
}

std::string told(const Session& session) {
  std::string text;
  for (const LogLine& line : session.log()) text += line.text + "\n";
  for (const check::Finding& finding : session.findings()) text += finding.text + "\n";
  return text;
}

TEST(WholeKernelStorm, is_clean_with_three_seeds_and_equal_in_replay) {
  const Program program = build_variant(variant());
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    std::string schedule, hash;
    {
      Session first(program, on(8, seed));
      run_to_end(first);
      EXPECT_EQ(first.verdict(), "clean") << told(first);
      EXPECT_EQ(first.log().size(), 2u) << "it did not come to its end: " << told(first);
      schedule = first.schedule();
      hash = first.trace_hash();
      std::printf("seed %llu: %llu steps, trace %s\n", static_cast<unsigned long long>(seed),
                  static_cast<unsigned long long>(first.position().step), hash.c_str());
    }
    const auto again = Session::replay(schedule, [&](const std::string&) { return program; });
    run_to_end(*again);
    EXPECT_EQ(again->trace_hash(), hash);
  }
}

// Bytes of this process that are in memory now.
size_t resident() {
  std::ifstream statm("/proc/self/statm");
  size_t total = 0, pages = 0;
  statm >> total >> pages;
  return pages * 4096;
}

// Of the lanes, which are populated by the chunk, and the window of steps.
size_t trace_bytes(const sim::Trace& trace) {
  size_t chunks = 0;
  for (unsigned cpu = 0; cpu < trace.cpus(); ++cpu) {
    const sim::Lane& lane = trace.lane(cpu);
    chunks += (lane.size() + sim::Lane::kChunkEvents - 1) / sim::Lane::kChunkEvents -
              lane.first() / sim::Lane::kChunkEvents;
  }
  return (chunks * sim::Lane::kChunkEvents + trace.detail_mask() + 1) * sizeof(sim::Event);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr size_t kTimes = 8;  // the sanitizers' own
#else
constexpr size_t kTimes = 1;
#endif

TEST(WholeKernelStorm, takes_less_than_200_mb_on_64_cpus_with_everything_on) {
  Session session(build_variant(variant()), on(64, 1));
  run_to_end(session);
  EXPECT_EQ(session.verdict(), "clean") << told(session);
  const size_t trace = trace_bytes(session.trace()), all = resident();
  std::printf("%zu MB resident, %zu MB of that the trace\n", all >> 20, trace >> 20);
  EXPECT_LT(all - trace, kTimes * (size_t{200} << 20));
}

}  // namespace
}  // namespace run

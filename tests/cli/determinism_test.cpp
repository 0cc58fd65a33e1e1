// SPDX-License-Identifier: MIT
// The same run is the same everywhere: two processes, two builds of the host.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/cli/modules.h"
#include "tests/cli/shell.h"

namespace {

using nlohmann::json;

json run_with(const std::filesystem::path& program, const std::string& args) {
  const shell::Outcome outcome = shell::run_program(program, "run " + args + " --json");
  const json result = json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(result.is_discarded()) << program << outcome.err;
  return result;
}

const char* const kRuns[] = {"ab-ba/broken", "lost-update/fixed --seed 5",
                             "check-then-act/broken --arbiter random",
                             "lost-update/broken --cpus 8 --arbiter round_robin"};

TEST(Determinism, two_processes_make_the_same_trace) {
  for (const char* run : kRuns) {
    const json first = run_with(shell::program(), run), second = run_with(shell::program(), run);
    EXPECT_EQ(first.at("trace_hash"), second.at("trace_hash")) << run;
    EXPECT_EQ(first, second) << run;
  }
}

TEST(Determinism, another_seed_makes_another_trace) {
  EXPECT_NE(run_with(shell::program(), "lost-update --seed 1").at("trace_hash"),
            run_with(shell::program(), "lost-update --seed 2").at("trace_hash"));
}

// The newest file with one of these endings below the repository's folders.
std::filesystem::file_time_type newest(const std::vector<std::string>& folders,
                                       const std::set<std::string>& endings) {
  std::filesystem::file_time_type time{};
  for (const std::string& folder : folders)
    for (const auto& file : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(TEST_SOURCE_DIR) / folder))
      if (endings.contains(file.path().extension())) time = std::max(time, file.last_write_time());
  return time;
}

// A build of another preset that has seen all of today's source.
bool is_current(const std::filesystem::path& build) {
  const auto program = build / "sim/cli/lockstep", kernel = build / "guest/kernel.so";
  return std::filesystem::exists(program) && std::filesystem::exists(kernel) &&
         std::filesystem::last_write_time(program) >
             newest({"sim", "cpu", "irq"}, {".cpp", ".h"}) &&
         std::filesystem::last_write_time(kernel) >
             newest({"kernel", "locks"}, {".cpp", ".c", ".h"});
}

// Builds of other presets beside this one, if they are there, as in ./check.
TEST(Determinism, every_build_of_the_host_makes_the_same_trace) {
  const std::filesystem::path builds = std::filesystem::path(TEST_BINARY_DIR).parent_path();
  const json own = run_with(shell::program(), kRuns[0]);
  for (const char* preset : {"release", "debug", "clang", "asan", "tsan"}) {
    const std::filesystem::path program = builds / preset / "sim/cli/lockstep";
    if (!is_current(builds / preset)) continue;
    for (const char* run : kRuns) {
      EXPECT_EQ(run_with(program, run).at("trace_hash"),
                run_with(shell::program(), run).at("trace_hash"))
          << preset << " " << run;
    }
  }
  EXPECT_EQ(own.at("verdict"), "deadlock");
}

}  // namespace

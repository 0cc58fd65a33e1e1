// SPDX-License-Identifier: MIT
// `--proc NAME`: views of /proc, in text and in JSON.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/shell.h"

namespace {

using nlohmann::json;
using shell::lockstep;

// The numbers of the row that begins with `name`.
std::vector<uint64_t> row(const std::string& text, const std::string& name) {
  const size_t at = text.find(name);
  EXPECT_NE(at, std::string::npos) << name << " in\n" << text;
  if (at == std::string::npos) return {};
  std::istringstream words(text.substr(at + name.size(), text.find('\n', at) - at - name.size()));
  std::vector<uint64_t> numbers;
  for (uint64_t n = 0; words >> n;) numbers.push_back(n);
  return numbers;
}

uint64_t sum(const std::vector<uint64_t>& numbers) {
  uint64_t total = 0;
  for (const uint64_t n : numbers) total += n;
  return total;
}

TEST(Proc, counts_what_the_run_says_that_it_did) {
  const shell::Outcome outcome = lockstep(
      "run whole-kernel/fixed --json --proc interrupts --proc softirqs --proc stat "
      "--proc lock_stat --proc rcu --proc schedstat --proc locks");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json result = json::parse(outcome.out);
  const json& proc = result.at("proc");
  const std::string interrupts = proc.at("interrupts");
  EXPECT_NE(interrupts.find("disk\n"), std::string::npos) << interrupts;
  const uint64_t handled = sum(row(interrupts, "  8:")) + sum(row(interrupts, "LOC:")) +
                           sum(row(interrupts, "RES:")) + sum(row(interrupts, "CAL:")) +
                           sum(row(interrupts, "IWI:"));
  EXPECT_GT(sum(row(interrupts, "  8:")), 0u);
  const std::string stat = proc.at("stat");
  EXPECT_GE(row(stat, "intr").at(0), handled);
  EXPECT_EQ(row(stat, "intr").at(0), result.at("stats").at("interrupts"));
  EXPECT_EQ(row(stat, "ctxt").at(0), result.at("stats").at("switches"));
  EXPECT_EQ(row(stat, "softirq").at(0), result.at("stats").at("softirqs"));
  const std::string softirqs = proc.at("softirqs");
  EXPECT_EQ(sum(row(softirqs, "BLOCK:")), row(stat, "softirq").at(5));
  EXPECT_GT(sum(row(softirqs, "BLOCK:")), 0u);
  EXPECT_GT(sum(row(softirqs, "NET_RX:")), 0u);
  EXPECT_NE(proc.at("lock_stat").get<std::string>().find("lock_stat version"), std::string::npos);
  EXPECT_EQ(proc.at("locks"), "");
  // Its module_exit waits for all callbacks, with one of its own on each CPU that has some.
  EXPECT_GT(sum(row(proc.at("rcu"), "callbacks queued:")), 0u);
  EXPECT_EQ(sum(row(proc.at("rcu"), "callbacks invoked:")),
            sum(row(proc.at("rcu"), "callbacks queued:")));
}

// cpuN: yields 0 switches to-idle wakeups wakeups-here run wait slices.
TEST(Proc, schedstat_adds_up) {
  const shell::Outcome outcome =
      lockstep("run whole-kernel/fixed --json --proc schedstat --proc stat");
  const json result = json::parse(outcome.out);
  const std::string text = result.at("proc").at("schedstat");
  EXPECT_EQ(text.rfind("version 15\ntimestamp 429489", 0), 0u) << text;
  uint64_t switches = 0, waits = 0;
  for (int cpu = 0; cpu < 4; ++cpu) {
    const std::vector<uint64_t> of = row(text, "cpu" + std::to_string(cpu) + " ");
    ASSERT_EQ(of.size(), 9u) << text;
    switches += of[2];
    waits += of[7];
    EXPECT_EQ(of[2], of[3] + of[8]) << "each switch is to the idle task or begins a slice";
    EXPECT_LE(of[5], of[4]);
    EXPECT_LE(of[6], result.at("time_ns")) << "ran longer than there was time";
    EXPECT_GT(of[6], 0u);
  }
  EXPECT_EQ(switches, row(result.at("proc").at("stat"), "ctxt").at(0));
  EXPECT_GT(waits, 0u);
}

TEST(Proc, locks_tells_who_holds_what_and_who_waits) {
  const shell::Outcome outcome = lockstep("run ab-ba/broken --json --proc locks");
  const std::string text = json::parse(outcome.out).at("proc").at("locks");
  const auto line = [&](const std::string& begin, const std::string& end) {
    const size_t at = text.find(begin);
    return at != std::string::npos &&
           text.substr(at, text.find('\n', at) - at).find(end) != std::string::npos;
  };
  EXPECT_TRUE(line("1: TASK WRITE 6 ab/0 CPU0 ", " &s.a")) << text;
  EXPECT_TRUE(line("1: -> TASK WRITE 7 ba/1 CPU1 ", " &s.a")) << text;
  EXPECT_TRUE(line("2: TASK WRITE 7 ba/1 CPU1 ", " &s.b")) << text;
  EXPECT_TRUE(line("2: -> TASK WRITE 6 ab/0 CPU0 ", " &s.b")) << text;
}

TEST(Proc, prints_text_and_refuses_what_there_is_not) {
  const shell::Outcome outcome = lockstep("run ab-ba/fixed --proc lock_stat --lanes none");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("/proc/lock_stat\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("&s.a:"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find(" 0x"), std::string::npos) << outcome.out;  // every lock has a name
  const shell::Outcome known = lockstep("run ab-ba/fixed --proc lockdep_stats --lanes none");
  EXPECT_NE(known.out.find(" [max: 8192]\n direct dependencies:"), std::string::npos) << known.out;
  const shell::Outcome off = lockstep("run ab-ba/fixed --no-check --proc lockdep_stats");
  EXPECT_NE(off.out.find("lockdep is not among the checkers"), std::string::npos) << off.out;
  const shell::Outcome wrong = lockstep("run ab-ba --proc lock_stats");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.err.find("the nearest is lock_stat"), std::string::npos) << wrong.err;
}

}  // namespace

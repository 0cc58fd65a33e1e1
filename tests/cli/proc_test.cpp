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
      "--proc lock_stat --proc rcu");
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
  // Its module_exit waits for all callbacks, with one of its own on each CPU that has some.
  EXPECT_GT(sum(row(proc.at("rcu"), "callbacks queued:")), 0u);
  EXPECT_EQ(sum(row(proc.at("rcu"), "callbacks invoked:")),
            sum(row(proc.at("rcu"), "callbacks queued:")));
}

TEST(Proc, prints_text_and_refuses_what_there_is_not) {
  const shell::Outcome outcome = lockstep("run ab-ba/fixed --proc lock_stat --lanes none");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("/proc/lock_stat\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("&s.a:"), std::string::npos) << outcome.out;
  const shell::Outcome known = lockstep("run ab-ba/fixed --proc lockdep_stats --lanes none");
  EXPECT_NE(known.out.find(" [max: 8192]\n direct dependencies:"), std::string::npos) << known.out;
  const shell::Outcome off = lockstep("run ab-ba/fixed --no-check --proc lockdep_stats");
  EXPECT_NE(off.out.find("lockdep is not among the checkers"), std::string::npos) << off.out;
  const shell::Outcome wrong = lockstep("run ab-ba --proc lock_stats");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.err.find("the nearest is lock_stat"), std::string::npos) << wrong.err;
}

}  // namespace

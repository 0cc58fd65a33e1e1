// SPDX-License-Identifier: MIT
// What the user got wrong: one sentence that says what to do, status 2, and
// nothing written.
#include <gtest/gtest.h>

#include "tests/cli/modules.h"
#include "tests/cli/shell.h"

namespace {

using shell::lockstep;
using shell::write_file;

// The command must be refused with a sentence that contains `reason`.
void expect_refused(const std::string& args, const std::string& reason) {
  const std::string before = shell::listing();
  const shell::Outcome outcome = lockstep(args + " --schedule-out s --trace-out t");
  EXPECT_EQ(outcome.status, 2) << args << "\n" << outcome.err;
  EXPECT_EQ(outcome.out, "") << args;
  EXPECT_NE(outcome.err.find(reason), std::string::npos) << args << "\n" << outcome.err;
  const size_t last_line = outcome.err.rfind("lockstep: ");
  ASSERT_NE(last_line, std::string::npos) << args << "\n" << outcome.err;
  EXPECT_EQ(outcome.err.find('\n', last_line), outcome.err.size() - 1)
      << "one sentence, at the end";
  EXPECT_EQ(shell::listing(), before) << args << " wrote something";
}

TEST(BadInput, unknown_names_are_answered_with_the_nearest) {
  expect_refused("run ab-bb", "nearest is ab-ba");
  expect_refused("run zzzzzzzzzz", "lockstep list");
  expect_refused("run ab-ba/brokn", "broken and fixed");
  expect_refused("run ab-ba --cpsu 2", "nearest is --cpus");
  expect_refused("run ab-ba lost-update", "one lesson at a time");
  const shell::Outcome outcome = lockstep("rnu ab-ba");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("nearest is run"), std::string::npos) << outcome.err;
}

TEST(BadInput, values_out_of_range_or_of_no_kind) {
  expect_refused("run ab-ba --cpus 0", "1 to 64");
  expect_refused("run ab-ba --cpus 65", "1 to 64");
  expect_refused("run ab-ba --cpus -1", "1 to 64");
  expect_refused("run ab-ba --cpus two", "1 to 64");
  expect_refused("run ab-ba --seed 1x", "--seed");
  expect_refused("run ab-ba --steps 0", "--steps");
  expect_refused("run ab-ba --time 5", "ns, us, ms, s");
  expect_refused("run ab-ba --time -5ms", "ns, us, ms, s");
  expect_refused("run ab-ba --arbiter lvie", "nearest is live");
  expect_refused("run ab-ba --preempt ful", "nearest is full");
  expect_refused("run ab-ba --spinlock mutex", "tas, ticket, mcs, queued");
  expect_refused("run ab-ba --source eth0", "NAME=RATE");
  expect_refused("run ab-ba --source eth0=fast", "events per second");
  expect_refused("run ab-ba --param n", "NAME=VALUE");
  expect_refused("run ab-ba --lanes few", "--lanes");
  expect_refused("run ab-ba --cpus", "--cpus");
  expect_refused("run", "RUN");
}

TEST(BadInput, files_that_are_no_c) {
  expect_refused("run missing.c", "missing.c");
  expect_refused("run .", "folder");
  write_file("empty.c", "");
  expect_refused("run empty.c", "empty");
  write_file("binary.c", std::string("int\0x;", 6));
  expect_refused("run binary.c", "binary");
}

TEST(BadInput, c_that_does_not_compile_shows_the_compilers_own_words) {
  write_file("syntax.c", modules::with_init("\tint x = ;\n"));
  expect_refused("run syntax.c", "syntax.c:6:");
  expect_refused("run syntax.c", "error: expected expression");
}

TEST(BadInput, a_call_to_what_does_not_exist_names_the_nearest) {
  write_file("typo.c",
             modules::with_init("\tspin_lok(NULL);\n", "extern void spin_lok(void *);\n"));
  expect_refused("run typo.c", "spin_lok");
  expect_refused("run typo.c", "spin_lock");
}

TEST(BadInput, an_output_that_cannot_be_written_is_told_before_the_run) {
  const shell::Outcome outcome = lockstep("run ab-ba --schedule-out no/such/folder/s");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("--schedule-out"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

}  // namespace

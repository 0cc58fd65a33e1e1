// SPDX-License-Identifier: MIT
// Every mistake with every kind of lock, all checkers on: the title of what is
// reported first, or that nothing is. Misses and false alarms both show up as a
// cell that differs; the whole matrix is printed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sim/run/program.h"
#include "sim/run/session.h"

namespace {

// How titles begin, and the letter of each in the table below. '-' is silence
// and '.' a cell that cannot be (no such operation).
const std::vector<std::pair<char, std::string>> kTitles{
    {'C', "WARNING: possible circular locking dependency detected"},
    {'R', "WARNING: possible recursive locking detected"},
    {'I', "WARNING: inconsistent lock state"},
    {'O', "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected"},
    {'W', "[ BUG: Invalid wait context ]"},
    {'S', "BUG: sleeping function called from invalid context at"},
    {'A', "BUG: scheduling while atomic: actor/"},
    {'U', "WARNING: bad unlock balance detected!"},
    {'F', "WARNING: held lock freed!"},
    {'X', "WARNING: actor/"},  // N still has locks held!
    {'H', "BUG: hang: everybody waits and nothing is left to wake them"},
};

// Columns: the kinds of matrix.c, in its order.
constexpr const char* kKinds[] = {"spin", "raw",  "write", "read", "seq",     "mutex",
                                  "semw", "semr", "rt",    "sema", "percpuw", "percpur"};

struct Scenario {
  const char* name;
  const char* expected;  // one letter a kind
};

// Rows: the scenarios of matrix.c, in its order. A counting semaphore has no
// owner and so no lockdep, as in Linux; what sleeps asks might_sleep() before it
// tells lockdep.
constexpr Scenario kScenarios[] = {
    {"in_order", "------------"},
    {"against_order", "CCCCCCCCC-CC"},
    {"twice", "RRRRRRRRRHRR"},
    {"two_of_a_class", "RRRRRRRRR-RR"},
    {"nested", "---..----..."},
    {"try_against_order", "----.-----.-"},
    {"sleep_inside", "AAAAA-------"},
    {"mutex_inside", "SSSSS-------"},
    {"inside_raw", "W-WWWSSSSSSS"},
    {"inside_spin", "-----SSSSSSS"},
    {"inside_mutex", "------------"},
    {"hardirq_too", "III-ISSSSSSS"},
    {"hardirq_too_irqs_off", "-----......."},
    {"softirq_too", "III-ISSSSSSS"},
    {"softirq_too_bh_off", "-----SSSSSSS"},
    {"unsafe_inside_safe", "OOO-O......."},
    {"unlock_of_free", "UUUUUUUUU-UU"},
    {"unlock_by_another", "UUUUUUUUU-UU"},
    {"exit_with_it", "XXXXXXXXX-XX"},
    {"freed_while_held", "FFFFFFFFF-FF"},
    {"initialised_while_held", "FFFFFFFFF-FF"},
};

char letter_of(const std::string& title) {
  for (const auto& [letter, begin] : kTitles)
    if (title.starts_with(begin)) return letter;
  return '?';
}

struct Cell {
  char letter;
  std::string title;
};

Cell run_cell(size_t what, size_t kind) {
  static const run::Program program =
      run::build_program({std::string(TEST_SOURCE_DIR) + "/tests/check_guest/matrix.c"});
  run::Config config;
  config.params = {{"what", std::to_string(what)}, {"kind", std::to_string(kind)}};
  config.steps_max = 2'000'000;
  run::Session session(program, config);
  session.run({});
  if (session.findings().empty()) return {'-', ""};
  const std::string& title = session.findings()[0].title;
  return {letter_of(title), title};
}

TEST(Matrix, every_mistake_with_every_kind_of_lock) {
  std::string matrix = fmt::format("{:24}", "");
  for (const char* kind : kKinds) matrix += fmt::format("{:>8}", kind);
  std::string differences;
  for (size_t what = 0; what < std::size(kScenarios); ++what) {
    const Scenario& row = kScenarios[what];
    ASSERT_EQ(std::string(row.expected).size(), std::size(kKinds)) << row.name;
    matrix += fmt::format("\n{:24}", row.name);
    for (size_t kind = 0; kind < std::size(kKinds); ++kind) {
      const char expected = row.expected[kind];
      if (expected == '.') {
        matrix += fmt::format("{:>8}", ' ');
        continue;
      }
      const Cell cell = run_cell(what, kind);
      matrix += fmt::format("{:>8}", cell.letter);
      if (cell.letter == expected) continue;
      matrix.back() = '!';
      differences += fmt::format("{} with {}: expected {}, got {} {}\n", row.name, kKinds[kind],
                                 expected, cell.letter, cell.title);
    }
  }
  for (const auto& [letter, title] : kTitles) matrix += fmt::format("\n  {} {}", letter, title);
  fmt::print("{}\n", matrix);
  EXPECT_EQ(differences, "");
}

}  // namespace

// SPDX-License-Identifier: MIT
// Names from debug information, of a module without the kernel's headers.
#include "sim/run/symbols.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <set>

#include "cpu/hw.h"
#include "sim/run/cache.h"
#include "sim/run/file.h"

namespace {

namespace fs = std::filesystem;

const char* const kHeader = R"(
struct spinlock { unsigned word; };
static inline __attribute__((always_inline)) void raw_lock(struct spinlock *l)
{
	__atomic_store_n(&l->word, 1u, __ATOMIC_SEQ_CST);
}
static inline __attribute__((always_inline)) void lock(struct spinlock *l) { raw_lock(l); }
)";

const char* const kSource = R"(#include <linux/fake.h>
static int start(void);
static int (*const entry)(void) __attribute__((section("lockstep_init"), used)) = start;

struct node {
	int key;
	struct node *next;
	union { long wide; struct { short low, high; }; };
};
static struct { int id; struct spinlock a, b; unsigned char flags[3]; } s;
static struct node table[4][2];
static struct { int only; } alone;
int counter;
unsigned long long big;
const char *text = "text";
)";

// Declarations, then functions whose lines are looked for.
std::string source() {
  return std::string(kSource) + R"(
static inline __attribute__((always_inline)) void mine(void)
{
	counter++;
}
static int start(void)
{
	static int calls;
	lock(&s.b);
	mine();
	calls++;
	table[1][1].key = s.id;
	return big != 0 && alone.only;
}
)";
}

unsigned line_of(const std::string& text, const std::string& part) {
  const size_t at = text.find(part);
  EXPECT_NE(at, text.npos) << part;
  return 1 + static_cast<unsigned>(
                 std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
}

class SymbolsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = std::make_unique<run::ScratchFolder>(fs::temp_directory_path());
    fs::current_path(scratch_->path());
    setenv("XDG_CACHE_HOME", scratch_->path().c_str(), 1);
    fs::create_directories("include/linux");
    run::write_file("include/linux/fake.h", kHeader);
    run::write_file("lost.c", source());
    run::CompileOptions options;
    options.include_dirs = {"include"};
    program_ = run::build_program({"lost.c"}, options);
    symbols_ = std::make_unique<run::Symbols>(program_);
  }
  static void TearDownTestSuite() {
    symbols_.reset();
    fs::current_path("/");
    scratch_.reset();
  }

  // What `at` must say for a return address just behind the statement's start.
  static const run::Location& statement(const std::string& part) {
    const auto pcs = symbols_->pcs_of_line("lost.c", line_of(source(), part));
    EXPECT_FALSE(pcs.empty()) << part;
    return symbols_->at(pcs.empty() ? 0 : pcs.front() + 1);
  }

  static inline std::unique_ptr<run::ScratchFolder> scratch_;
  static inline run::Program program_;
  static inline std::unique_ptr<run::Symbols> symbols_;
};

TEST_F(SymbolsTest, a_statement_has_its_line_and_function) {
  const run::Location& at = statement("table[1][1].key");
  EXPECT_EQ(at.file, "lost.c");
  EXPECT_EQ(at.line, line_of(source(), "table[1][1].key"));
  EXPECT_EQ(at.function, "start");
  EXPECT_TRUE(at.user);
}

TEST_F(SymbolsTest, a_return_address_belongs_to_the_call_before_it) {
  const auto pcs = symbols_->pcs_of_line("lost.c", line_of(source(), "table[1][1].key"));
  ASSERT_FALSE(pcs.empty());
  EXPECT_EQ(symbols_->at(pcs.front()).line, line_of(source(), "calls++"));
}

TEST_F(SymbolsTest, code_inlined_from_kernel_headers_is_shown_at_its_call) {
  // Somewhere in start() the store of raw_lock() stands, two levels in.
  const uint32_t begin = *symbols_->address_of("start");
  const run::Location& first = symbols_->at(begin + 1);
  std::set<unsigned> lines;
  for (uint32_t pc = begin + 1; pc <= begin + first.function_size; ++pc) {
    EXPECT_EQ(symbols_->at(pc).file, "lost.c");
    lines.insert(symbols_->at(pc).line);
  }
  EXPECT_TRUE(lines.contains(line_of(source(), "lock(&s.b)")));
}

TEST_F(SymbolsTest, code_inlined_from_the_users_own_file_keeps_its_place) {
  const run::Location& at = statement("counter++");
  EXPECT_EQ(at.line, line_of(source(), "counter++"));
  EXPECT_EQ(at.function, "mine");
}

TEST_F(SymbolsTest, function_and_offset_as_the_kernel_prints_them) {
  const uint32_t begin = *symbols_->address_of("start");
  const uint32_t size = symbols_->at(begin + 1).function_size;
  char expected[64];
  snprintf(expected, sizeof expected, "start+0x4/%#x", size);
  EXPECT_EQ(symbols_->function_offset(begin + 4), expected);
  EXPECT_EQ(symbols_->function_offset(0x11000001), "0x11000001");
  EXPECT_EQ(symbols_->at(0x11000001).line, 0u);
}

TEST_F(SymbolsTest, addresses_in_variables_have_member_paths) {
  const uint32_t s = *symbols_->address_of("s"), table = *symbols_->address_of("table");
  EXPECT_EQ(symbols_->variable(*symbols_->address_of("counter"), 4), "counter");
  EXPECT_EQ(symbols_->variable(s, 4), "s.id");
  EXPECT_EQ(symbols_->variable(s), "s") << "size 0: the outermost that begins there";
  EXPECT_EQ(symbols_->variable(s + 8, 4), "s.b") << "a type of the kernel's is one thing";
  EXPECT_EQ(symbols_->variable(s + 13, 1), "s.flags[1]");
  EXPECT_EQ(symbols_->variable(table + 24 * 3 + 8, 8), "table[1][1].next");
  EXPECT_EQ(symbols_->variable(table + 24 * 2 + 16, 8), "table[1][0].wide");
  EXPECT_EQ(symbols_->variable(*symbols_->address_of("alone"), 4), "alone.only");
  EXPECT_EQ(symbols_->variable(table + 24 * 2 + 18, 2), "table[1][0].wide+2");
  EXPECT_EQ(symbols_->variable(*symbols_->address_of("counter") + 2, 1), "counter+2");
  EXPECT_EQ(symbols_->variable(0x12345678, 4), std::nullopt);
}

TEST_F(SymbolsTest, expressions_find_what_addresses_are_called) {
  const uint32_t table = *symbols_->address_of("table");
  const auto next = symbols_->find_variable("table[3][1].next");
  ASSERT_TRUE(next);
  EXPECT_EQ(next->address, table + 24 * 7 + 8);
  EXPECT_TRUE(next->is_pointer);
  EXPECT_EQ(symbols_->find_variable("table[0][0].high")->address, table + 18);
  EXPECT_EQ(symbols_->find_variable("table[0][0].high")->size, 2u);
  EXPECT_TRUE(symbols_->find_variable("counter")->is_signed);
  EXPECT_FALSE(symbols_->find_variable("big")->is_signed);
  EXPECT_EQ(symbols_->find_variable("big")->size, 8u);
  EXPECT_EQ(symbols_->find_variable("s.flags")->size, 3u);
  EXPECT_EQ(symbols_->find_variable("calls")->size, 4u) << "static in a function";
}

TEST_F(SymbolsTest, expressions_that_name_nothing_find_nothing) {
  for (const char* wrong :
       {"", ".", "nothing", "s.", "s.c", "s..a", "table[4][0]", "table[0]", "table[0][0", "s[0]",
        "table[-1][0]", "table[0][0].next.key", "counter.x", "table[x][0]", "s.a "})
    EXPECT_FALSE(symbols_->find_variable(wrong)) << wrong;
}

TEST_F(SymbolsTest, the_users_variables_are_listed) {
  EXPECT_EQ(symbols_->user_variables(),
            (std::vector<std::string>{"alone", "big", "calls", "counter", "entry", "s", "table",
                                      "text"}));
}

TEST_F(SymbolsTest, members_are_found_by_names) {
  EXPECT_EQ(symbols_->member_offset("node", "next"), 8u);
  EXPECT_EQ(symbols_->member_offset("node", "high"), 18u);
  EXPECT_EQ(symbols_->member_offset("node", "none"), std::nullopt);
  EXPECT_EQ(symbols_->member_offset("none", "next"), std::nullopt);
}

TEST_F(SymbolsTest, an_absolute_path_is_shown_as_it_was_given) {
  const fs::path file = scratch_->path() / "lost.c";
  run::CompileOptions options;
  options.include_dirs = {"include"};
  const run::Symbols symbols(run::build_program({file}, options));
  EXPECT_EQ(symbols.at(*symbols.address_of("start") + 1).file, file.string());
  EXPECT_FALSE(symbols.pcs_of_line("lost.c", line_of(source(), "calls++")).empty());
}

TEST_F(SymbolsTest, the_first_answer_comes_within_a_tenth_of_a_second) {
  const auto begin = std::chrono::steady_clock::now();
  const run::Symbols symbols(program_);
  symbols.at(*symbols.address_of("start") + 1);
  symbols.variable(*symbols.address_of("counter"), 4);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(100));
}

}  // namespace

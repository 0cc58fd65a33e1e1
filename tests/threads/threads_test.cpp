// SPDX-License-Identifier: MIT
// The executor `threads`: whole runs, findings, faults, and what it refuses.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>

#include "cpu/threads/executor.h"
#include "sim/core/error.h"
#include "sim/run/merge.h"
#include "tests/threads/on_threads.h"

namespace threads_test {
namespace {

template <unsigned kCpus>
run::Config on(run::Config config) {
  config.cpus = kCpus;
  config.steps_max = 200'000'000;
  if (kCpus > 8) config.time_max_ns = 20'000'000;  // threads take their time to begin
  return config;
}

TEST(Threads, bind_every_name_of_the_hardware) {
  for (const char* name : cpu::abi_names()) {
    if (std::string(name) == "hw_current") continue;
    EXPECT_NE(cpu::threads::abi_symbol(name), nullptr) << name;
    EXPECT_NE(cpu::threads::abi_symbol(name), cpu::abi_symbol(name)) << name;
  }
}

void expect_the_whole_kernel_clean(run::Config (*on_cpus)(run::Config)) {
  const Outcome outcome = run_lesson("whole-kernel/fixed", on_cpus);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.all();
  EXPECT_NE(outcome.log.find(" sectors, "), std::string::npos) << outcome.log;
}

TEST(Threads, run_the_whole_kernel_on_one_cpu) { expect_the_whole_kernel_clean(on<1>); }
TEST(Threads, run_the_whole_kernel_on_two_cpus) { expect_the_whole_kernel_clean(on<2>); }
TEST(Threads, run_the_whole_kernel_on_four_cpus) { expect_the_whole_kernel_clean(on<4>); }
TEST(Threads, run_the_whole_kernel_on_eight_cpus) { expect_the_whole_kernel_clean(on<8>); }
TEST(Threads, run_the_whole_kernel_on_64_cpus) { expect_the_whole_kernel_clean(on<64>); }

TEST(Threads, find_what_is_broken_in_the_whole_kernel) {
  const Outcome outcome = run_lesson("whole-kernel/broken", on<4>);
  EXPECT_NE(outcome.names.find("lock-order"), std::string::npos) << outcome.all();
}

// Ten runs, none like another: each ends, and lockdep always says what may happen.
TEST(Threads, ab_ba_is_foretold_and_never_hangs) {
  for (int i = 0; i < 10; ++i) {
    const Outcome outcome = run_lesson("ab-ba/broken", on<2>);
    EXPECT_TRUE(outcome.verdict == "deadlock" || outcome.verdict == "lock-order") << outcome.all();
    EXPECT_NE(outcome.names.find("lock-order"), std::string::npos) << outcome.all();
    if (outcome.verdict == "deadlock") {
      EXPECT_NE(outcome.findings.find("wait for each other"), std::string::npos);
    }
  }
}

// Merged by steps, every acquisition comes after the release before it.
TEST(Threads, hand_locks_over_in_the_order_of_the_trace) {
  run::Config config = on<4>({});
  config.executor = "threads";
  config.params = {{"tasks", "4"}, {"rounds", "5000"}, {"pin", "1"}};
  run::Session session(run::build_program({TEST_SOURCE_DIR "/tests/locks/guest/exclusion.c"}),
                       config);
  cli::run_to_end(session);
  ASSERT_EQ(session.verdict(), "clean");
  std::map<uint32_t, int> holders;
  uint64_t acquired = 0, step = 0;
  run::Merge merge(session.trace());
  while (const sim::Event* e = merge.next()) {
    EXPECT_GE(e->step, step);
    step = e->step;
    const bool user = e->object >= HW_MODULE_BASE && e->object < HW_PERCPU_BASE;
    if (!user) continue;
    int& inside = holders[e->object];
    if (e->kind == EV_LOCK_ACQUIRED) {
      ASSERT_EQ(inside++, 0) << "step " << e->step;
      ++acquired;
    } else if (e->kind == EV_LOCK_RELEASE) {
      ASSERT_EQ(inside--, 1) << "step " << e->step;
    }
  }
  EXPECT_GT(acquired, 20'000u);
}

// Faults. --------------------------------------------------------------------------

TEST(Threads, a_null_access_is_an_oops) {
  const Outcome outcome = run_text("\t*(volatile int *)8 = 1;\n", "", on<2>({}));
  EXPECT_EQ(outcome.verdict, "oops") << outcome.all();
  EXPECT_NE(outcome.findings.find("NULL pointer"), std::string::npos) << outcome.all();
}

TEST(Threads, a_division_by_zero_on_another_cpu_is_an_oops) {
  const Outcome outcome =
      run_text("\twake_up_process(kthread_create_on_cpu(work, NULL, 1, \"w/%u\"));\n",
               "static volatile int zero;\n"
               "static int work(void *unused)\n{\n\treturn 100 / zero;\n}\n",
               on<2>({}));
  EXPECT_EQ(outcome.verdict, "oops") << outcome.all();
  EXPECT_NE(outcome.findings.find("divide error"), std::string::npos) << outcome.all();
  EXPECT_NE(outcome.findings.find("CPU: 1"), std::string::npos) << outcome.all();
}

TEST(Threads, endless_recursion_is_an_oops) {
  const Outcome outcome =
      run_text("\tint n = 0;\n\tdeep(&n);\n",
               "static noinline int deep(volatile int *n)\n{\n"
               "\tvolatile int here = *n + 1;\n\treturn deep(&here) + here;\n}\n",
               on<2>({}));
  EXPECT_EQ(outcome.verdict, "oops") << outcome.all();
}

TEST(Threads, a_bug_ends_the_run) {
  EXPECT_EQ(run_text("\tBUG();\n", "", on<2>({})).verdict, "bug");
}

TEST(Threads, a_loop_without_hooks_is_a_livelock) {
  const Outcome outcome = run_text("\tasm volatile(\"1: jmp 1b\");\n", "", on<2>({}));
  EXPECT_EQ(outcome.verdict, "livelock") << outcome.all();
}

TEST(Threads, a_loop_with_hooks_ends_at_the_step_limit) {
  run::Config config = on<2>({});
  config.steps_max = 20'000;
  const Outcome outcome = run_text("\tfor (volatile int i = 0;; i++)\n\t\t;\n", "", config);
  EXPECT_EQ(outcome.verdict, "step-limit");
  EXPECT_LT(outcome.steps, 40'000u);
}

TEST(Threads, waiting_for_ever_with_interrupts_off_is_a_deadlock) {
  const Outcome outcome = run_text(
      "\tstatic int never;\n\tlocal_irq_disable();\n"
      "\twhile (!READ_ONCE(never))\n\t\tcpu_relax();\n",
      "", on<2>({}));
  EXPECT_EQ(outcome.verdict, "deadlock") << outcome.all();
}

TEST(Threads, a_lock_taken_twice_is_a_deadlock) {
  const Outcome outcome = run_text("\tspin_lock(&lock);\n\tspin_lock(&lock);\n",
                                   "static DEFINE_SPINLOCK(lock);\n", on<2>({}));
  EXPECT_EQ(outcome.verdict, "deadlock") << outcome.all();
}

TEST(Threads, use_after_free_is_found) {
  const Outcome outcome = run_text("\tint *p = kmalloc(16, GFP_KERNEL);\n\tkfree(p);\n\t*p = 1;\n",
                                   "#include <linux/slab.h>\n", on<2>({}));
  EXPECT_EQ(outcome.verdict, "use-after-free") << outcome.all();
}

// Refusals. ------------------------------------------------------------------------

struct Refusal {
  int status = -1;
  std::string sentence;
};

// The program itself, with its complaint.
Refusal refused(const std::string& words) {
  const std::string command =
      TEST_BINARY_DIR "/sim/cli/lockstep " + words + " --executor threads 2>&1 >/dev/null";
  Refusal refusal;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return refusal;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) refusal.sentence += static_cast<char>(c);
  const int status = pclose(pipe);
  refusal.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return refusal;
}

TEST(Threads, refuse_what_needs_the_same_run_twice) {
  for (const char* words : {"explore ab-ba", "play ab-ba", "run ab-ba --schedule-out never-written",
                            "run ab-ba --arbiter random", "run ab-ba --check lockdep,race"}) {
    const Refusal refusal = refused(words);
    EXPECT_EQ(refusal.status, 2) << words;
    EXPECT_NE(refusal.sentence.find("needs --executor lockstep"), std::string::npos)
        << refusal.sentence;
    EXPECT_EQ(std::count(refusal.sentence.begin(), refusal.sentence.end(), '\n'), 1)
        << refusal.sentence;
  }
}

TEST(Threads, sessions_refuse_to_go_back) {
  run::Config config;
  config.executor = "threads";
  const run::Variant variant = run::find_variant(run::load_lessons(), "ab-ba/fixed");
  run::Session session(run::build_variant(variant), config);
  cli::run_to_end(session);
  EXPECT_THROW(session.back(run::Unit::kStep), sim::UserError);
  EXPECT_THROW(session.seek(10), sim::UserError);
  EXPECT_THROW(session.step(run::Unit::kLine), sim::UserError);
  EXPECT_THROW(session.choose(0), sim::UserError);
  EXPECT_THROW(session.set_breakpoints({HW_MODULE_BASE}), sim::UserError);
  EXPECT_THROW(session.schedule(), sim::UserError);
  EXPECT_EQ(session.trace_hash(), "");
}

TEST(Threads, say_in_json_that_there_is_no_hash_and_no_schedule) {
  run::Config config;
  config.executor = "threads";
  const run::Variant variant = run::find_variant(run::load_lessons(), "ab-ba/fixed");
  run::Session session(run::build_variant(variant), config);
  cli::run_to_end(session);
  const cli::Json json = cli::to_json({session, "clean", "lockstep run ab-ba/fixed"});
  EXPECT_TRUE(json.at("trace_hash").is_null());
  EXPECT_TRUE(json.at("schedule").is_null());
  EXPECT_EQ(json.at("verdict"), "clean");
}

}  // namespace
}  // namespace threads_test

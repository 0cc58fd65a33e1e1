// SPDX-License-Identifier: MIT
// Whatever guest code does is a finding: status 1, and the process lives.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/modules.h"
#include "tests/cli/shell.h"

namespace {

using nlohmann::json;

json run_json(const std::string& text, const std::string& options = "") {
  const std::string name = shell::write_file("fault.c", text);
  const shell::Outcome outcome = shell::lockstep("run " + name + " --json " + options);
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("replay: lockstep run fault.c"), std::string::npos) << outcome.err;
  return json::parse(outcome.out, nullptr, false);
}

TEST(GuestFaults, a_null_access_is_an_oops) {
  const json result = run_json(modules::with_init("\t*(volatile int *)8 = 1;\n"));
  EXPECT_EQ(result.at("verdict"), "oops");
  EXPECT_NE(result.at("findings").at(0).at("title").get<std::string>().find("NULL pointer"),
            std::string::npos);
}

TEST(GuestFaults, a_wild_access_is_an_oops) {
  EXPECT_EQ(run_json(modules::with_init("\t*(volatile int *)0xdeadbeef000 = 1;\n")).at("verdict"),
            "oops");
}

TEST(GuestFaults, endless_recursion_is_an_oops) {
  const std::string deep =
      "static noinline int deep(volatile int *n)\n{\n"
      "\tvolatile int here = *n + 1;\n\treturn deep(&here) + here;\n}\n";
  EXPECT_EQ(run_json(modules::with_init("\tint n = 0;\n\tdeep(&n);\n", deep)).at("verdict"),
            "oops");
}

TEST(GuestFaults, a_loop_without_hooks_is_a_livelock) {
  EXPECT_EQ(run_json(modules::with_init("\tasm volatile(\"1: jmp 1b\");\n")).at("verdict"),
            "livelock");
}

TEST(GuestFaults, a_loop_with_hooks_ends_at_the_step_limit) {
  const json result =
      run_json(modules::with_init("\tfor (volatile int i = 0;; i++)\n\t\t;\n"), "--steps 200000");
  EXPECT_EQ(result.at("verdict"), "step-limit");
}

TEST(GuestFaults, waiting_for_ever_with_interrupts_off_ends_though_devices_go_on) {
  const std::string wait =
      "\tstatic int never;\n\tlocal_irq_disable();\n"
      "\twhile (!READ_ONCE(never))\n\t\tcpu_relax();\n";
  for (const char* cpus : {"1", "2"}) {
    const json result =
        run_json(modules::with_init(wait), std::string("--source eth0=100000 --cpus ") + cpus);
    EXPECT_EQ(result.at("verdict"), "deadlock") << cpus;
  }
}

TEST(GuestFaults, bug_on_is_a_bug_with_its_line) {
  const json result = run_json(modules::with_init("\tBUG_ON(1 + 1 == 2);\n"));
  EXPECT_EQ(result.at("verdict"), "bug");
  EXPECT_NE(result.at("findings").at(0).at("text").get<std::string>().find("fault.c:6"),
            std::string::npos);
}

TEST(GuestFaults, a_division_by_zero_is_an_oops) {
  EXPECT_EQ(run_json(modules::with_init("\tvolatile int z = 0;\n\tz = 7 / z;\n")).at("verdict"),
            "oops");
}

}  // namespace

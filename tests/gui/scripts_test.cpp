// SPDX-License-Identifier: MIT
// People, written down: every script acts on the real machine.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <vector>

#include "gui/app.h"
#include "sim/core/error.h"
#include "sim/run/schedule.h"
#include "sim/run/session.h"

namespace gui {
namespace {

const std::string kScripts = std::string(TEST_SOURCE_DIR) + "/tests/gui/scripts/";

// What the window offers, and the scripts that act it out.
const std::map<std::string, std::vector<std::string>> kActedOut = {
    {"controls: play, speed, steps, looks, keys", {"controls.script", "jumps.script"}},
    {"controls: seed, CPUs, settings of the machine", {"lessons.script", "setup.script"}},
    {"controls: executor", {"executor.script"}},
    {"timeline: zoom, pan, select, measure, bookmarks", {"timeline.script", "jumps.script"}},
    {"timeline: the chain of blockers", {"chain.script"}},
    {"source: two listings, hits, moments, breakpoints", {"source.script"}},
    {"locks: who holds and waits, the cycle", {"ab-ba.script"}},
    {"locks: lockdep's order", {"lock-order.script"}},
    {"interrupts: rate, pattern, CPUs, fire, NMI, softirqs", {"irq.script"}},
    {"interrupts: tasklets", {"tasklets.script"}},
    {"RCU, CPUs, log, findings, statistics, variables", {"panels.script"}},
    {"the guest's /proc", {"proc.script"}},
    {"lessons: variants, difference, next; you schedule", {"lessons.script"}},
    {"files: dropped, saved, F5, errors at their lines", {"files.script"}},
    {"files: pictures, traces, schedules", {"menu.script"}},
};

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

int act(const std::string& script, const std::string& what) {
  Options options;
  options.headless = true;
  options.names = {what};
  options.script = kScripts + script;
  options.theme = "dark";
  options.scale = 1;
  return gui::main(options);
}

std::string written(const std::string& name, const std::string& text) {
  const std::string path = testing::TempDir() + name;
  std::ofstream(path) << text;
  return path;
}

bool begins(const std::string& path, const std::string& with) {
  std::ifstream in(path, std::ios::binary);
  std::string start(with.size() + 1, ' ');
  return in.read(start.data(), static_cast<std::streamsize>(start.size())) &&
         start.starts_with(with);
}

TEST(Script, every_script_is_in_the_table_and_acted_out) {
  std::set<std::string> named, there;
  for (const auto& [item, scripts] : kActedOut) named.insert(scripts.begin(), scripts.end());
  for (const auto& entry : std::filesystem::directory_iterator(kScripts))
    there.insert(entry.path().filename().string());
  EXPECT_EQ(named, there);
  const std::string tests = text_of(std::string(TEST_SOURCE_DIR) + "/tests/gui/scripts_test.cpp");
  const std::string acts = tests.substr(tests.find("TEST(Script,"));
  for (const std::string& script : there)
    EXPECT_NE(acts.find('"' + script + '"'), acts.npos) << script;
}

TEST(Script, a_deadlock_is_run_to_shown_and_stepped_out_of) {
  EXPECT_EQ(act("ab-ba.script", "ab-ba"), 0);
}
TEST(Script, every_control_works_by_mouse_and_by_key) {
  EXPECT_EQ(act("controls.script", "ab-ba"), 0);
}
TEST(Script, the_timeline_zooms_pans_selects_and_measures) {
  EXPECT_EQ(act("timeline.script", "ab-ba"), 0);
}
TEST(Script, every_panel_shows_at_every_size) { EXPECT_EQ(act("panels.script", "ab-ba"), 0); }
TEST(Script, proc_reads_as_the_command_prints_it) { EXPECT_EQ(act("proc.script", "irq-storm"), 0); }
TEST(Script, lessons_variants_and_settings_open_new_machines) {
  EXPECT_EQ(act("lessons.script", "ab-ba"), 0);
}

TEST(Script, on_threads_it_runs_and_what_needs_the_same_run_twice_is_greyed) {
  EXPECT_EQ(act("executor.script", "lost-update"), 0);
}

TEST(Script, jumps_bookmarks_steps_of_one_cpu_and_commands_by_words) {
  EXPECT_EQ(act("jumps.script", "ab-ba"), 0);
}

TEST(Script, the_order_of_locks_is_drawn_and_its_circle_marked) {
  EXPECT_EQ(act("lock-order.script", "ab-ba"), 0);
}

TEST(Script, the_source_shows_how_often_lines_ran_and_stops_at_breakpoints) {
  EXPECT_EQ(act("source.script", "ab-ba"), 0);
}
TEST(Script, pictures_traces_and_schedules_are_written_from_the_menu) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(testing::TempDir());
  EXPECT_EQ(act("menu.script", "ab-ba"), 0);
  EXPECT_TRUE(begins("ab-ba-broken-timeline.png", "\x89PNG"));
  EXPECT_TRUE(begins("ab-ba-broken.png", "\x89PNG"));
  EXPECT_TRUE(begins("ab-ba-broken.perfetto.json", "{"));
  EXPECT_TRUE(begins("ab-ba-broken.schedule", ""));
  std::filesystem::current_path(before);
}

int act_on_guest(const std::string& script, const std::string& guest,
                 const std::vector<std::pair<std::string, std::string>>& settings) {
  Options options;
  options.headless = true;
  options.names = {std::string(TEST_SOURCE_DIR) + "/tests/gui/guest/" + guest};
  options.settings = settings;
  options.script = kScripts + script;
  options.theme = "dark";
  options.scale = 1;
  return gui::main(options);
}

TEST(Script, the_chain_of_blockers_is_walked_to_its_end_and_back) {
  EXPECT_EQ(act_on_guest("chain.script", "chain.c", {{"cpus", "4"}}), 0);
}

TEST(Script, tasklets_are_counted_beside_their_softirqs) {
  EXPECT_EQ(act_on_guest("tasklets.script", "tasklets.c", {{"cpus", "2"}}), 0);
}

TEST(Script, every_arbiter_spinlock_and_preemption_model_runs) {
  EXPECT_EQ(act("setup.script", "ab-ba/fixed"), 0);
}

// A module that says one word; line 5 is the one that does so.
std::string says(const std::string& word) {
  return "#include <linux/module.h>\n#include <linux/printk.h>\nstatic int __init start(void)\n{\n"
         "\tpr_info(" +
         word + ");\n\treturn 0;\n}\nmodule_init(start);\nMODULE_LICENSE(\"Dual MIT/GPL\");\n";
}

TEST(Script, a_file_is_dropped_saved_and_its_errors_stand_at_their_lines) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(testing::TempDir());
  written("dropped.c", says("\"first\\n\""));
  written("edited.c", says("\"second\\n\""));
  written("wrong.c", says("no_such_word"));
  EXPECT_EQ(act("files.script", "ab-ba"), 0);
  std::filesystem::current_path(before);
}

TEST(Script, interrupts_are_turned_up_sent_elsewhere_and_replay) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(testing::TempDir());
  EXPECT_EQ(act_on_guest("irq.script", "nic.c", {{"cpus", "4"}, {"source", "eth0=100000"}}), 0);
  const std::string text = text_of("nic.schedule");
  for (const char* input : {"\nfire ", "\nset ", "\nroute ", "\nsend "})
    EXPECT_NE(text.find(input), text.npos) << input;
  const run::Schedule schedule = run::parse_schedule(text);
  const auto again =
      run::Session::replay(text, [&](const std::string&) { return run::program_of(schedule); });
  run::Limit limit;
  limit.step = schedule.end_step;
  limit.at_finding = false;
  again->run(limit);
  EXPECT_EQ(again->trace_hash(), schedule.trace_hash);
  std::filesystem::current_path(before);
}

TEST(Script, c_that_does_not_compile_is_shown_and_the_window_stays) {
  const std::string file = written("uncompiled.c", "#include <linux/module.h>\nint x = ;\n");
  const std::string script = written("uncompiled.script",
                                     "wait-sim error != \nwait error != \ncheck\n"
                                     "click error.close\nexpect error absent\ncheck\n");
  Options options;
  options.headless = true;
  options.names = {file};
  options.script = script;
  EXPECT_EQ(gui::main(options), 0);
}

TEST(Script, an_unknown_lesson_is_told_in_a_sentence) {
  Options options;
  options.headless = true;
  options.names = {"ab-bo"};
  options.script = kScripts + "ab-ba.script";
  EXPECT_THROW(gui::main(options), sim::UserError);
}

TEST(Script, a_wrong_expectation_fails) {
  Options options;
  options.headless = true;
  options.names = {"ab-ba"};
  options.script = written("fails.script", "wait-sim open == 1\nexpect no.such.widget == 1\n");
  EXPECT_EQ(gui::main(options), 1);
}

}  // namespace
}  // namespace gui

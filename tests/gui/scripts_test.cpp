// SPDX-License-Identifier: MIT
// People, written down: every script acts on the real machine.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gui/app.h"
#include "sim/core/error.h"
#include "sim/run/schedule.h"
#include "sim/run/session.h"

namespace gui {
namespace {

const std::string kScripts = std::string(TEST_SOURCE_DIR) + "/tests/gui/scripts/";

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

TEST(Script, interrupts_are_turned_up_sent_elsewhere_and_replay) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(testing::TempDir());
  Options options;
  options.headless = true;
  options.names = {std::string(TEST_SOURCE_DIR) + "/tests/gui/guest/nic.c"};
  options.settings = {{"cpus", "4"}, {"source", "eth0=100000"}};
  options.script = kScripts + "irq.script";
  options.theme = "dark";
  options.scale = 1;
  EXPECT_EQ(gui::main(options), 0);
  std::ifstream in("nic.schedule");
  const std::string text(std::istreambuf_iterator<char>(in), {});
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
  const std::string file = written("wrong.c", "#include <linux/module.h>\nint x = ;\n");
  const std::string script = written("wrong.script",
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

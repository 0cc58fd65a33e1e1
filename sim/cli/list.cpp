// SPDX-License-Identifier: MIT
// lockstep list: the lessons, in the order of the course.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/run/lesson.h"

namespace cli {

namespace {

void list_json(const std::vector<run::Lesson>& lessons) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const run::Lesson& lesson : lessons) {
    list.push_back({{"name", lesson.name},
                    {"title", lesson.title},
                    {"chapter", lesson.chapter},
                    {"variants", run::Lesson::variants()}});
  }
  fmt::print("{}\n", nlohmann::ordered_json{{"lessons", list}}.dump(2));
}

void list_text(const std::vector<run::Lesson>& lessons) {
  std::string chapter;
  for (const run::Lesson& lesson : lessons) {
    if (lesson.chapter != chapter)
      fmt::print("{}{}\n", chapter.empty() ? "" : "\n", lesson.chapter);
    chapter = lesson.chapter;
    fmt::print("  {:<20} {}\n", lesson.name, lesson.title);
  }
  fmt::print("\nRun one: lockstep run NAME/broken, then NAME/fixed.\n");
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("list", "Name the lessons");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "One JSON object on stdout (default: text)");
  command->callback([&action, json] {
    action = [json] {
      const std::vector<run::Lesson> lessons = run::load_lessons();
      *json ? list_json(lessons) : list_text(lessons);
      return kAsExpected;
    };
  });
}

}  // namespace cli

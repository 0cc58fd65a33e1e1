// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "sim/core/error.h"
#include "sim/run/lesson.h"

namespace run {
namespace {

const std::string kGood =
    "---\n"
    "title: A title\n"
    "chapter: 1 Shared data\n"
    "question: Is it so?\n"
    "order: 5\n"
    "cpus: 4\n"
    "source: eth0=20k\n"
    "source: disk=10:periodic\n"
    "expect-broken: deadlock\n"
    "expect-fixed: clean\n"
    "---\n"
    "The text.\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string message_of(const std::string& text) {
  try {
    parse_lesson(text, "lesson.md");
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(FrontMatter, every_key_is_read) {
  const Lesson lesson = parse_lesson(kGood, "lesson.md");
  EXPECT_EQ(lesson.title, "A title");
  EXPECT_EQ(lesson.chapter, "1 Shared data");
  EXPECT_EQ(lesson.question, "Is it so?");
  EXPECT_EQ(lesson.order, 5u);
  EXPECT_EQ(lesson.config.cpus, 4u);
  EXPECT_EQ(lesson.config.sources.size(), 2u);
  EXPECT_EQ(lesson.expected("broken"), "deadlock");
  EXPECT_EQ(lesson.expected("fixed"), "clean");
  EXPECT_EQ(lesson.text, "The text.\n");
}

TEST(FrontMatter, what_is_wrong_is_named_with_its_line) {
  EXPECT_EQ(message_of(kGood), "accepted");
  EXPECT_EQ(message_of("title: x\n").find("lesson.md:1:"), 0u);
  EXPECT_EQ(message_of(replaced(kGood, "cpus: 4", "cpus: 0")).find("lesson.md:6: "), 0u);
  EXPECT_EQ(message_of(replaced(kGood, "cpus: 4", "cpus 4")).find("lesson.md:6: "), 0u);
  EXPECT_EQ(message_of(replaced(kGood, "order: 5", "cpus: 5")).find("lesson.md:6: "), 0u);
  EXPECT_NE(message_of(replaced(kGood, ": deadlock", ": deadlok")).find("nearest is deadlock"),
            std::string::npos);
  EXPECT_NE(message_of(replaced(kGood, "title: A title\n", "")).find("lacks \"title:\""),
            std::string::npos);
  EXPECT_NE(message_of(kGood.substr(0, kGood.size() - 14)).find("no closing ---"),
            std::string::npos);
}

TEST(FrontMatter, a_lesson_is_found_by_name_and_variant_or_the_nearest_is_told) {
  const std::vector<Lesson> lessons = load_lessons(TEST_SOURCE_DIR "/demos");
  ASSERT_FALSE(lessons.empty());
  EXPECT_EQ(find_variant(lessons, "ab-ba").variant, "broken");
  EXPECT_EQ(find_variant(lessons, "ab-ba/fixed").name(), "ab-ba/fixed");
  try {
    find_variant(lessons, "ab-bb");
    FAIL();
  } catch (const sim::UserError& error) {
    EXPECT_NE(std::string(error.what()).find("nearest is ab-ba"), std::string::npos);
  }
  EXPECT_THROW(find_variant(lessons, "ab-ba/fxied"), sim::UserError);
}

TEST(FrontMatter, every_lesson_has_both_variants_and_a_place_of_its_own) {
  unsigned last = 0;
  for (const Lesson& lesson : load_lessons(TEST_SOURCE_DIR "/demos")) {
    for (const std::string& variant : Lesson::variants()) {
      EXPECT_TRUE(std::filesystem::exists(lesson.file(variant))) << lesson.name;
    }
    EXPECT_GT(lesson.order, last) << lesson.name << ": two lessons with one order";
    last = lesson.order;
    EXPECT_NE(lesson.text.find("## What to watch"), std::string::npos) << lesson.name;
    EXPECT_NE(lesson.text.find("## Why"), std::string::npos) << lesson.name;
    EXPECT_NE(lesson.text.find("## The moral"), std::string::npos) << lesson.name;
  }
}

}  // namespace
}  // namespace run

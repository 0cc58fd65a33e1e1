// SPDX-License-Identifier: MIT
// A lesson: a folder under demos/ with broken.c, fixed.c and lesson.md.
//
// lesson.md begins with front matter: lines `key: value` between two lines of
// `---`. The rest is the text: what to watch, why, the moral (Markdown).
//
//   ---
//   title: A counter that two CPUs add to
//   chapter: 1 Shared data
//   question: Two threads add 100 each. Is the sum 200?
//   order: 10                      place in the course
//   cpus: 2                        any setting of sim/run/settings.h
//   source: eth0=20000:poisson     may be repeated, as may param
//   expect-broken: bug             the verdict that broken.c must give
//   expect-fixed: clean
//   ---
//
// The same words serve the command, the window and the tests. A lesson's name
// is its folder's. Malformed front matter throws sim::UserError with the line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/run/config.h"
#include "sim/run/program.h"

namespace run {

// Every verdict that a run can have, the gravest first; what expect-* and --json
// speak. Of several findings the gravest is the verdict.
const std::vector<std::string>& verdicts();

struct Lesson {
  std::string name;  // "lost-update"
  std::string title;
  std::string chapter;
  std::string question;
  unsigned order = 0;
  Config config;                            // of both variants
  std::string expect_broken, expect_fixed;  // verdicts
  std::string text;                         // after the front matter
  std::filesystem::path folder;

  static const std::vector<std::string>& variants();  // "broken", "fixed"
  std::filesystem::path file(const std::string& variant) const;
  const std::string& expected(const std::string& variant) const;
};

// One lesson from its lesson.md's text; `origin` names the file in messages.
Lesson parse_lesson(std::string_view text, const std::string& origin);

// All lessons of the installation (home()/demos), in the order of the course.
std::vector<Lesson> load_lessons();
std::vector<Lesson> load_lessons(const std::filesystem::path& folder);

// A variant of a lesson: "ab-ba/fixed"; "ab-ba" alone is its broken one.
struct Variant {
  Lesson lesson;
  std::string variant;
  std::string name() const { return lesson.name + "/" + variant; }
};

// Throws sim::UserError that names the nearest lesson or variant.
Variant find_variant(const std::vector<Lesson>& lessons, const std::string& name);

// Compiles the variant; Program::name is the variant's.
Program build_variant(const Variant& variant, const CompileOptions& options = {});

}  // namespace run

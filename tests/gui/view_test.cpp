// SPDX-License-Identifier: MIT
#include "gui/model/view.h"

#include <gtest/gtest.h>

#include <set>

#include "gui/model/action.h"
#include "gui/model/source.h"

namespace gui {
namespace {

TEST(View, zoom_keeps_the_time_under_the_mouse) {
  View v{0, 1e6};
  const double under = v.time(300, 1000);
  v.zoom(under, 0.5, 1e6);
  EXPECT_NEAR(v.x(under, 1000), 300, 0.01);
  EXPECT_DOUBLE_EQ(v.span(), 5e5);
}

TEST(View, it_stays_near_the_data) {
  View v{0, 1e6};
  v.pan(1e9, 1e6);
  EXPECT_LT(v.t0, 1e6);
  v.pan(-1e12, 1e6);
  EXPECT_GT(v.t1, 0);
  for (int i = 0; i < 200; ++i) v.zoom(0, 0.5, 1e6);
  EXPECT_DOUBLE_EQ(v.span(), View::kNarrowest);
  for (int i = 0; i < 200; ++i) v.zoom(0, 2, 1e6);
  EXPECT_LE(v.span(), 1.2e6);
}

TEST(View, animation_arrives) {
  View v{0, 100}, target{5000, 9000};
  int frames = 0;
  while (v.approach(target, 1 / 60.0)) ASSERT_LT(++frames, 60);
  EXPECT_DOUBLE_EQ(v.t0, 5000);
}

TEST(View, far_from_the_start_marks_count_from_a_round_base) {
  const Ruler r = ruler({2'905'900, 2'910'400}, 1000, 90);
  EXPECT_EQ(r.base, 2'900'000);
  EXPECT_EQ(r.ticks.front().time, 2'906'000);
  EXPECT_EQ(r.ticks.front().label, "6.0 \xC2\xB5s");
  EXPECT_EQ(r.label(2'907'114), "7.11 \xC2\xB5s");
  EXPECT_EQ(ruler({-100, 26'000}, 1000, 90).base, 0);
  EXPECT_EQ(ruler({1e15, 1e15 + 100}, 1000, 90).label(1e15 + 7), "7 ns");
}

TEST(View, ticks_are_round_and_not_too_dense) {
  for (double span = 30; span < 1e12; span *= 3.7) {
    const View v{span * 0.1, span * 1.1};
    const auto marks = ruler(v, 1000, 90).ticks;
    ASSERT_GE(marks.size(), 2u);
    EXPECT_LE(marks.size(), 12u);
    std::set<std::string> labels;
    for (const Tick& t : marks) labels.insert(t.label);
    EXPECT_EQ(labels.size(), marks.size()) << span;
  }
}

TEST(View, numbers_carry_units) {
  EXPECT_EQ(duration_text(46'000), "46.0 \xC2\xB5s");
  EXPECT_EQ(duration_text(999), "999 ns");
  EXPECT_EQ(duration_text(1'250'000), "1.25 ms");
  EXPECT_EQ(moment_text(1'284'376'400), "1.284 376 400 s");
  EXPECT_EQ(count_text(18204551), "18,204,551");
  EXPECT_EQ(count_text(12), "12");
}

TEST(Action, names_and_keys_are_unique) {
  std::set<std::string_view> names, keys;
  for (const ActionInfo& a : actions()) {
    EXPECT_TRUE(names.insert(a.name).second) << a.name;
    EXPECT_TRUE(keys.insert(a.keys).second) << a.keys;
    EXPECT_FALSE(a.keys.empty()) << a.name;
    EXPECT_EQ(action_of_name(a.name), a.action);
  }
  EXPECT_EQ(action_of_key("space"), Action::kPlay);
  EXPECT_EQ(action_of_key("f1"), Action::kHelp);
  EXPECT_EQ(action_of_key("ctrl+x"), Action::kNone);
}

TEST(Action, the_palette_finds_by_words) {
  const auto found = matching_actions("next conten");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]->action, Action::kNextContention);
  EXPECT_EQ(matching_actions("").size(), actions().size());
}

TEST(Source, words_have_their_colours) {
  const SourceFile f =
      parse_source("a.c", "int x; /* two\nlines */ spin_lock(&x);\n\treturn \"a//b\";");
  ASSERT_EQ(f.lines.size(), 3u);
  EXPECT_EQ(f.lines[0].words[0].ink, Ink::kKeyword);
  EXPECT_EQ(f.lines[0].words.back().ink, Ink::kComment);
  EXPECT_EQ(f.lines[1].words[0].ink, Ink::kComment);
  EXPECT_EQ(f.lines[1].words[2].ink, Ink::kLockCall);
  EXPECT_EQ(f.lines[2].text.find("return"), 8u);
  for (const SourceLine& line : f.lines) {
    unsigned at = 0;
    for (const Word& w : line.words) {
      EXPECT_EQ(w.begin, at);
      at = w.end;
    }
    EXPECT_EQ(at, line.text.size());
  }
}

}  // namespace
}  // namespace gui

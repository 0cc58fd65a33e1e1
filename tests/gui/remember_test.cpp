// SPDX-License-Identifier: MIT
#include "gui/app/remember.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gui/app/script.h"
#include "tests/gui/world.h"

namespace gui {
namespace {

struct Remember : testing::Test {
  Remember() {
    folder = testing::TempDir() + "remember";
    std::filesystem::remove_all(folder);
    setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
  }
  ~Remember() override { unsetenv("XDG_CONFIG_HOME"); }

  // A window on the small world, as a start with what is remembered has it.
  struct Window {
    Window() : stage({}), script(stage, 2560, 1440) {
      scene::fill_desk(stage.desk, std::string(TEST_SOURCE_DIR) + "/demos/ab-ba/broken.c");
      take_up(stage.desk, load_settings());
      script.step({"frames", "3"});
    }
    float width(const char* id) { return stage.desk.probes.find(id)->rect.w; }
    std::string value(const char* id) { return stage.desk.probes.find(id)->value; }
    Stage stage;
    Script script;
  };
  std::string folder;
};

TEST_F(Remember, what_was_dragged_and_chosen_is_there_at_the_next_start) {
  float timeline = 0;
  {
    Window w;
    const float usual = w.width("panel.timeline");
    EXPECT_TRUE(w.script.step({"drag", "split.left", "60", "0"}));
    EXPECT_TRUE(w.script.step({"drag", "split.log", "0", "-40"}));
    EXPECT_TRUE(w.script.step({"click", "tab.order"}));
    EXPECT_TRUE(w.script.step({"action", "theme"}));
    EXPECT_TRUE(w.script.step({"action", "font-larger"}));
    timeline = w.width("panel.timeline");
    EXPECT_LT(timeline, usual - 50);
    save_settings(left_behind(w.stage.desk));
  }
  Window again;
  EXPECT_EQ(again.width("panel.timeline"), timeline);
  EXPECT_EQ(again.value("tab.order"), "1");
  EXPECT_EQ(again.stage.desk.settings.theme, "light");
  EXPECT_GT(again.stage.desk.look.scale, 1.f);
  EXPECT_TRUE(again.script.step({"check"}));
}

TEST_F(Remember, nonsense_in_the_file_is_left_out) {
  std::filesystem::create_directories(folder + "/lockstep");
  std::ofstream(folder + "/lockstep/window")
      << "scale 99\ntheme pink\nsize left none\nsize right -5\nsize log 1e9\nspeed 1000\ntab\n";
  const Settings s = load_settings();
  EXPECT_EQ(s.theme, "dark");
  EXPECT_LE(s.scale, 2.f);
  EXPECT_TRUE(s.sizes.empty());
  EXPECT_TRUE(s.tabs.empty());
  Window w;
  EXPECT_TRUE(w.script.step({"check"}));
}

TEST_F(Remember, a_size_that_no_longer_fits_leaves_room_for_the_rest) {
  Settings s;
  for (const char* part : {"left", "right", "source", "log", "right.1", "right.2", "right.3"})
    s.sizes[part] = 5000;
  save_settings(s);
  Window w;
  EXPECT_GT(w.width("panel.timeline"), 400);
  EXPECT_TRUE(w.script.step({"check"}));
}

}  // namespace
}  // namespace gui

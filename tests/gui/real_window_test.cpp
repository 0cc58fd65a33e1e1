// SPDX-License-Identifier: MIT
// One test with a real window: a virtual display and real X input.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "gui/app.h"
#include "virtual_display.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

// What the window has written about itself.
struct Probed {
  std::map<std::string, std::string> state;  // "step" -> "12"
  std::map<std::string, std::pair<int, int>> widgets;
};

Probed read_probes(const std::string& path) {
  Probed p;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string first, id;
    words >> first;
    if (first == "widget") {
      int x = 0, y = 0;
      words >> id >> x >> y;
      p.widgets[id] = {x, y};
    } else {
      words >> p.state[first];
    }
  }
  return p;
}

template <typename Condition>
bool eventually(const std::string& path, Condition holds) {
  for (int i = 0; i < 600; ++i) {
    if (holds(read_probes(path))) return true;
    std::this_thread::sleep_for(50ms);
  }
  return false;
}

void xdotool(const std::string& display, const std::string& what) {
  const std::string command = "DISPLAY=" + display + " xdotool " + what;
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
}

TEST(RealWindow, mouse_and_keys_of_a_display_drive_the_machine) {
  VirtualDisplay display;
  ASSERT_NE(display.name(), "") << "Xvfb did not start; .ci/prepare names its package";
  const std::string folder = testing::TempDir() + "lockstep-window";
  std::filesystem::remove_all(folder);  // what an earlier window remembered
  std::filesystem::create_directories(folder);
  const std::string probes = folder + "/probes";
  const pid_t window = fork();
  if (window == 0) {
    setenv("DISPLAY", display.name().c_str(), 1);
    setenv("SDL_VIDEODRIVER", "x11", 1);
    setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
    Options options;
    options.names = {"ab-ba"};
    options.probes = probes;
    options.width = 1280;
    options.height = 720;
    _exit(gui::main(options));
  }
  EXPECT_TRUE(eventually(probes, [](const Probed& p) {
    return p.state.contains("open") && p.state.at("open") == "1" && p.widgets.contains("bar.end");
  }));
  const auto [x, y] = read_probes(probes).widgets["bar.end"];
  xdotool(display.name(), "mousemove " + std::to_string(x) + " " + std::to_string(y) + " click 1");
  EXPECT_TRUE(eventually(probes, [](const Probed& p) {
    return p.state.contains("step") && std::stoul("0" + p.state.at("step")) > 1000;
  }));
  xdotool(display.name(), "key Home");
  EXPECT_TRUE(eventually(probes, [](const Probed& p) {
    return p.state.contains("step") && p.state.at("step") == "0";
  }));
  xdotool(display.name(), "key t");
  xdotool(display.name(), "key ctrl+q");
  int status = -1;
  waitpid(window, &status, 0);
  EXPECT_EQ(status, 0);
  std::ifstream kept(folder + "/lockstep/window");
  std::string key, theme;
  kept >> key >> theme;
  EXPECT_EQ(theme, "light");
}

TEST(RealWindow, without_a_display_the_run_is_text) {
  const pid_t child = fork();
  if (child == 0) {
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    setenv("SDL_VIDEODRIVER", "x11", 1);
    Options options;
    options.without_display = [] { return 42; };
    _exit(gui::main(options));
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 42);
}

}  // namespace
}  // namespace gui

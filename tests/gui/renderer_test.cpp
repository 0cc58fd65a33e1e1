// SPDX-License-Identifier: MIT
// The window's two renderers, on a virtual display whose OpenGL is software.
#include <gtest/gtest.h>
#include <stb_image.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

#include "gui/app/display.h"
#include "sim/core/error.h"
#include "virtual_display.h"

namespace gui {
namespace {

constexpr int kPlainWidth = 1280, kPlainHeight = 720;
constexpr unsigned kRounding = 24;  // of a channel: they round and filter differently
constexpr double kShareOff = 0.01;  // of the pixels that may differ by more
const std::string kNobodySees;      // SDL's driver without pixels to see
constexpr int kNoDisplay = 90, kRefused = 91;

// What `what` returns in a process of its own, on the display of that name.
int on_display(const std::string& display, const Options& options,
               const std::function<int(Stage&)>& what) {
  const pid_t child = fork();
  if (child == 0) {
    setenv("DISPLAY", display.c_str(), 1);
    setenv("SDL_VIDEODRIVER", display.empty() ? "dummy" : "x11", 1);
    if (!Display::exists()) _exit(kNoDisplay);
    Stage stage(options);
    try {
      _exit(what(stage));
    } catch (const sim::UserError& error) {
      std::fprintf(stderr, "%s\n", error.what());
      _exit(kRefused);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Options options_for(const std::string& renderer, int width = kPlainWidth,
                    int height = kPlainHeight) {
  Options o;
  o.names = {"ab-ba"};
  o.theme = "dark";
  o.scale = 1;
  o.renderer = renderer;
  o.width = width;
  o.height = height;
  return o;
}

std::vector<uint32_t> load_rgb(const std::string& png) {
  std::vector<uint32_t> pixels;
  int width = 0, height = 0, channels = 0;
  unsigned char* data = stbi_load(png.c_str(), &width, &height, &channels, 3);
  for (int i = 0; data != nullptr && i < width * height * 3; i += 3)
    pixels.push_back(static_cast<uint32_t>(data[i] << 16 | data[i + 1] << 8 | data[i + 2]));
  stbi_image_free(data);
  return pixels;
}

bool looks_other(uint32_t a, uint32_t b) {
  for (unsigned shift = 0; shift < 24; shift += 8) {
    const unsigned x = a >> shift & 255u, y = b >> shift & 255u;
    if ((x > y ? x - y : y - x) > kRounding) return true;
  }
  return false;
}

TEST(Renderer, opengl_draws_the_picture_that_the_rasteriser_draws) {
  const VirtualDisplay display;
  ASSERT_NE(display.name(), "") << "Xvfb did not start; .ci/prepare names its package";
  const Options options = options_for("gl");
  const int result = on_display(display.name(), options, [&](Stage& stage) {
    stage.open(options);
    Display window(stage, options);
    if (!window.uses_gl()) return 2;
    stage.desk.machine->run_to_end();
    for (int quiet = 0; quiet < 30;
         quiet = stage.desk.is_open() && stage.desk.quiet() ? quiet + 1 : 0)
      window.show(1 / 60.f);
    std::vector<uint32_t> soft(size_t{kPlainWidth} * kPlainHeight);
    stage.frame({soft.data(), kPlainWidth, kPlainHeight, kPlainWidth}, 1 / 60.f);
    stage.desk.shot_wanted = testing::TempDir() + "opengl.png";
    window.show(1 / 60.f);
    const std::vector<uint32_t> hard = load_rgb(testing::TempDir() + "opengl.png");
    if (hard.size() != soft.size()) return 5;
    size_t differ = 0, plain = 0;
    for (size_t i = 0; i < soft.size(); ++i) {
      differ += looks_other(soft[i], hard[i]);
      plain += !looks_other(hard[i], hard[0]);
    }
    std::fprintf(stderr, "%zu of %zu pixels differ, %zu are as the first\n", differ, soft.size(),
                 plain);
    if (plain > soft.size() * 9 / 10) return 3;  // nothing was drawn
    return static_cast<double>(differ) > kShareOff * static_cast<double>(soft.size()) ? 4 : 0;
  });
  EXPECT_EQ(result, 0);
}

TEST(Renderer, a_software_opengl_is_not_chosen) {
  const VirtualDisplay display;
  ASSERT_NE(display.name(), "");
  for (const auto& options :
       {options_for("auto", 2560, 1440), options_for("auto"), options_for("soft", 2560, 1440)})
    EXPECT_EQ(on_display(display.name(), options,
                         [&](Stage& stage) {
                           Display window(stage, options);
                           window.show(1 / 60.f);
                           return window.uses_gl() ? 1 : 0;
                         }),
              0);
}

TEST(Renderer, an_opengl_that_does_not_come_up_is_refused_in_a_sentence) {
  const Options options = options_for("gl");
  EXPECT_EQ(on_display(kNobodySees, options,
                       [&](Stage& stage) {
                         const Display window(stage, options);
                         return 0;
                       }),
            kRefused);
}

}  // namespace
}  // namespace gui

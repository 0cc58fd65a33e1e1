// SPDX-License-Identifier: MIT
// The whole window, drawn without a display.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "gui/app/script.h"
#include "gui/draw/png.h"
#include "tests/gui/ink.h"
#include "tests/gui/world.h"

namespace gui {
namespace {

const std::string kSource = std::string(TEST_SOURCE_DIR) + "/demos/ab-ba/broken.c";

struct Shown {
  explicit Shown(int w, int h, const std::string& theme = "dark", float scale = 1)
      : stage(options(theme, scale)), width(w), height(h), pixels(static_cast<size_t>(w * h)) {
    stage.desk.probes.on = true;
    scene::fill_desk(stage.desk, kSource);
    frames(4);
  }
  static Options options(const std::string& theme, float scale) {
    Options o;
    o.theme = theme;
    o.scale = scale;
    return o;
  }
  void frames(int n) {
    for (int i = 0; i < n; ++i) stage.frame({pixels.data(), width, height, width}, 1 / 60.f);
  }
  void save(const std::string& name) {
    const std::string folder = std::string(TEST_BINARY_DIR) + "/shots";
    std::filesystem::create_directories(folder);
    write_png(folder + "/" + name + ".png", {pixels.data(), width, height, width});
  }
  uint32_t at(float x, float y) const {
    return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }

  Stage stage;
  int width, height;
  std::vector<uint32_t> pixels;
};

// Every tab of every group, one after the other, as far as there is one.
const char* const kTabs[] = {"locks", "order", "variables", "rcu",      "statistics", "irq",
                             "setup", "cpus",  "schedule",  "findings", "log",        "proc"};

std::string faults_of(Shown& shown) {
  Script script(shown.stage, shown.width, shown.height);
  std::string text = script.step({"check"}) ? "" : "widgets outside\n";
  for (const std::string& fault :
       ink::faults(*ImGui::GetDrawData(), static_cast<float>(shown.width),
                   static_cast<float>(shown.height)))
    text += fault + "\n";
  return text;
}

void walk_through(int w, int h, const char* theme, float scale) {
  Shown shown(w, h, theme, scale);
  const std::string name = fmt::format("{}-{}-{:.2f}", w, theme, static_cast<double>(scale));
  EXPECT_EQ(faults_of(shown), "") << name;
  shown.save(name);
  for (const char* tab : kTabs) {
    if (shown.stage.desk.probes.find(std::string("tab.") + tab) == nullptr) continue;
    Script script(shown.stage, w, h);
    script.step({"click", std::string("tab.") + tab});
    const std::string faults = faults_of(shown);
    EXPECT_EQ(faults, "") << name << " " << tab;
    if (!faults.empty()) {
      shown.frames(1);
      shown.save(name + "-" + tab);
    }
  }
}

TEST(Window, no_text_is_cut_or_overlaps_and_every_widget_is_inside) {
  const struct { int w, h; } sizes[] = {{1280, 720}, {1366, 768}, {1920, 1080}, {2560, 1440}};
  for (const auto& size : sizes)
    for (const char* theme : {"dark", "light"})
      for (const float scale : {1.f, 1.25f, 1.5f}) walk_through(size.w, size.h, theme, scale);
}

TEST(Window, two_drawings_are_the_same_picture) {
  Shown a(1280, 720);
  a.frames(150);  // lanes have found their height
  const std::vector<uint32_t> first = a.pixels;
  a.frames(2);
  EXPECT_TRUE(first == a.pixels);
}

TEST(Window, a_wait_is_hatched_in_its_colour) {
  Shown shown(1920, 1080);
  const Probe* slice = shown.stage.desk.probes.find("slice.waits for &dev->lock");
  ASSERT_NE(slice, nullptr);
  const ImU32 c = shown.stage.desk.look.theme->spin_stripe;
  const uint32_t stripe = 0xFF000000u | (c & 0xFFu) << 16 | (c & 0xFF00u) | ((c >> 16) & 0xFFu);
  int found = 0;
  for (float x = slice->rect.x; x < slice->rect.right(); ++x)
    found += shown.at(x, slice->rect.y + slice->rect.h / 2) == stripe;
  EXPECT_GT(found, static_cast<int>(slice->rect.w) / 8);
}

}  // namespace
}  // namespace gui

// SPDX-License-Identifier: MIT
// Parts of the window against pictures that were looked at.
//
// The pictures hold no text, and are a quarter of the size: fonts, FreeType and
// ImGui differ between distributions. What remains is what is drawn: bars,
// hatching, arrows, boxes, colours, places. A cell (4x4 pixels) may differ by 20
// of 255; one in fifty may differ by more (words push badges about).
// LOCKSTEP_UPDATE_GOLDENS=1 draws them anew; what differs is written beside the
// test as NAME-now.png.
#include <gtest/gtest.h>
#include <stb_image.h>

#include <cstdlib>
#include <filesystem>

#include "gui/draw/png.h"
#include "gui/draw/raster.h"
#include "tests/gui/world.h"

namespace gui {
namespace {

constexpr int kWidth = 1920, kHeight = 1080, kCell = 4;
constexpr int kTolerance = 20;        // of 255
constexpr double kShareOfBad = 0.02;  // of the cells

struct Picture {
  int width = 0, height = 0;
  std::vector<uint32_t> pixels;
};

// The window once more, without its letters, in cells.
Picture draw_part(const Rect& part) {
  std::vector<uint32_t> all(static_cast<size_t>(kWidth) * kHeight);
  unsigned char* letters = nullptr;
  int w = 0, h = 0;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&letters, &w, &h);
  const std::vector<uint8_t> blank(static_cast<size_t>(w) * static_cast<size_t>(h));
  Raster raster;
  raster.set_font(blank.data(), w, h);
  raster.draw({all.data(), kWidth, kHeight, kWidth}, *ImGui::GetDrawData(), 0xFF000000u);
  Picture out{static_cast<int>(part.w) / kCell, static_cast<int>(part.h) / kCell, {}};
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      unsigned sum[3] = {};
      for (int i = 0; i < kCell * kCell; ++i) {
        const int px = static_cast<int>(part.x) + x * kCell + i % kCell;
        const int py = static_cast<int>(part.y) + y * kCell + i / kCell;
        const uint32_t p = all[static_cast<size_t>(py) * kWidth + static_cast<size_t>(px)];
        for (unsigned c = 0; c < 3; ++c) sum[c] += p >> (8 * c) & 255u;
      }
      uint32_t mean = 0xFF000000u;
      for (unsigned c = 0; c < 3; ++c) mean |= sum[c] / (kCell * kCell) << (8 * c);
      out.pixels.push_back(mean);
    }
  return out;
}

Picture load(const std::string& path) {
  Picture out;
  int channels = 0;
  unsigned char* data = stbi_load(path.c_str(), &out.width, &out.height, &channels, 3);
  for (int i = 0; data != nullptr && i < out.width * out.height; ++i)
    out.pixels.push_back(0xFF000000u | static_cast<uint32_t>(data[i * 3]) << 16 |
                         static_cast<uint32_t>(data[i * 3 + 1]) << 8 | data[i * 3 + 2]);
  stbi_image_free(data);
  return out;
}

void save(const std::string& path, Picture& p) {
  write_png(path, {p.pixels.data(), p.width, p.height, p.width});
}

bool differs(uint32_t a, uint32_t b) {
  for (unsigned shift = 0; shift < 24; shift += 8)
    if (std::abs(static_cast<int>(a >> shift & 255u) - static_cast<int>(b >> shift & 255u)) >
        kTolerance)
      return true;
  return false;
}

class Golden : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Golden, looks_as_it_did) {
  const auto [name, probe] = GetParam();
  Options options;
  options.theme = "dark";
  options.scale = 1;
  Stage stage(options);
  stage.desk.probes.on = true;
  scene::fill_desk(stage.desk, std::string(TEST_SOURCE_DIR) + "/demos/ab-ba/broken.c");
  std::vector<uint32_t> pixels(static_cast<size_t>(kWidth) * kHeight);
  for (int i = 0; i < 150; ++i) stage.frame({pixels.data(), kWidth, kHeight, kWidth}, 1 / 60.f);
  ASSERT_NE(stage.desk.probes.find(probe), nullptr);
  Picture now = draw_part(stage.desk.probes.find(probe)->rect);
  const std::string path = std::string(TEST_SOURCE_DIR) + "/tests/gui/goldens/" + name + ".png";
  if (std::getenv("LOCKSTEP_UPDATE_GOLDENS") != nullptr) save(path, now);
  const Picture golden = load(path);
  ASSERT_EQ(golden.width, now.width) << "LOCKSTEP_UPDATE_GOLDENS=1 draws it anew";
  ASSERT_EQ(golden.height, now.height);
  size_t bad = 0;
  for (size_t i = 0; i < now.pixels.size(); ++i) bad += differs(now.pixels[i], golden.pixels[i]);
  const double share = static_cast<double>(bad) / static_cast<double>(now.pixels.size());
  EXPECT_LE(share, kShareOfBad);
  if (share > kShareOfBad) save(std::string(TEST_BINARY_DIR) + "/" + name + "-now.png", now);
}

INSTANTIATE_TEST_SUITE_P(Window, Golden,
                         testing::Values(std::pair("timeline", "panel.timeline"),
                                         std::pair("wait-for-graph", "graph"),
                                         std::pair("interrupts", "panel.irq")),
                         [](const auto& info) {
                           std::string name = info.param.first;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace gui

// SPDX-License-Identifier: MIT
#include "gui/draw/png.h"

#include <stb_image_write.h>

#include <vector>

#include "sim/core/error.h"

namespace gui {

void write_png(const std::string& path, const Canvas& canvas) {
  std::vector<uint8_t> bytes;
  bytes.reserve(static_cast<size_t>(canvas.width) * static_cast<size_t>(canvas.height) * 3);
  for (int y = 0; y < canvas.height; ++y)
    for (int x = 0; x < canvas.width; ++x) {
      const uint32_t p = canvas.pixels[static_cast<ptrdiff_t>(y) * canvas.pitch + x];
      for (unsigned shift : {16u, 8u, 0u}) bytes.push_back(static_cast<uint8_t>(p >> shift));
    }
  if (stbi_write_png(path.c_str(), canvas.width, canvas.height, 3, bytes.data(),
                     canvas.width * 3) == 0)
    throw sim::UserError("Cannot write the picture " + path +
                         "; is its folder there and writable?");
}

}  // namespace gui

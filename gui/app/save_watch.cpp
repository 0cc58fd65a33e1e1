// SPDX-License-Identifier: MIT
#include "gui/app/save_watch.h"

namespace gui {

bool SaveWatch::changed(const std::vector<std::string>& files) {
  const auto now = std::chrono::steady_clock::now();
  const bool others = files != files_;
  if (!others && now - last_look_ < std::chrono::seconds(1)) return false;
  last_look_ = now;
  if (others) {
    files_ = files;
    times_.clear();
  }
  bool any = false;
  for (const std::string& file : files) {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(file, error);
    if (error) continue;  // an editor is just replacing it
    const auto [it, fresh] = times_.try_emplace(file, time);
    any = any || (!fresh && it->second != time);
    it->second = time;
  }
  return any;
}

}  // namespace gui

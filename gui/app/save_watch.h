// SPDX-License-Identifier: MIT
// Notices that a file was saved. Looks at most once a second, and at once when
// it is given other files: as they are then is what they are compared with.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gui {

class SaveWatch {
 public:
  // Some of the files have another time than at the last look.
  bool changed(const std::vector<std::string>& files);

 private:
  std::chrono::steady_clock::time_point last_look_{};
  std::vector<std::string> files_;
  std::map<std::string, std::filesystem::file_time_type> times_;
};

}  // namespace gui

// SPDX-License-Identifier: MIT
#include "gui/app/remember.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gui {
namespace {

std::filesystem::path settings_file() {
  if (const char* xdg = std::getenv("XDG_CONFIG_HOME"); xdg != nullptr && *xdg != 0)
    return std::filesystem::path(xdg) / "lockstep" / "window";
  const char* home = std::getenv("HOME");
  return home == nullptr ? std::filesystem::path()
                         : std::filesystem::path(home) / ".config" / "lockstep" / "window";
}

}  // namespace

Settings load_settings() {
  Settings s;
  std::ifstream in(settings_file());
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string key, value;
    words >> key >> value;
    if (key == "theme" && (value == "dark" || value == "light")) s.theme = value;
    if (key == "scale") s.scale = std::clamp(std::strtof(value.c_str(), nullptr), 0.85f, 2.f);
    if (key == "speed")
      s.speed = std::min<size_t>(std::strtoul(value.c_str(), nullptr, 10), speeds().size() - 1);
    float size = 0;
    std::string more;
    words >> more;
    if (key == "size" && std::istringstream(more) >> size && size > 0 && size < 1e4f)
      s.sizes[value] = size;
    if (key == "tab" && !more.empty()) s.tabs[value] = more;
    if (key == "done" && !value.empty()) s.done.push_back(value);
  }
  return s;
}

void save_settings(const Settings& s) {
  const std::filesystem::path path = settings_file();
  std::error_code ignored;
  if (path.empty() || !std::filesystem::create_directories(path.parent_path(), ignored)) {
    if (!std::filesystem::is_directory(path.parent_path(), ignored)) return;
  }
  std::ofstream out(path);
  out << "theme " << s.theme << "\nscale " << s.scale << "\nspeed " << s.speed << "\n";
  for (const auto& [part, px] : s.sizes) out << "size " << part << " " << px << "\n";
  for (const auto& [group, panel] : s.tabs) out << "tab " << group << " " << panel << "\n";
  for (const std::string& name : s.done) out << "done " << name << "\n";
}

void take_up(Desk& desk, const Settings& remembered) {
  desk.settings = remembered;
  desk.tab_of.insert(remembered.tabs.begin(), remembered.tabs.end());
}

Settings left_behind(const Desk& desk) {
  Settings s = desk.settings;
  s.tabs = desk.tab_of;
  s.done = desk.course.done;
  return s;
}

}  // namespace gui

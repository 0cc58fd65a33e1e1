// SPDX-License-Identifier: MIT
// Who may include whom: the picture in DESIGN.md, section 2, as a table.
//
// A file belongs to the room with the longest matching folder. It may include
// from its own room and from the rooms listed for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/house/tree.h"

namespace house {
namespace {

using Rooms = std::set<std::string>;

const Rooms kGlass{"glass"};

Rooms operator+(Rooms a, const Rooms& b) {
  a.insert(b.begin(), b.end());
  return a;
}

// Every room with all that it may see, lowest first.
const std::map<std::string, Rooms>& table() {
  static const std::map<std::string, Rooms> rooms = [] {
    std::map<std::string, Rooms> t;
    t["glass"] = {};
    t["sim/core"] = kGlass;
    t["cpu"] = t["sim/core"] + Rooms{"sim/core"};
    t["irq"] = t["cpu"] + Rooms{"cpu"};
    t["sim/check"] = t["irq"] + Rooms{"irq"};
    t["sim/run"] = t["sim/check"] + Rooms{"sim/check"};
    t["gui"] = t["sim/run"] + Rooms{"sim/run"};
    t["sim/cli"] = t["sim/run"] + Rooms{"sim/run", "gui"};
    t["tests"] = t["sim/cli"] + Rooms{"sim/cli"};
    t["include"] = kGlass;  // the guest API, of both folders
    t["locks/spin"] = t["include"] + Rooms{"include"};
    t["kernel/core"] = t["locks/spin"] + Rooms{"locks/spin"};
    t["locks"] = t["kernel/core"] + Rooms{"kernel/core"};
    const Rooms below = t["locks"] + Rooms{"locks"};
    for (const char* room : {"lib", "mm", "time", "block", "net", "fs", "drivers", "proc"}) {
      t[std::string("kernel/") + room] = below + Rooms{"kernel/lib", "kernel/mm"};
    }
    t["demos"] = t["sim/cli/bench"] = {"include"};  // what is measured is a user's file
    t["sim/cli/floor"] = kGlass;
    return t;
  }();
  return rooms;
}

std::string room_of(const std::string& path) {
  const std::set<std::string> glass{"cpu/hw.h", "cpu/events.h", "irq/regs.h", "cpu/runtime.c"};
  if (glass.contains(path)) return "glass";
  if (path.starts_with("kernel/include/") || path.starts_with("locks/include/")) return "include";
  std::string best;
  for (const auto& [room, below] : table()) {
    if (path.starts_with(room + "/") && room.size() > best.size()) best = room;
  }
  return best;
}

// What an #include line names: "sim/core/event.h" or <linux/list.h>; else empty.
std::string included(const std::string& line) {
  const size_t hash = line.find_first_not_of(" \t");
  if (hash == std::string::npos || line[hash] != '#') return {};
  const size_t word = line.find("include", hash);
  const size_t open = line.find_first_of("<\"", hash);
  if (word == std::string::npos || open == std::string::npos || word > open) return {};
  const size_t close = line.find_first_of(">\"", open + 1);
  return line.substr(open + 1, close - open - 1);
}

const File* find_file(const std::string& path) {
  const auto it = std::find_if(tree().begin(), tree().end(),
                               [&](const File& file) { return file.path == path; });
  return it == tree().end() ? nullptr : &*it;
}

// The file of this tree that `name` means when `from` includes it.
const File* resolve(const File& from, const std::string& name) {
  const std::string beside = from.path.substr(0, from.path.rfind('/') + 1) + name;
  for (const std::string& path :
       {name, beside, "kernel/include/" + name, "locks/include/" + name}) {
    if (const File* file = find_file(path)) return file;
  }
  return nullptr;
}

TEST(Arrows, every_include_goes_down_or_stays_in_its_room) {
  size_t arrows = 0;
  for (const File& file : tree()) {
    const std::string room = room_of(file.path);
    if (!file.is_code() || room.empty() || room == "tests") continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string name = included(file.lines[i]);
      const File* target = name.empty() ? nullptr : resolve(file, name);
      if (target == nullptr) continue;
      ++arrows;
      const std::string to = room_of(target->path);
      EXPECT_TRUE(to == room || table().at(room).contains(to))
          << at(file, i) << room << " must not see " << to << " (" << name << ")";
    }
  }
  EXPECT_GT(arrows, 30u);
}

TEST(Arrows, every_source_file_belongs_to_a_room) {
  for (const File& file : tree()) {
    const bool homeless = file.is_code() && room_of(file.path).empty();
    EXPECT_FALSE(homeless) << file.path;
  }
}

TEST(Arrows, the_guest_includes_no_header_of_the_hosts_library) {
  const std::set<std::string> free_standing{"stdarg.h", "stdbool.h", "stddef.h",
                                            "stdint.h", "limits.h",  "stdalign.h",
                                            "float.h",  "cstdint",   "cstddef"};
  for (const File& file : tree()) {
    if (!file.is_guest() || file.is_under("tests")) continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string name = included(file.lines[i]);
      if (name.empty() || resolve(file, name) != nullptr) continue;
      EXPECT_TRUE(free_standing.contains(name)) << at(file, i) << name;
    }
  }
}

}  // namespace
}  // namespace house

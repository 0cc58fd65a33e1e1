// SPDX-License-Identifier: MIT
// The guest's arrows again, in what the linker sees: a room's undefined symbols
// are defined in the rooms below it, upwards only through kernel/core/upcalls.h;
// and what is undefined in the whole kernel image is the hardware ABI.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/house/tree.h"

namespace house {
namespace {

namespace fs = std::filesystem;

const fs::path kGuest = fs::path(TEST_BINARY_DIR) / "guest";

using Names = std::set<std::string>;

// Names in nm's POSIX format: "name type value size". Weak ones need nobody.
Names nm(const std::string& options, const std::string& files) {
  Names names;
  std::istringstream lines(run("nm --format=posix " + options + " " + files));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, type;
    if (words >> name >> type && type.size() == 1 && type != "w") names.insert(name);
  }
  return names;
}

// Lowest first; rooms with one number are side by side and may see each other.
const std::pair<const char*, int> kFloors[] = {
    {"locks/spin", 0}, {"kernel/core", 1},    {"locks", 2},        {"kernel/lib", 3},
    {"kernel/mm", 3},  {"kernel/time", 3},    {"kernel/block", 3}, {"kernel/net", 3},
    {"kernel/fs", 3},  {"kernel/drivers", 3}, {"kernel/proc", 3}};

// The object files directly inside a room's folder, for a command line.
std::string objects_of(const std::string& room) {
  std::string list;
  std::error_code none;  // a room without code
  for (const auto& entry : fs::directory_iterator(kGuest / room, none)) {
    if (entry.path().extension() == ".o") list += " '" + entry.path().string() + "'";
  }
  return list;
}

// Every name that some header or table declares as a function: word before "(".
Names functions_declared_in(const std::string& path) {
  Names names;
  for (const File& file : tree()) {
    if (file.path != path) continue;
    const std::regex call("\\b([a-z_][a-z0-9_]*)\\s*\\(");
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), call), end; it != end; ++it) {
      names.insert((*it)[1]);
    }
  }
  return names;
}

Names hardware_abi() {
  Names abi;
  for (const char* header : {"cpu/hw.h", "irq/regs.h"}) {
    for (const std::string& name : functions_declared_in(header)) {
      if (name.starts_with("hw_")) abi.insert(name);
    }
  }
  abi.insert("hw_current");  // the one variable
  return abi;
}

std::string joined(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += " " + name;
  return text;
}

Names without(const Names& a, const Names& b) {
  Names rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
  return rest;
}

TEST(GuestSymbols, the_kernel_image_needs_exactly_the_hardware_abi) {
  const fs::path image = kGuest / "kernel.so";
  ASSERT_TRUE(fs::exists(image)) << image;
  const Names undefined = nm("--dynamic --undefined-only", image.string());
  EXPECT_EQ(joined(without(undefined, hardware_abi())), "") << "used, but no hardware";
  EXPECT_EQ(joined(without(hardware_abi(), undefined)), "") << "hardware that nothing uses";
}

TEST(GuestSymbols, rooms_call_downwards_except_through_upcalls) {
  std::map<std::string, int> floor_of;
  for (const auto& [room, floor] : kFloors) {
    const std::string objects = objects_of(room);
    if (objects.empty()) continue;
    for (const std::string& name : nm("--defined-only --extern-only", objects)) {
      floor_of.emplace(name, floor);
    }
  }
  ASSERT_FALSE(floor_of.empty()) << "no guest objects in " << kGuest;
  const Names upcalls = functions_declared_in("kernel/core/upcalls.h");
  for (const auto& [room, floor] : kFloors) {
    const std::string objects = objects_of(room);
    if (objects.empty()) continue;
    Names upwards;
    for (const std::string& name : nm("--undefined-only", objects)) {
      const auto where = floor_of.find(name);
      if (where != floor_of.end() && where->second > floor && !upcalls.contains(name)) {
        upwards.insert(name);
      }
    }
    EXPECT_EQ(joined(upwards), "") << room << " calls upwards";
  }
}

TEST(GuestSymbols, no_guest_object_has_static_constructors_or_thread_locals) {
  std::string objects;
  for (const auto& [room, floor] : kFloors) objects += objects_of(room);
  ASSERT_FALSE(objects.empty());
  // The compilers' own constructor, which calls __tsan_init(), has another name.
  const std::string symbols = run("nm" + objects);
  for (const char* constructor : {"_GLOBAL__sub_I", "__cxx_global_var_init"}) {
    EXPECT_EQ(symbols.find(constructor), std::string::npos) << constructor;
  }
  const std::string sections = run("readelf --wide --section-headers" + objects);
  for (const char* section : {".tbss", ".tdata"}) {
    EXPECT_EQ(sections.find(section), std::string::npos) << section;
  }
}

}  // namespace
}  // namespace house

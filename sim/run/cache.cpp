// SPDX-License-Identifier: MIT
#include "sim/run/cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "sim/core/error.h"
#include "sim/run/file.h"
#include "sim/run/hash.h"

namespace run {
namespace {

namespace fs = std::filesystem;

std::string hash_of(const fs::path& file) { return Hash().add(read_file(file)).hex(); }

// Ours to write in, and nobody else's.
bool usable(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  struct stat status {};
  return stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == geteuid() && access(folder.c_str(), W_OK | X_OK) == 0;
}

fs::path choose_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const char* const home = std::getenv("HOME");
  std::vector<fs::path> folders;
  if (cache != nullptr && cache[0] == '/')
    folders.push_back(fs::path(cache) / "lockstep");
  else if (home != nullptr && home[0] == '/')
    folders.push_back(fs::path(home) / ".cache/lockstep");
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  folders.push_back(temporary / ("lockstep-" + std::to_string(geteuid())));
  for (const fs::path& folder : folders)
    if (usable(folder)) return folder;
  throw sim::UserError("cannot write compiled modules to " + folders.back().string() +
                       "; set XDG_CACHE_HOME to a folder that can be written");
}

void touch(const fs::path& file) {
  std::error_code error;  // only the order of removal depends on it
  fs::last_write_time(file, fs::file_time_type::clock::now(), error);
}

}  // namespace

CompileCache::CompileCache() : folder_(choose_folder()) {}

std::optional<fs::path> CompileCache::find(const std::string& key) const try {
  std::istringstream lines(read_file(folder_ / key));
  std::string image;
  if (!std::getline(lines, image)) return {};
  for (std::string line; std::getline(lines, line);)
    if (line.size() < 18 || hash_of(line.substr(17)) != line.substr(0, 16)) return {};
  const fs::path path = folder_ / (image + ".so");
  if (hash_of(path) != image) return {};
  touch(path);
  return path;
} catch (const sim::UserError&) {
  return {};  // never compiled, or something it was made from is gone
}

fs::path CompileCache::store(const std::string& key, const fs::path& image,
                             const std::vector<fs::path>& dependencies) const {
  const std::string contents = read_file(image);
  const std::string hash = Hash().add(contents).hex();
  const fs::path path = folder_ / (hash + ".so");
  write_file(path, contents);
  std::string entry = hash + "\n";
  for (const fs::path& file : dependencies) entry += hash_of(file) + " " + file.string() + "\n";
  write_file(folder_ / key, entry);
  make_room();
  return path;
}

void CompileCache::make_room() const {
  std::error_code error;
  std::vector<std::pair<fs::file_time_type, fs::path>> images;
  for (const auto& entry : fs::directory_iterator(folder_, error))
    if (entry.path().extension() == ".so")
      images.emplace_back(entry.last_write_time(error), entry.path());
  if (images.size() <= kImagesMax) return;
  std::sort(images.begin(), images.end());
  images.resize(images.size() - kImagesMax / 2);
  for (const auto& [time, path] : images) fs::remove(path, error);
}

ScratchFolder::ScratchFolder(const fs::path& parent) {
  std::string name = (parent / ("scratch-" + std::string(6, 'X'))).string();
  if (mkdtemp(name.data()) == nullptr)
    throw sim::UserError("cannot make a folder in " + parent.string());
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

}  // namespace run

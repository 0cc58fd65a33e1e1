// SPDX-License-Identifier: MIT
// Compiled modules, kept: $XDG_CACHE_HOME/lockstep or ~/.cache/lockstep, and a
// folder for temporary files where neither can be written.
//
// A key stands for the C texts, the options and the compiler. Behind it lies a
// list of every file that the compiler read, with its content's hash: when one
// changed, the entry does not count. Images are named for their own content
// and never change, so a run that has one open keeps it. Any number of
// processes may use the cache at once: everything appears under its name whole.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace run {

class CompileCache {
 public:
  static constexpr unsigned kImagesMax = 400;  // beyond: the longest unused go

  CompileCache();

  std::optional<std::filesystem::path> find(const std::string& key) const;
  // Returns where the image lies from now on.
  std::filesystem::path store(const std::string& key, const std::filesystem::path& image,
                              const std::vector<std::filesystem::path>& dependencies) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  void make_room() const;

  std::filesystem::path folder_;
};

// A new folder in `parent` that is gone with the object.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace run

// SPDX-License-Identifier: MIT
// Names that a module uses and nobody defines, told so that one can mend it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/run/source.h"

namespace run {

struct Undefined {
  std::string name;
  const SourceFile* source = nullptr;  // the first that mentions it; null: none does
  bool called = false;
};

// What `module` needs and neither `kernel` exports nor the hardware has, in the
// order in which the sources mention them.
std::vector<Undefined> undefined_names(const std::filesystem::path& module,
                                       const std::filesystem::path& kernel,
                                       const std::vector<SourceFile>& sources);

// The kernel has them all, but the compiler warned (`messages`) that some were
// called undeclared: the first of those.
std::vector<Undefined> undeclared_names(const std::filesystem::path& module,
                                        const std::vector<SourceFile>& sources,
                                        const std::string& messages);

// "lost.c calls spin_lok(), which does not exist; the nearest is spin_lock()".
// included: the files that the compiler read.
std::string sentence_about(const Undefined& missing, const std::filesystem::path& kernel,
                           const std::vector<SourceFile>& sources,
                           const std::vector<std::filesystem::path>& included);

}  // namespace run

// SPDX-License-Identifier: MIT
// C files in, an image out: the guest compiler, run with the guest's flags.
//
// The image depends on the texts, the options and the names given, and on
// nothing else: not on the working directory, the installation's place, the
// time, or the host's build preset.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/run/program.h"
#include "sim/run/source.h"

namespace run {

struct Compiled {
  std::filesystem::path image;                      // in the scratch folder
  std::vector<std::filesystem::path> dependencies;  // every file that was read
  std::string messages;                             // the compiler's warnings
};

// Compiles into `scratch`, links, and checks every name that is left undefined.
// Throws sim::UserError as build_program() does.
Compiled compile(const std::vector<SourceFile>& sources, const CompileOptions& options,
                 const std::string& name, const std::filesystem::path& scratch);

// All that decides about the image besides the texts: flags, runtime, and
// which compiler this is.
std::string compiler_identity();

std::filesystem::path kernel_image();

}  // namespace run

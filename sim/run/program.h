// SPDX-License-Identifier: MIT
// A guest program: the kernel image and one module, compiled and checked.
//
// A user's C files are compiled with the guest compiler named at build time,
// cached by content (XDG_CACHE_HOME/lockstep), linked to one image at its
// fixed address, and every undefined symbol is checked against what the kernel
// image exports: a name that does not exist is told with the nearest that does.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace run {

struct CompileOptions {
  std::vector<std::string> include_dirs;  // -I
  std::vector<std::string> defines;       // -D
  std::string name;                       // of the program; "": the first file's, without .c
};

struct Program {
  std::string name;  // "ab-ba/broken" or the first file's name
  std::filesystem::path kernel_image;
  std::filesystem::path module_image;
  std::vector<std::filesystem::path> sources;  // the C files, as the user wrote them
  std::string id;                              // hash over what is loaded of both images
  CompileOptions options;                      // the module was compiled with
};

// Compiles and links. Throws sim::UserError: unreadable, empty or binary file,
// the compiler's messages, or an unknown name with the nearest existing one.
Program build_program(const std::vector<std::filesystem::path>& files,
                      const CompileOptions& options = {});

// Where the installation's parts lie (kernel image, guest headers, lessons):
// beside the executable in a build tree; LOCKSTEP_HOME overrides it.
std::filesystem::path home();

}  // namespace run

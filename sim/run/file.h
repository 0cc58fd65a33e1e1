// SPDX-License-Identifier: MIT
// Whole files, in and out. Errors are sim::UserError with the system's reason.
#pragma once

#include <filesystem>
#include <string>

namespace run {

std::string read_file(const std::filesystem::path& path);

// Readers see the old file or the whole new one, never a part: written beside
// it under another name, then renamed.
void write_file(const std::filesystem::path& path, const std::string& contents);

// A name beside `path` that no other process or thread uses.
std::filesystem::path temporary_beside(const std::filesystem::path& path);

}  // namespace run

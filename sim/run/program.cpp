// SPDX-License-Identifier: MIT
#include "sim/run/program.h"

#include <cstdlib>

#include "guest_build.h"
#include "sim/core/error.h"
#include "sim/run/cache.h"
#include "sim/run/compile.h"
#include "sim/run/elf_file.h"
#include "sim/run/hash.h"
#include "sim/run/source.h"

namespace run {
namespace {

std::string key_of(const std::vector<SourceFile>& sources, const CompileOptions& options,
                   const std::string& name) {
  Hash key;
  key.add(compiler_identity()).add(home().string()).add(name);
  for (const SourceFile& source : sources) key.add(source.path.string()).add(source.text);
  for (const std::string& folder : options.include_dirs) key.add("-I").add(folder);
  for (const std::string& define : options.defines) key.add("-D").add(define);
  return key.hex();
}

std::filesystem::path module_image(const std::vector<SourceFile>& sources,
                                   const CompileOptions& options, const std::string& name) {
  const CompileCache cache;
  const std::string key = key_of(sources, options, name);
  if (const auto kept = cache.find(key)) return *kept;
  const ScratchFolder scratch(cache.folder());
  const Compiled compiled = compile(sources, options, name, scratch.path());
  return cache.store(key, compiled.image, compiled.dependencies);
}

}  // namespace

Program build_program(const std::vector<std::filesystem::path>& files,
                      const CompileOptions& options) {
  if (files.empty()) throw sim::UserError("no C file was named");
  std::vector<SourceFile> sources;
  for (const std::filesystem::path& file : files) sources.push_back(read_source(file));
  Program program;
  program.name = options.name.empty() ? files.front().stem().string() : options.name;
  program.kernel_image = kernel_image();
  if (!std::filesystem::exists(program.kernel_image))
    throw sim::UserError("there is no kernel image " + program.kernel_image.string() +
                         "; build the target kernel_image");
  program.module_image = module_image(sources, options, program.name);
  program.sources = files;
  program.options = options;
  program.id = Hash()
                   .add(ElfFile(program.kernel_image).loaded_hash())
                   .add(ElfFile(program.module_image).loaded_hash())
                   .hex();
  return program;
}

std::filesystem::path home() {
  const char* const set = std::getenv("LOCKSTEP_HOME");
  return set != nullptr && *set != '\0' ? set : BUILD_HOME;
}

}  // namespace run

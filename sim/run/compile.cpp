// SPDX-License-Identifier: MIT
#include "sim/run/compile.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cctype>
#include <cstdlib>
#include <sstream>

#include "cpu/hw.h"
#include "guest_build.h"
#include "sim/core/error.h"
#include "sim/run/elf_file.h"
#include "sim/run/file.h"
#include "sim/run/hash.h"
#include "sim/run/process.h"
#include "sim/run/undefined.h"

namespace run {
namespace {

constexpr unsigned kParallel = 2;

using Words = std::vector<std::string>;

Words split(const std::string& text) {
  std::istringstream in(text);
  Words words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::filesystem::path runtime_object() {
  return std::filesystem::path(BUILD_OUTPUT) / "guest" / "runtime.o";
}

// As the kernel's build names a module: a C identifier.
std::string module_name(const std::string& name) {
  std::string result = name.substr(0, name.find('/'));
  for (char& c : result)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return result;
}

// Names in the debug information: the user's files as they were given, the
// installation's relative to its root, nothing of this machine.
Words compile_words(const CompileOptions& options, const std::string& name) {
  const std::string root = home().string();
  const std::string here = std::filesystem::current_path().string();
  Words words{GUEST_CC};
  for (std::string& word : split(GUEST_CFLAGS)) words.push_back(std::move(word));
  words.insert(words.end(), {"-O0", "-D__KERNEL__", "-DMODULE",
                             fmt::format("-DKBUILD_MODNAME=\"{}\"", module_name(name))});
  // The last that matches counts: the working directory itself is ".", what
  // lies in it stays as it was named, the installation's is cut.
  words.push_back(fmt::format("-ffile-prefix-map={}=.", here));
  words.push_back(fmt::format("-ffile-prefix-map={}/={}/", here, here));
  words.push_back(fmt::format("-ffile-prefix-map={}/=", root));
  for (const char* folder : {"/kernel/include", "/locks/include", ""})
    words.push_back("-I" + root + folder);
  for (const std::string& folder : options.include_dirs) words.push_back("-I" + folder);
  for (const std::string& define : options.defines) words.push_back("-D" + define);
  return words;
}

void require_compiler(const Outcome& outcome) {
  if (outcome.found) return;
  throw sim::UserError(fmt::format(
      "the C compiler {} is not installed; install the package of that name", GUEST_CC));
}

// The rule that -MD writes: "object: file file \<newline> file"; "\ " is a blank.
std::vector<std::filesystem::path> read_rule(const std::filesystem::path& file) {
  const std::string text = read_file(file);
  std::vector<std::filesystem::path> files;
  std::string word;
  for (size_t i = text.find(": ") + 2; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (c == '\\' && i + 1 < text.size() && text[i + 1] != '\n') {
      word += text[++i];
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '\\') {
      if (!word.empty()) files.emplace_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  return files;
}

void compile_objects(const std::vector<SourceFile>& sources, const Words& words,
                     const std::filesystem::path& scratch, Compiled& result) {
  std::vector<Command> commands;
  for (size_t i = 0; i < sources.size(); ++i) {
    const std::string stem = (scratch / std::to_string(i)).string();
    Command command{words};
    command.words.insert(command.words.end(), {"-MD", "-MF", stem + ".d", "-c",
                                               sources[i].path.string(), "-o", stem + ".o"});
    commands.push_back(std::move(command));
  }
  std::string failed;
  const std::vector<Outcome> outcomes = run_all(commands, kParallel);
  for (size_t i = 0; i < sources.size(); ++i) {
    require_compiler(outcomes[i]);
    result.messages += outcomes[i].output;
    if (!outcomes[i].success) failed += (failed.empty() ? "" : ", ") + sources[i].path.string();
    if (outcomes[i].success)
      for (auto& file : read_rule(scratch / (std::to_string(i) + ".d")))
        result.dependencies.push_back(std::move(file));
  }
  if (!failed.empty())
    throw sim::UserError(failed + " cannot be compiled; the compiler says why", result.messages);
}

void link(const std::vector<SourceFile>& sources, const std::filesystem::path& scratch,
          Compiled& result) {
  Command command{{GUEST_CC}};
  for (std::string& word : split(GUEST_LDFLAGS)) command.words.push_back(std::move(word));
  command.words.push_back(fmt::format("-Wl,-Ttext-segment={:#x}", HW_MODULE_BASE));
  for (size_t i = 0; i < sources.size(); ++i)
    command.words.push_back((scratch / (std::to_string(i) + ".o")).string());
  result.image = scratch / "module.so";
  command.words.insert(command.words.end(),
                       {runtime_object().string(), "-o", result.image.string()});
  const Outcome outcome = run_all({command}, 1).front();
  require_compiler(outcome);
  if (!outcome.success)
    throw sim::UserError(sources[0].path.string() + " cannot be linked; the linker says why",
                         outcome.output);
}

void check(const std::vector<SourceFile>& sources, const Compiled& compiled) {
  auto missing = undefined_names(compiled.image, kernel_image(), sources);
  const bool undeclared =
      compiled.messages.find("-Wimplicit-function-declaration]") != std::string::npos;
  if (missing.empty() && undeclared)
    missing = undeclared_names(compiled.image, sources, compiled.messages);
  if (!missing.empty())
    throw sim::UserError(
        sentence_about(missing.front(), kernel_image(), sources, compiled.dependencies),
        compiled.messages);
  if (!ElfFile(compiled.image).has_section("lockstep_init"))
    throw sim::UserError(sources[0].path.string() +
                         " never uses module_init(), so nothing of it would run; add "
                         "module_init(your_function);");
}

}  // namespace

Compiled compile(const std::vector<SourceFile>& sources, const CompileOptions& options,
                 const std::string& name, const std::filesystem::path& scratch) {
  Compiled result;
  compile_objects(sources, compile_words(options, name), scratch, result);
  link(sources, scratch, result);
  check(sources, result);
  return result;
}

std::string compiler_identity() {
  // Its file's size and time stand for its version: asking takes a process.
  std::string compiler = GUEST_CC;
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    struct stat status {};
    if (stat((folder + "/" + GUEST_CC).c_str(), &status) != 0) continue;
    compiler += fmt::format(" {} {}", status.st_size, status.st_mtime);
    break;
  }
  return compiler + GUEST_CFLAGS + GUEST_LDFLAGS + Hash().add(read_file(runtime_object())).hex();
}

std::filesystem::path kernel_image() {
  return std::filesystem::path(BUILD_OUTPUT) / "guest" / "kernel.so";
}

}  // namespace run

// SPDX-License-Identifier: MIT
#include "sim/cli/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "sim/core/error.h"
#include "sim/run/lesson.h"
#include "sim/run/settings.h"

namespace cli {

namespace {

bool is_file_name(const std::string& name) {
  return name.ends_with(".c") || std::filesystem::exists(name);
}

// Removes entries whose name the command line gives again.
template <typename List, typename NameOf>
void forget(List& list, const std::string& name, NameOf name_of) {
  std::erase_if(list, [&](const auto& entry) { return name_of(entry) == name; });
}

void apply(run::Config& config, const TargetOptions& options) {
  for (const auto& [name, value] : options.settings) {
    const std::string key = value.substr(0, value.find('='));
    if (name == "param") forget(config.params, key, [](const auto& p) { return p.first; });
    if (name == "boot") forget(config.boot, key, [](const auto& p) { return p.first; });
    if (name == "source") forget(config.sources, key, [](const auto& s) { return s.name; });
    run::set(config, name, value, "--" + name);
  }
}

Target open_lesson(const TargetOptions& options) {
  if (options.names.size() > 1) {
    throw sim::UserError(
        fmt::format("one lesson at a time, or C files: \"{}\" is neither", options.names[1]));
  }
  const run::Variant variant = run::find_variant(run::load_lessons(), options.names[0]);
  Target target{{}, variant.lesson.config, variant.lesson.expected(variant.variant), true};
  apply(target.config, options);
  target.program = run::build_variant(variant, options.compile);
  return target;
}

Target open_files(const TargetOptions& options) {
  Target target{{}, {}, "clean", false};
  apply(target.config, options);
  const std::vector<std::filesystem::path> files(options.names.begin(), options.names.end());
  target.program = run::build_program(files, options.compile);
  return target;
}

}  // namespace

void add_setting_options(CLI::App& command, TargetOptions& options) {
  for (const run::Setting& setting : run::settings()) {
    const std::string name = setting.name;
    const auto take = [&options, name](const std::vector<std::string>& values) {
      run::Config scratch;  // a bad value is told before anything is done
      for (const std::string& value : values) {
        run::set(scratch, name, value, "--" + name);
        options.settings.emplace_back(name, value);
      }
    };
    CLI::Option* option =
        command.add_option_function<std::vector<std::string>>("--" + name, take, setting.help);
    option->type_name(setting.shape)
        ->type_size(1)
        ->expected(1)
        ->multi_option_policy(setting.many ? CLI::MultiOptionPolicy::TakeAll
                                           : CLI::MultiOptionPolicy::TakeLast);
  }
  command.add_flag_callback(
      "--no-check", [&options] { options.settings.emplace_back("check", "none"); },
      "The same as --check none");
}

CLI::Option* add_target_options(CLI::App& command, TargetOptions& options) {
  CLI::Option* names =
      command
          .add_option("RUN", options.names, "A lesson (name, name/broken, name/fixed) or C files")
          ->required()
          ->type_name("LESSON|FILE.c...");
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* shape,
                        const char* help) {
    command.add_option(name, to, help)
        ->type_name(shape)
        ->type_size(1)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  };
  list("-I", options.compile.include_dirs, "DIR", "Where the C files' headers are (default: none)");
  list("-D", options.compile.defines, "NAME[=V]", "A macro for the C files (default: none)");
  add_setting_options(command, options);
  return names;
}

Target open_target(const TargetOptions& options) {
  return std::any_of(options.names.begin(), options.names.end(), is_file_name)
             ? open_files(options)
             : open_lesson(options);
}

std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-./=:@,+%").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string command_for(const TargetOptions& options, const std::string& name) {
  std::string command = "lockstep " + name;
  for (const std::string& file : options.names) command += " " + quoted(file);
  for (const std::string& dir : options.compile.include_dirs) command += " -I " + quoted(dir);
  for (const std::string& define : options.compile.defines) command += " -D " + quoted(define);
  for (const auto& [setting, value] : options.settings) {
    command += " --" + setting + " " + quoted(value);
  }
  return command;
}

}  // namespace cli

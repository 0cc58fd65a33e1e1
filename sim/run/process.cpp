// SPDX-License-Identifier: MIT
#include "sim/run/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>

#include "sim/core/error.h"

namespace run {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
// Unlinked already: a pipe could fill up while we wait for somebody else.
using Scratch = std::unique_ptr<std::FILE, CloseFile>;

struct Running {
  pid_t pid = 0;
  Scratch output;
};

// The environment, with the clock that __DATE__ shows stopped: the same text
// compiles to the same image at any time.
std::vector<char*> environment() {
  static char epoch[] = "SOURCE_DATE_EPOCH=0";
  std::vector<char*> result{epoch};
  for (char** e = environ; *e != nullptr; ++e)
    if (!std::string_view(*e).starts_with("SOURCE_DATE_EPOCH=")) result.push_back(*e);
  result.push_back(nullptr);
  return result;
}

// pid 0: there is no such program.
Running start(const Command& command) {
  Running running{0, Scratch(std::tmpfile())};
  if (!running.output)
    throw sim::UserError(std::string("cannot make a temporary file: ") + std::strerror(errno));
  const int output = fileno(running.output.get());
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const int error =
      posix_spawnp(&running.pid, words[0], &actions, nullptr, words.data(), environment().data());
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) running.pid = 0;
  if (error != 0 && error != ENOENT)
    throw sim::UserError("cannot start " + command.words[0] + ": " + std::strerror(error));
  return running;
}

Outcome finish(Running running) {
  if (running.pid == 0) return {false, false, {}};
  int status = 0;
  while (waitpid(running.pid, &status, 0) < 0 && errno == EINTR) continue;
  Outcome outcome;
  outcome.success = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  std::rewind(running.output.get());
  char block[4096];
  for (size_t n; (n = std::fread(block, 1, sizeof block, running.output.get())) > 0;)
    outcome.output.append(block, n);
  return outcome;
}

}  // namespace

std::vector<Outcome> run_all(const std::vector<Command>& commands, unsigned parallel) {
  std::vector<Running> running;
  std::vector<Outcome> outcomes;
  for (const Command& command : commands) {
    if (running.size() - outcomes.size() == parallel)
      outcomes.push_back(finish(std::move(running[outcomes.size()])));
    running.push_back(start(command));
  }
  while (outcomes.size() < running.size())
    outcomes.push_back(finish(std::move(running[outcomes.size()])));
  return outcomes;
}

}  // namespace run

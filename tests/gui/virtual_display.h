// SPDX-License-Identifier: MIT
// A virtual X display of our own, ended with the test.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace gui {

class VirtualDisplay {
 public:
  VirtualDisplay() {
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      const std::string fd = std::to_string(pipe_ends[1]);
      close(pipe_ends[0]);
      execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", "2560x1440x24", "-nolisten",
             "tcp", nullptr);
      _exit(127);
    }
    close(pipe_ends[1]);
    char digit = 0;
    while (read(pipe_ends[0], &digit, 1) == 1 && digit != '\n') number_ += digit;
    close(pipe_ends[0]);
  }
  ~VirtualDisplay() {
    if (pid_ <= 0) return;
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  VirtualDisplay(const VirtualDisplay&) = delete;
  std::string name() const { return number_.empty() ? "" : ":" + number_; }

 private:
  pid_t pid_ = -1;
  std::string number_;
};

}  // namespace gui

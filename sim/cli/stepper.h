// SPDX-License-Identifier: MIT
// The words of `play`: one line in, what happened out.
//
// Knows no terminal: the command feeds it lines, tests too. A word may be
// shortened as the help says; an empty line repeats the last movement.
#pragma once

#include <string>
#include <vector>

#include "sim/run/session.h"

namespace cli {

class Stepper {
 public:
  explicit Stepper(run::Session& session) : session_(session) {}

  // Answers one line. A mistake is answered with a sentence, never thrown.
  std::string obey(const std::string& line);
  bool done() const { return done_; }

  using Words = std::vector<std::string>;

 private:
  friend struct Word;

  std::string step(const Words& words);
  std::string by_unit(const Words& words);
  std::string back(const Words& words);
  std::string pick(const Words& words);
  std::string run(const Words& words);
  std::string seek(const Words& words);
  std::string fire(const Words& words);
  std::string stack(const Words& words);
  std::string lanes(const Words& words);
  std::string help(const Words& words);
  std::string quit(const Words& words);

  // After a movement: what happened since `before`, and where all stand.
  std::string moved(uint64_t before, run::Stop stop);
  unsigned a_cpu(const std::string& word) const;

  run::Session& session_;
  std::string last_movement_;
  bool done_ = false;
};

}  // namespace cli

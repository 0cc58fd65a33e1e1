// SPDX-License-Identifier: MIT
// Scripts: a person, written down. They act through mouse and keys by widget
// name, never past them. One command a line, # begins a comment:
//
//   click ID | double ID | hover ID | drag ID DX DY | wheel ID N
//   key NAME | text WORDS | action NAME | drop FILE
//   copy FILE FILE                 another program saves the second one
//   frames N                       let the window draw N times
//   wait ID OP VALUE               until it is so, at most 60 s
//   expect ID OP VALUE             OP: == != contains < >; alone: absent greyed
//   wait-sim PATH OP VALUE         PATH: step time verdict findings playing
//   expect-sim PATH OP VALUE             finished cursor events cpus name ...
//   remember PATH                  for OP "changed" and "same" of expect-sim
//   size W H | theme dark | scale 1.25 | shot FILE
//   check                          every widget inside the window, none empty
//
// A step that cannot be done (no such widget) is a failure that lists the
// nearest names; the script goes on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gui/app/stage.h"

namespace gui {

class Script {
 public:
  // Throws sim::UserError when the file cannot be read or a line has no meaning.
  static std::vector<std::vector<std::string>> load(const std::string& path);

  Script(Stage& stage, int width, int height);
  // Returns how many expectations failed; prints each of them.
  int run(const std::vector<std::vector<std::string>>& lines);

  void settle(int frames);
  void shot(const std::string& path);
  // One line of words as run() takes them; false: it failed.
  bool step(const std::vector<std::string>& words);

 private:
  bool mouse(const std::vector<std::string>& words);
  bool compare(const std::vector<std::string>& words, bool of_machine, bool patient);
  bool check_layout();
  std::string value_of(const std::string& path) const;
  bool fail(const std::string& sentence);

  Stage& stage_;
  int width_, height_;
  std::vector<uint32_t> pixels_;
  std::map<std::string, std::string> remembered_;
  std::string line_;
};

}  // namespace gui

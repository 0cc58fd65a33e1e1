// SPDX-License-Identifier: MIT
// Probes: what a script can find on the screen, by stable dotted names.
//
// Every widget reports its rectangle and its state after it was drawn; the
// book is cleared at the start of each frame. Off unless somebody asks, so a
// normal run pays one branch a widget.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gui/draw/paint.h"

namespace gui {

struct Probe {
  Rect rect;
  std::string value;  // "1", "paused", a label: whatever describes its state
  bool enabled = true;
};

class Probes {
 public:
  bool on = false;

  void clear() { book_.clear(); }
  void add(std::string_view id, const Rect& rect, std::string_view value = {},
           bool enabled = true) {
    if (on) book_[std::string(id)] = {rect, std::string(value), enabled};
  }
  const Probe* find(const std::string& id) const;
  // Names closest to one that does not exist.
  std::vector<std::string> near(const std::string& id, size_t most = 3) const;
  const std::map<std::string, Probe>& all() const { return book_; }

 private:
  std::map<std::string, Probe> book_;
};

}  // namespace gui

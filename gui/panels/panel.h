// SPDX-License-Identifier: MIT
// Panels: each draws one thing at a rectangle, from the desk. A new one is a
// file with its function and a line in the table of panel.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "gui/app/desk.h"

namespace gui {

struct Panel {
  const char* id;  // "locks": also its tab's probe, tab.locks
  const char* title;
  void (*draw)(Desk&, const Rect& body);
};
const Panel& find_panel(std::string_view id);

// The whole window, once a frame, between NewFrame() and Render().
void draw_window(Desk& desk);

// Several panels in one place: a header with a tab each, the chosen one below.
void draw_group(Desk& desk, std::string_view group, const std::vector<const char*>& ids,
                const Rect& r);
// A frame with one title; returns what is left for the body.
Rect draw_frame(Desk& desk, const Rect& r, std::string_view title, std::string_view sub = {});

void draw_topbar(Desk& desk, const Rect& r);
void draw_timeline(Desk& desk, const Rect& r);
void draw_source(Desk& desk, const Rect& r);
void draw_overlays(Desk& desk, ImVec2 window);
void draw_menu(Desk& desk, ImVec2 window);
// A window of its own above the rest; ImGui::End() when it is drawn.
void begin_sheet(Desk& desk, const char* name, const Rect& r);

void draw_locks(Desk& desk, const Rect& body);
void draw_lock_order(Desk& desk, const Rect& body);
void draw_interrupts(Desk& desk, const Rect& body);
void draw_rcu(Desk& desk, const Rect& body);
void draw_cpus(Desk& desk, const Rect& body);
void draw_log(Desk& desk, const Rect& body);
void draw_findings(Desk& desk, const Rect& body);
void draw_statistics(Desk& desk, const Rect& body);
void draw_proc(Desk& desk, const Rect& body);
void draw_variables(Desk& desk, const Rect& body);
void draw_lessons(Desk& desk, const Rect& body);
void draw_lesson_text(Desk& desk, const Rect& body);
void draw_schedule(Desk& desk, const Rect& body);
void draw_setup(Desk& desk, const Rect& body);

// A body that scrolls: draw at (x(), y()), then say how high it became.
class Scroll {
 public:
  Scroll(Desk& desk, std::string_view id, const Rect& body);
  ~Scroll();
  float x() const { return x_; }
  float y() const { return y_; }
  float width() const { return width_; }
  void reach(float y) { bottom_ = y; }
  void bring_into_view(float y, float h) const;

 private:
  float x_, y_, width_, bottom_;
};

inline Paint paint_of(Desk& desk) { return {desk.look, ImGui::GetWindowDrawList()}; }

}  // namespace gui

// SPDX-License-Identifier: MIT
// The desk: everything the window holds while it is open. Panels draw from it
// and change it through act(), go_to() and the small structs below.
//
// The cursor is where the machine stands, unless it plays. Moving it while
// paused asks the machine to seek there; what the tracks know (frames, locks,
// waiters) follows at once, what only the machine knows (variables, flags)
// when it has arrived.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gui/app/machine.h"
#include "gui/app/published.h"
#include "gui/draw/widgets.h"
#include "gui/model/action.h"
#include "gui/model/feed.h"
#include "gui/model/hits.h"
#include "gui/model/moment.h"
#include "gui/model/ordergraph.h"
#include "gui/model/pace.h"
#include "gui/model/source.h"
#include "gui/model/view.h"
#include "sim/run/executor.h"
#include "sim/run/lesson.h"

namespace gui {

// Which span of time is on the screen.
struct Span {
  View view, target;
  bool moving = false;    // an animation is under way
  bool settling = false;  // lanes change their height
  bool follow = true;     // the view runs along with the machine
  bool fit = true;        // shows all, until somebody zooms or pans
  std::vector<View> history;
  double width = 1;          // px of the lanes, as last drawn
  double hover = 0;          // time under the mouse; the cursor's when it is elsewhere
  float scroll = 0;          // px, lanes that do not fit
  std::vector<float> depth;  // rows shown of each CPU; follows what is in view
};

struct Selection {
  bool on = false;
  TrackNumber track = kNoTrack;
  Interval interval{};
};

struct Measure {
  bool on = false, dragging = false;
  double from = 0, to = 0;
};

struct Bookmark {
  uint64_t time;
  std::string label;
};

struct Search {
  std::string text;
  bool wanted = false;  // the field takes the keyboard
  std::vector<Interval> hits;
  std::vector<TrackNumber> tracks;
  size_t at = 0;
};

// One listing of the source panel.
struct SourcePane {
  std::string path;
  unsigned scroll_to = 0;                  // line, 0: nowhere
  unsigned first_seen = 0, last_seen = 0;  // lines on the screen, as last drawn
};

struct SourceTabs {
  std::map<std::string, SourceFile> files;  // by path
  SourcePane left, right;
  bool follow = true;
  bool split = false;          // CPUs are at places that do not fit into one listing
  uint64_t step = UINT64_MAX;  // the panes have followed it
  std::map<std::string, std::vector<unsigned>> breakpoints;  // path -> lines
  unsigned chosen = 0;  // line whose moments are listed, 0: none
  std::string chosen_path;
};

struct Course {
  std::vector<run::Lesson> lessons;
  size_t at = SIZE_MAX;  // index, SIZE_MAX: the user's own files
  std::string variant = "broken";
  std::vector<std::string> done;  // names of lessons whose verdict was reached
  bool shown = false;             // as a drawer in a narrow window
  unsigned hints = 0;             // how many were asked for
  bool difference = false;        // shown
};

// What a person sets for the next machine.
struct Settings {
  std::string theme = "dark";
  float scale = 1;
  size_t speed = 5;  // index into speeds()
  run::Unit unit = run::Unit::kLine;
  std::vector<std::string> done;
  std::map<std::string, float> sizes;       // of parts of the window, px at scale 1, if dragged
  std::map<std::string, std::string> tabs;  // group -> chosen panel
};

struct Speed {
  const char* label;
  double ns_per_second;  // as Machine::play() wants it
};
const std::vector<Speed>& speeds();

struct VariableWatch {
  std::string expression, value, writer;
};

// A file of the guest's /proc as it read at a step.
struct ProcView {
  std::string name, text;
  uint64_t step = 0, epoch = 0;
};

// Written by the machine's thread when it was asked for values.
struct Answers {
  std::mutex mutex;
  std::vector<VariableWatch> watches;
  std::vector<std::string> names;  // of the program's globals
  ProcView proc;
  std::string said;  // "Saved x.json", to be told once
};

class Desk {
 public:
  Desk() : widgets(look, probes) {}

  // Makes it so, however it was asked for.
  void act(Action action);
  // Opens lesson number n, or the user's files; keeps the settings.
  void open_lesson(size_t n, const std::string& variant);
  void open_files(const std::vector<std::string>& files);
  void reopen();
  // The cursor to a time, the machine to its step.
  void go_to(uint64_t time);
  void go_to_step(uint64_t step, uint64_t time);
  void go_to_finding(const check::Finding& f);
  void show_finding(const check::Finding& f);  // its span, no jump
  void select(TrackNumber track, const Interval& interval, bool move);
  void show(double from, double to);  // animated, remembers the view before
  void set_scale(float scale);
  void say(std::string words) { notice = std::move(words), notice_age = 0; }
  // On threads no run is like another: nothing goes back, step by step, or as
  // somebody picks. What then is greyed says kNotOnThreads.
  bool repeats() const { return run::repeats(state.config); }
  static constexpr const char* kNotOnThreads =
      "Not on threads: no run is like another. Choose lockstep in Setup";
  bool is_open() const { return feed != nullptr && state.open; }
  const Timeline& timeline() const { return feed->timeline(); }
  double end() const { return feed ? static_cast<double>(timeline().last_time) : 0; }

  // Once a frame, before drawing: news from the machine, animations, caches.
  void refresh(float seconds);
  // Nothing moves and nothing is awaited: no need to draw again.
  bool quiet() const;
  void wake() { restless_ = 3; }  // something was pressed or moved

  Look look;
  Probes probes;
  Widgets widgets;
  std::unique_ptr<Machine> machine;  // null where only drawing is tested
  Published state;
  std::unique_ptr<Feed> feed;
  Hits hits;  // of the lines of the user's files
  Course course;
  Settings settings;
  run::Config config;              // for the next machine
  std::vector<std::string> files;  // the user's own, if any

  Span span;
  uint64_t cursor = 0;
  Moment moment;  // at the cursor
  OrderGraph lock_order;
  Selection selection;
  Measure measure;
  std::vector<Bookmark> bookmarks;
  Search search;
  SourceTabs source;
  std::vector<VariableWatch> watches;
  std::shared_ptr<Answers> answers = std::make_shared<Answers>();
  std::weak_ptr<const bool> proc_question;     // lives while one is on its way
  std::map<std::string, std::string> tab_of;   // tab group -> panel
  std::map<std::string, int> choice_of;        // small states of panels, by name
  std::map<std::string, std::string> text_of;  // fields of panels, by name

  bool help = false, palette = false, menu = false, timeline_only = false, manual = false;
  bool fonts_changed = true, theme_changed = true, full_screen = false, quit = false;
  bool draw_while_running = true;
  std::optional<unsigned> step_cpu;  // steps are for this CPU only
  bool stop_at_warnings = false;
  std::string shot_wanted;        // path of a picture to be taken
  std::optional<Rect> shot_part;  // of the window; none: all of it
  Rect timeline_rect;             // where it was drawn last
  std::string notice;             // one line that fades
  float notice_age = 0;

 private:
  void act_on_run(Action action);
  void act_on_speed(Action action);
  void act_on_unit(Action action);
  void act_on_program(Action action);
  void act_on_view(Action action);
  void act_on_jump(Action action);
  void act_on_selection(Action action);
  void act_on_looks(Action action);
  void act_on_window(Action action);
  void act_on_files(Action action);
  std::string file_name(const char* ending) const;
  void save_text(const std::string& path, const std::string& said,
                 std::function<void(run::Session&, const std::string&)> write);
  void bookmark();
  void deselect();
  void jump_contention(int direction);
  void jump_finding(int direction);
  void jump_bookmark(int direction);
  void walk_lane(int direction);
  void change_lane(int direction);
  bool walk_chain(bool to_cause);  // false: no link of a chain is selected
  void follow_flow(bool to_cause);
  void to_holder();
  void next_hit(int direction);
  void look_at_machine();
  void follow_machine();
  void follow_findings();
  void note_progress();
  void run_search();

  uint64_t seen_version_ = 0, seen_epoch_ = 0, seen_step_ = 0;
  std::optional<uint64_t> seeking_;  // step that was asked for by the cursor
  uint64_t moment_key_ = UINT64_MAX;
  std::string seen_lock_order_, seen_error_;
  size_t seen_findings_ = 0;
  std::string searched_;
  uint64_t searched_known_ = 0;  // events and names there were then
  Pace pace_;
  bool backlog_ = false;
  int restless_ = 3;  // frames to draw after the last change
};

}  // namespace gui

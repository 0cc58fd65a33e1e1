// SPDX-License-Identifier: MIT
// What each action does.
#include <algorithm>
#include <cmath>

#include "gui/app/desk.h"

namespace gui {
namespace {

// What a run on threads cannot do.
bool needs_the_same_run(Action action) {
  switch (action) {
    case Action::kForward:
    case Action::kBack:
    case Action::kForward10:
    case Action::kBack10:
    case Action::kStart:
    case Action::kSchedule:
    case Action::kSaveSchedule:
      return true;
    default:
      return false;
  }
}

}  // namespace

void Desk::act(Action action) {
  restless_ = 3;
  if (!repeats() && needs_the_same_run(action)) {
    say(kNotOnThreads);
    return;
  }
  act_on_run(action);
  act_on_speed(action);
  act_on_unit(action);
  act_on_program(action);
  act_on_view(action);
  act_on_jump(action);
  act_on_selection(action);
  act_on_looks(action);
  act_on_window(action);
  act_on_files(action);
}

void Desk::act_on_run(Action action) {
  if (machine == nullptr) return;
  const auto step = [&](int count) { machine->step(settings.unit, step_cpu, count); };
  switch (action) {
    case Action::kPlay:
      span.follow = true;
      if (state.playing)
        machine->pause();
      else
        machine->play(speeds()[settings.speed].ns_per_second);
      break;
    case Action::kForward:
      step(1);
      break;
    case Action::kBack:
      step(-1);
      break;
    case Action::kForward10:
      step(10);
      break;
    case Action::kBack10:
      step(-10);
      break;
    case Action::kStart:
      go_to_step(0, 0);
      break;
    case Action::kEnd:
      span.follow = true;
      machine->run_to_end();
      break;
    default:
      break;
  }
}

void Desk::act_on_speed(Action action) {
  const size_t last = speeds().size() - 1;
  if (action == Action::kFaster)
    settings.speed = std::min(settings.speed + 1, last);
  else if (action == Action::kSlower)
    settings.speed -= settings.speed > 0 ? 1 : 0;
  else
    return;
  if (machine != nullptr) machine->set_speed(speeds()[settings.speed].ns_per_second);
}

void Desk::act_on_unit(Action action) {
  switch (action) {
    case Action::kUnitLine:
      settings.unit = run::Unit::kLine;
      break;
    case Action::kUnitFunction:
      settings.unit = run::Unit::kFunction;
      break;
    case Action::kUnitEvent:
      settings.unit = run::Unit::kEvent;
      break;
    case Action::kUnitTime:
      settings.unit = run::Unit::kMicrosecond;
      break;
    default:
      break;
  }
}

// The program and its interrupts: what is run, not how far.
void Desk::act_on_program(Action action) {
  if (machine == nullptr) return;
  switch (action) {
    case Action::kFire:
      if (state.config.sources.empty())
        say("This program has no interrupt source to fire");
      else
        machine->with([name = state.config.sources[0].name](run::Session& s) { s.fire(name); });
      break;
    case Action::kReload:
      reopen();
      break;
    case Action::kNextLesson:
      if (!course.lessons.empty()) open_lesson((course.at + 1) % course.lessons.size(), "broken");
      break;
    case Action::kToggleVariant:
      if (course.at < course.lessons.size())
        open_lesson(course.at, course.variant == "broken" ? "fixed" : "broken");
      break;
    case Action::kDifference:
      course.difference = !course.difference;
      break;
    case Action::kHint:
      ++course.hints;
      break;
    case Action::kStopAtWarnings:
      stop_at_warnings = !stop_at_warnings;
      machine->stop_at_warnings(stop_at_warnings);
      say(stop_at_warnings ? "Stops at every finding" : "Stops at failures only");
      break;
    default:
      break;
  }
}

void Desk::act_on_view(Action action) {
  if (!is_open()) return;
  const auto zoom = [&](double factor) {
    if (!span.moving) span.target = span.view;
    span.target.zoom(span.hover, factor, end());
    span.moving = true;
    span.follow = span.fit = false;
  };
  const auto pan = [&](double share) {
    if (!span.moving) span.target = span.view;
    span.target.pan(span.target.span() * share, end());
    span.moving = true;
    span.follow = span.fit = false;
  };
  const double from = static_cast<double>(selection.interval.start);
  const double to = static_cast<double>(selection.interval.end());
  switch (action) {
    case Action::kZoomIn:
      zoom(0.64);
      break;
    case Action::kZoomOut:
      zoom(1 / 0.64);
      break;
    case Action::kPanLeft:
      pan(-0.25);
      break;
    case Action::kPanRight:
      pan(0.25);
      break;
    case Action::kZoomAll:
      show(-end() * 0.02, end() * 1.02);
      break;
    case Action::kZoomSelection:
      if (measure.on)
        show(std::min(measure.from, measure.to), std::max(measure.from, measure.to));
      else if (selection.on)
        show(from - (to - from) * 0.3 - 50, to + (to - from) * 0.3 + 50);
      break;
    case Action::kViewBack:
      if (span.history.empty()) break;
      span.target = span.history.back();
      span.history.pop_back();
      span.moving = true;
      break;
    default:
      break;
  }
}

void Desk::act_on_jump(Action action) {
  if (!is_open()) return;
  switch (action) {
    case Action::kNextFinding:
      jump_finding(1);
      break;
    case Action::kPreviousFinding:
      jump_finding(-1);
      break;
    case Action::kNextContention:
      jump_contention(1);
      break;
    case Action::kPreviousContention:
      jump_contention(-1);
      break;
    case Action::kNextBookmark:
      jump_bookmark(1);
      break;
    case Action::kPreviousBookmark:
      jump_bookmark(-1);
      break;
    case Action::kSearchNext:
      next_hit(1);
      break;
    case Action::kSearchPrevious:
      next_hit(-1);
      break;
    case Action::kBookmark:
      bookmark();
      break;
    default:
      break;
  }
}

void Desk::act_on_selection(Action action) {
  if (!is_open()) return;
  switch (action) {
    case Action::kNextInLane:
      walk_lane(1);
      break;
    case Action::kPreviousInLane:
      walk_lane(-1);
      break;
    case Action::kLaneUp:
      change_lane(-1);
      break;
    case Action::kLaneDown:
      change_lane(1);
      break;
    case Action::kToCause:
      follow_flow(true);
      break;
    case Action::kToEffect:
      follow_flow(false);
      break;
    case Action::kToHolder:
      to_holder();
      break;
    default:
      break;
  }
}

void Desk::bookmark() {
  const std::string label = measure.on ? duration_text(std::fabs(measure.to - measure.from))
                                       : "mark " + std::to_string(bookmarks.size() + 1);
  const double at = measure.on ? std::min(measure.from, measure.to) : static_cast<double>(cursor);
  bookmarks.push_back({static_cast<uint64_t>(std::max(0.0, at)), label});
  std::sort(bookmarks.begin(), bookmarks.end(),
            [](const Bookmark& a, const Bookmark& b) { return a.time < b.time; });
}

// One level a press: popup, range, selection.
void Desk::deselect() {
  if (help || palette || menu)
    help = palette = menu = false;
  else if (measure.on)
    measure = {};
  else
    selection = {};
}

void Desk::act_on_looks(Action action) {
  switch (action) {
    case Action::kTheme:
      settings.theme = settings.theme == "dark" ? "light" : "dark";
      look.theme = settings.theme == "dark" ? &dark_theme() : &light_theme();
      theme_changed = true;
      break;
    case Action::kFontLarger:
    case Action::kFontSmaller: {
      float best = look.scale;
      for (const float s : kScales) {
        if (action == Action::kFontLarger && s > look.scale + 0.01f) {
          best = s;
          break;
        }
        if (action == Action::kFontSmaller && s < look.scale - 0.01f) best = s;
      }
      set_scale(best);
      break;
    }
    case Action::kFontNormal:
      set_scale(1);
      break;
    default:
      break;
  }
}

void Desk::act_on_window(Action action) {
  switch (action) {
    case Action::kSearch:
      search.wanted = true;
      break;
    case Action::kPalette:
      palette = !palette;
      break;
    case Action::kHelp:
      help = !help;
      break;
    case Action::kDeselect:
      deselect();
      break;
    case Action::kFullScreen:
      full_screen = !full_screen;
      break;
    case Action::kTimelineOnly:
      timeline_only = !timeline_only;
      break;
    case Action::kLessons:
      course.shown = !course.shown;
      break;
    case Action::kSchedule:
      manual = !manual;
      break;
    case Action::kMenu:
      menu = !menu;
      break;
    case Action::kQuit:
      quit = true;
      break;
    default:
      break;
  }
}

}  // namespace gui

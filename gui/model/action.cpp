// SPDX-License-Identifier: MIT
#include "gui/model/action.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace gui {

namespace {

using enum Action;
const std::vector<ActionInfo> kActions = {
    {kPlay, "play", "space", "Run", "Play or pause"},
    {kForward, "forward", "right", "Run", "Step forward by the chosen unit"},
    {kBack, "back", "left", "Run", "Step back by the chosen unit"},
    {kForward10, "forward-10", "shift+right", "Run", "Ten units forward"},
    {kBack10, "back-10", "shift+left", "Run", "Ten units back"},
    {kStart, "start", "home", "Run", "To the start"},
    {kEnd, "end", "end", "Run", "Run to the end, or to the next finding"},
    {kNextFinding, "next-finding", "e", "Run", "Next finding"},
    {kPreviousFinding, "previous-finding", "shift+e", "Run", "Previous finding"},
    {kNextContention, "next-contention", "n", "Run", "Next contention"},
    {kPreviousContention, "previous-contention", "shift+n", "Run", "Previous contention"},
    {kUnitLine, "unit-line", "1", "Run", "Step by lines"},
    {kUnitFunction, "unit-call", "2", "Run", "Step by calls"},
    {kUnitEvent, "unit-event", "3", "Run", "Step by events"},
    {kUnitTime, "unit-time", "4", "Run", "Step by microseconds"},
    {kFaster, "faster", "=", "Run", "Faster"},
    {kSlower, "slower", "-", "Run", "Slower"},
    {kSchedule, "schedule", "y", "Run", "You schedule: pick who goes next"},
    {kFire, "fire", "i", "Run", "Fire the first interrupt source"},
    {kStopAtWarnings, "stop-at-warnings", "shift+w", "Run",
     "Stop at warnings, too, or only at failures"},
    {kZoomIn, "zoom-in", "w", "Timeline", "Zoom in at the mouse"},
    {kZoomOut, "zoom-out", "s", "Timeline", "Zoom out"},
    {kPanLeft, "pan-left", "a", "Timeline", "Pan left"},
    {kPanRight, "pan-right", "d", "Timeline", "Pan right"},
    {kZoomSelection, "zoom-selection", "f", "Timeline", "Zoom to the selection"},
    {kZoomAll, "zoom-all", "0", "Timeline", "Show all of it"},
    {kViewBack, "view-back", "ctrl+z", "Timeline", "The view before this one"},
    {kNextInLane, "next-in-lane", ".", "Timeline", "Next event in the lane"},
    {kPreviousInLane, "previous-in-lane", ",", "Timeline", "Previous event in the lane"},
    {kLaneUp, "lane-up", "up", "Timeline", "One lane up"},
    {kLaneDown, "lane-down", "down", "Timeline", "One lane down"},
    {kToCause, "to-cause", "[", "Timeline", "To what caused it, or who blocks it"},
    {kToEffect, "to-effect", "]", "Timeline", "To its effect, or whom it blocks"},
    {kToHolder, "to-holder", "h", "Timeline", "To the holder of the lock"},
    {kBookmark, "bookmark", "m", "Timeline", "Bookmark the cursor or the measured span"},
    {kNextBookmark, "next-bookmark", "b", "Timeline", "Next bookmark"},
    {kPreviousBookmark, "previous-bookmark", "shift+b", "Timeline", "Previous bookmark"},
    {kDeselect, "deselect", "escape", "Timeline", "Close the popup, drop range or selection"},
    {kSearch, "search", "/", "Find", "Search functions, tasks, locks"},
    {kSearchNext, "search-next", "f3", "Find", "Next hit"},
    {kSearchPrevious, "search-previous", "shift+f3", "Find", "Previous hit"},
    {kPalette, "palette", "ctrl+p ctrl+shift+p", "Find", "Commands"},
    {kHelp, "help", "? f1", "Find", "This sheet"},
    {kLessons, "lessons", "l", "Lesson", "Show or hide the lessons"},
    {kNextLesson, "next-lesson", "ctrl+n", "Lesson", "Next lesson"},
    {kToggleVariant, "toggle-variant", "v", "Lesson", "Broken or fixed"},
    {kDifference, "difference", "x", "Lesson", "What differs between broken and fixed"},
    {kHint, "hint", "k", "Lesson", "A hint"},
    {kReload, "reload", "f5", "Lesson", "Compile again and restart"},
    {kTheme, "theme", "t", "Window", "Dark or light"},
    {kFontLarger, "font-larger", "ctrl+=", "Window", "Larger"},
    {kFontSmaller, "font-smaller", "ctrl+-", "Window", "Smaller"},
    {kFontNormal, "font-normal", "ctrl+0", "Window", "Normal size"},
    {kFullScreen, "full-screen", "f11", "Window", "Full screen"},
    {kTimelineOnly, "timeline-only", "f2", "Window", "Timeline only, for projectors"},
    {kQuit, "quit", "ctrl+q", "Window", "Quit"},
    {kMenu, "menu", "f10", "File", "Save and export"},
    {kScreenshot, "screenshot", "ctrl+s", "File", "Picture of the window (PNG)"},
    {kTimelineShot, "timeline-shot", "ctrl+shift+s", "File", "Picture of the timeline (PNG)"},
    {kExportPerfetto, "export-perfetto", "ctrl+shift+e", "File", "Trace for Perfetto's UI"},
    {kSaveSchedule, "save-schedule", "ctrl+e", "File",
     "Schedule, to run it again (lockstep replay)"},
};

}  // namespace

const std::vector<ActionInfo>& actions() { return kActions; }

Action action_of_key(std::string_view key) {
  for (const ActionInfo& a : actions()) {
    std::istringstream keys{std::string(a.keys)};
    for (std::string one; keys >> one;)
      if (one == key) return a.action;
  }
  return Action::kNone;
}

Action action_of_name(std::string_view name) {
  for (const ActionInfo& a : actions())
    if (a.name == name) return a.action;
  return Action::kNone;
}

const ActionInfo& info(Action action) {
  static const ActionInfo kNothing{Action::kNone, "", "", "", ""};
  for (const ActionInfo& a : actions())
    if (a.action == action) return a;
  return kNothing;
}

std::vector<const ActionInfo*> matching_actions(std::string_view words) {
  const auto lower = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  };
  std::vector<const ActionInfo*> out;
  for (const ActionInfo& a : actions()) {
    const std::string text = lower(std::string(a.name) + " " + std::string(a.help));
    std::istringstream wanted(lower(std::string(words)));
    bool all = true;
    for (std::string word; wanted >> word;) all = all && text.find(word) != std::string::npos;
    if (all) out.push_back(&a);
  }
  return out;
}

}  // namespace gui

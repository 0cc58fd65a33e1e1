// SPDX-License-Identifier: MIT
// Everything that a person can make the window do, once.
//
// Buttons, keys, the palette and scripts all go through an Action; the help
// sheet is this table printed. A key is written as in a script: "space",
// "shift+n", "ctrl+z", "[" .
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gui {

enum class Action {
  kNone,
  kPlay,
  kForward,
  kBack,
  kForward10,
  kBack10,
  kStart,
  kEnd,
  kNextFinding,
  kPreviousFinding,
  kNextContention,
  kPreviousContention,
  kUnitLine,
  kUnitFunction,
  kUnitEvent,
  kUnitTime,
  kFaster,
  kSlower,
  kZoomIn,
  kZoomOut,
  kPanLeft,
  kPanRight,
  kZoomSelection,
  kZoomAll,
  kViewBack,
  kNextInLane,
  kPreviousInLane,
  kLaneUp,
  kLaneDown,
  kToCause,
  kToEffect,
  kToHolder,
  kSearch,
  kSearchNext,
  kSearchPrevious,
  kBookmark,
  kNextBookmark,
  kPreviousBookmark,
  kDeselect,
  kTheme,
  kFontLarger,
  kFontSmaller,
  kFontNormal,
  kFullScreen,
  kTimelineOnly,
  kLessons,
  kNextLesson,
  kToggleVariant,
  kReload,
  kHint,
  kDifference,
  kStopAtWarnings,
  kSchedule,
  kFire,
  kPalette,
  kHelp,
  kMenu,
  kScreenshot,
  kTimelineShot,
  kExportPerfetto,
  kSaveSchedule,
  kQuit,
};

struct ActionInfo {
  Action action;
  std::string_view name;   // in a script and in the palette's id: "next-contention"
  std::string_view keys;   // "n"; several are separated by a blank
  std::string_view group;  // heading in the help sheet
  std::string_view help;
};

const std::vector<ActionInfo>& actions();
// kNone if no action has that key.
Action action_of_key(std::string_view key);
Action action_of_name(std::string_view name);
const ActionInfo& info(Action action);
// Actions whose name or help contains all the words; all for an empty text.
std::vector<const ActionInfo*> matching_actions(std::string_view words);

}  // namespace gui

// SPDX-License-Identifier: MIT
// What the window writes: pictures, the schedule, a trace for Perfetto. Files
// go to the current folder, named after the program.
#include <algorithm>
#include <fstream>

#include "gui/app/desk.h"
#include "sim/core/error.h"
#include "sim/run/perfetto.h"

namespace gui {

std::string Desk::file_name(const char* ending) const {
  std::string name = state.name.empty() ? "lockstep" : state.name;
  if (name.ends_with(".c")) name.resize(name.size() - 2);
  std::replace(name.begin(), name.end(), '/', '-');
  return name + ending;
}

// On the machine's thread; what it could not do is shown as any other error.
void Desk::save_text(const std::string& path, const std::string& said,
                     std::function<void(run::Session&, const std::string&)> write) {
  if (machine == nullptr) return;
  machine->with([path, said, write, to = answers](run::Session& s) {
    write(s, path);
    const std::lock_guard hold(to->mutex);
    to->said = said;
  });
}

void Desk::act_on_files(Action action) {
  switch (action) {
    case Action::kScreenshot:
      shot_wanted = file_name(".png");
      shot_part.reset();
      break;
    case Action::kTimelineShot:
      shot_wanted = file_name("-timeline.png");
      shot_part = timeline_rect;
      break;
    case Action::kExportPerfetto: {
      const std::string path = file_name(".perfetto.json");
      save_text(path, "Saved " + path + ": open it at ui.perfetto.dev",
                [](run::Session& s, const std::string& file) {
                  run::export_perfetto(*run::view_of(s), file);
                });
      break;
    }
    case Action::kSaveSchedule: {
      const std::string path = file_name(".schedule");
      save_text(path, "Saved " + path + ": `lockstep replay " + path + "` runs it again",
                [](run::Session& s, const std::string& file) {
                  std::ofstream out(file);
                  out << s.schedule();
                  out.close();
                  if (!out) throw sim::UserError("Cannot write " + file + "; is the folder yours?");
                });
      break;
    }
    default:
      break;
  }
}

}  // namespace gui

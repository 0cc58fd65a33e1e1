// SPDX-License-Identifier: MIT
#include "sim/cli/trace_file.h"

#include <fmt/format.h>

#include <fstream>

#include "sim/cli/view.h"
#include "sim/core/error.h"
#include "sim/run/event_text.h"
#include "sim/run/merge.h"
#include "sim/run/run_view.h"

namespace cli {

namespace {

std::string line_of(const run::RunView& view, const sim::Event& event) {
  const std::string text =
      run::is_step(event) ? run::step_text(view, event) : run::event_text(view, event);
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{:x}\t{}\t{:x}\t{}\t{}\n", uint64_t{event.step},
                     uint64_t{event.time}, uint64_t{event.cpu}, level_name(event.level()),
                     uint64_t{event.kind}, event.object, event.arg, event.pc, text,
                     run::place_text(view, event));
}

}  // namespace

void write_trace(const run::Session& session, OutputFile& file) {
  const std::unique_ptr<run::RunView> view = run::view_of(session);
  std::ofstream out(file.scratch(), std::ios::binary | std::ios::trunc);
  out << "step\ttime_ns\tcpu\tcontext\tevent\tobject\targ\tpc\ttext\twhere\n";
  run::Merge merge(session.trace(), run::Merge::Steps::kAll);
  while (const sim::Event* event = merge.next()) out << line_of(*view, *event);
  out.close();
  if (!out) throw sim::UserError("--trace-out: the disk is full, or the file cannot be written");
  file.commit();
}

}  // namespace cli

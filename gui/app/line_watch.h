// SPDX-License-Identifier: MIT
// Which lines run, watched on the machine's thread after each of its slices.
//
// It reads the recent detail of the trace: a slice longer than that leaves a gap
// (Machine keeps slices shorter), and so does a slice that Machine skips, as it
// does with most of a long run at full speed. A CPU hits a line when it comes to it from
// another one, or to its beginning again; a line that only calls is known by
// the call. Re-execution of what was seen already makes no new hits.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/model/hits.h"
#include "sim/run/session.h"

namespace gui {

class LineWatch {
 public:
  static constexpr uint64_t kSliceMax = 30'000;  // steps that are surely still there

  // Appends what is new to `hits`, and new places to `places`.
  void look(const run::Session& session, std::vector<LineHit>& hits, std::vector<Place>& places);
  // Does not look; the hits since are not known.
  void skip(const run::Session& session);
  // The first step that was skipped; UINT64_MAX: none was.
  uint64_t sampled_from() const { return sampled_from_; }
  // Would the CPU's step at `pc` still belong to its last hit?
  bool still_there(const run::Session& session, unsigned cpu, uint32_t pc) const;
  // An input came in after `step`: what follows is another run.
  void rewrite(uint64_t step);

 private:
  struct Seen {
    uint32_t place = UINT32_MAX, pc = 0;
  };
  void hit(const run::Session& session, const sim::Event& e, uint32_t pc,
           std::vector<LineHit>& hits, std::vector<Place>& places);
  uint32_t place_of(const run::Session& session, uint32_t pc, std::vector<Place>& places);

  uint64_t next_step_ = 0;  // everything before has been seen, or skipped
  uint64_t sampled_from_ = UINT64_MAX;
  std::vector<uint32_t> by_pc_;  // pc - HW_MODULE_BASE -> place
  std::vector<Place> known_;
  std::vector<Seen> last_;         // by CPU
  std::vector<sim::Event> calls_;  // of this look
};

}  // namespace gui

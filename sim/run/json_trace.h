// SPDX-License-Identifier: MIT
// Writes the JSON trace event format ("Trace Event Format", Google, 2016), one
// event a line, as it goes: nothing is kept but what is open.
//
// A track is a process and a thread of the format. Begin and end nest on each;
// time on a track never goes backwards, whatever clock the caller has it from.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace run {

struct Track {
  unsigned group = 0, number = 0;  // the format's pid and tid
  auto operator<=>(const Track&) const = default;
};

class JsonTrace {
 public:
  explicit JsonTrace(std::ostream& out);

  void name_group(unsigned group, std::string_view name);
  void name_track(Track track, std::string_view name, unsigned order);

  // details: more members of "args", as JSON text, or nothing.
  void begin(Track track, uint64_t ns, std::string_view name, std::string_view details = {});
  void end(Track track, uint64_t ns);
  void instant(Track track, uint64_t ns, std::string_view name, std::string_view details = {});
  // Spans that may overlap; id tells those of one group apart, and those of one
  // id nest. An end without a begin is left out.
  void begin_span(unsigned group, uint64_t id, uint64_t ns, std::string_view name);
  void end_span(unsigned group, uint64_t id, uint64_t ns);
  // An arrow between the slices that are open on two tracks.
  void begin_flow(Track track, uint64_t id, uint64_t ns, std::string_view name);
  void end_flow(Track track, uint64_t id, uint64_t ns, std::string_view name);

  void finish();  // ends what is open, at the latest time, and closes the text

 private:
  struct State {
    uint64_t ns = 0;
    unsigned open = 0;
  };
  State& at(Track track, uint64_t ns);
  void span(char phase, unsigned group, uint64_t id, uint64_t ns, std::string_view name);
  void event(char phase, Track track, uint64_t ns, std::string_view name, std::string_view rest);

  std::ostream& out_;
  std::string line_;
  bool first_ = true;
  uint64_t latest_ = 0;  // of all times so far
  std::map<Track, State> tracks_;
  std::map<std::pair<unsigned, uint64_t>, std::vector<std::string>> spans_;  // names
};

std::string json_string(std::string_view text);  // with quotes

}  // namespace run

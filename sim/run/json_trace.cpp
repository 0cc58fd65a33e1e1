// SPDX-License-Identifier: MIT
#include "sim/run/json_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace run {

JsonTrace::JsonTrace(std::ostream& out) : out_(out) {
  out_ << R"({"displayTimeUnit":"ns","traceEvents":[)";
}

JsonTrace::State& JsonTrace::at(Track track, uint64_t ns) {
  State& state = tracks_[track];
  state.ns = std::max(state.ns, ns);
  return state;
}

// Times are microseconds in the format; ours are whole nanoseconds.
void JsonTrace::event(char phase, Track track, uint64_t ns, std::string_view name,
                      std::string_view rest) {
  line_ = first_ ? "\n" : ",\n";
  first_ = false;
  latest_ = std::max(latest_, ns);
  fmt::format_to(std::back_inserter(line_), R"({{"ph":"{}","pid":{},"tid":{},"ts":{}.{:03})", phase,
                 track.group, track.number, ns / 1000, ns % 1000);
  if (!name.empty()) line_.append(R"(,"name":)").append(json_string(name));
  line_.append(rest).append("}");
  out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
}

void JsonTrace::name_group(unsigned group, std::string_view name) {
  event('M', {group, 0}, 0, "process_name",
        fmt::format(R"(,"args":{{"name":{}}})", json_string(name)));
  event('M', {group, 0}, 0, "process_sort_index",
        fmt::format(R"(,"args":{{"sort_index":{}}})", group));
}

void JsonTrace::name_track(Track track, std::string_view name, unsigned order) {
  event('M', track, 0, "thread_name", fmt::format(R"(,"args":{{"name":{}}})", json_string(name)));
  event('M', track, 0, "thread_sort_index", fmt::format(R"(,"args":{{"sort_index":{}}})", order));
}

void JsonTrace::begin(Track track, uint64_t ns, std::string_view name, std::string_view details) {
  State& state = at(track, ns);
  ++state.open;
  event('B', track, state.ns, name,
        details.empty() ? std::string() : fmt::format(R"(,"args":{{{}}})", details));
}

void JsonTrace::end(Track track, uint64_t ns) {
  State& state = at(track, ns);
  if (state.open == 0) return;
  --state.open;
  event('E', track, state.ns, {}, {});
}

void JsonTrace::instant(Track track, uint64_t ns, std::string_view name, std::string_view details) {
  event('i', track, at(track, ns).ns, name, fmt::format(R"(,"s":"t","args":{{{}}})", details));
}

void JsonTrace::span(char phase, unsigned group, uint64_t id, uint64_t ns, std::string_view name) {
  event(phase, {group, 0}, ns, name, fmt::format(R"(,"cat":"span","id":"{:#x}.{:x}")", group, id));
}

void JsonTrace::begin_span(unsigned group, uint64_t id, uint64_t ns, std::string_view name) {
  spans_[{group, id}].emplace_back(name);
  span('b', group, id, ns, name);
}

void JsonTrace::end_span(unsigned group, uint64_t id, uint64_t ns) {
  const auto open = spans_.find({group, id});
  if (open == spans_.end()) return;
  span('e', group, id, ns, open->second.back());
  open->second.pop_back();
  if (open->second.empty()) spans_.erase(open);
}

void JsonTrace::begin_flow(Track track, uint64_t id, uint64_t ns, std::string_view name) {
  event('s', track, at(track, ns).ns, name, fmt::format(R"(,"cat":"flow","id":{})", id));
}

void JsonTrace::end_flow(Track track, uint64_t id, uint64_t ns, std::string_view name) {
  event('f', track, at(track, ns).ns, name, fmt::format(R"(,"cat":"flow","bp":"e","id":{})", id));
}

void JsonTrace::finish() {
  for (auto& [track, state] : tracks_)
    while (state.open > 0) end(track, latest_);
  while (!spans_.empty())
    end_span(spans_.begin()->first.first, spans_.begin()->first.second, latest_);
  out_ << "\n]}\n";
}

std::string json_string(std::string_view text) {
  const auto plain = [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; };
  if (std::all_of(text.begin(), text.end(), plain)) return fmt::format(R"("{}")", text);
  // Guest text may be any bytes; the format is UTF-8.
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace run

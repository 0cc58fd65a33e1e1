// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "sim/core/error.h"
#include "sim/run/quantity.h"
#include "sim/run/schedule.h"
#include "sim/run/schedule_words.h"
#include "sim/run/settings.h"

namespace run {
namespace {

constexpr const char* kTitle = "lockstep schedule ";

// One line, taken apart from left to right.
class Line {
 public:
  Line(unsigned number, std::string_view text) : number_(number), words_(split_words(text)) {}

  std::string_view key() const { return words_[0]; }
  std::string what() const { return fmt::format("line {} of the schedule: {}", number_, key()); }
  [[noreturn]] void fail(const std::string& why) const {
    throw sim::UserError(fmt::format("line {} of the schedule: {}", number_, why));
  }

  std::string word() {
    if (next_ == words_.size()) fail(fmt::format("{} lacks a word", key()));
    const auto text = from_word(words_[next_++]);
    if (!text) fail(fmt::format("\"{}\" is no word", words_[next_ - 1]));
    return *text;
  }
  uint64_t number(uint64_t least = 0, uint64_t most = UINT64_MAX) {
    return parse_number(what(), word(), least, most);
  }
  double decimal() {
    const std::string text = word();
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !(value >= 0))
      fail(fmt::format("\"{}\" is no rate", text));
    return value;
  }
  // 16 hex digits.
  std::string hash() {
    const std::string text = word();
    if (text.size() != 16 || text.find_first_not_of("0123456789abcdef") != text.npos)
      fail(fmt::format("\"{}\" is no hash", text));
    return text;
  }
  Source source() {
    Source source;
    source.name = word();
    source.rate_hz = decimal();
    source.pattern = word();
    source.once_step = number();
    return source;
  }
  // Through the table of settings, which knows what is allowed.
  void setting(Config& config, std::string_view name) { set(config, name, word(), what()); }
  void done() const {
    if (next_ != words_.size()) fail(fmt::format("{} has too many words", key()));
  }

 private:
  unsigned number_;
  std::vector<std::string_view> words_;
  size_t next_ = 1;
};

struct Key {
  std::string_view name;
  bool once;
  void (*read)(Schedule&, Line&);
};

void read_input(Schedule& s, Line& line, Schedule::Input::What what) {
  using enum Schedule::Input::What;
  Schedule::Input input;
  input.choice = line.number();
  input.what = what;
  if (what == kSet) {
    input.source = line.source();
  } else if (what == kSend) {
    input.cpu = static_cast<unsigned>(line.number(0, s.config.cpus - 1));
    input.vector = static_cast<unsigned>(line.number(0, 255));
  } else {
    input.source.name = line.word();
    if (what == kRoute) input.cpus = line.number(1);
  }
  if (!s.inputs.empty() && s.inputs.back().choice > input.choice)
    line.fail("what the user did is not in order");
  s.inputs.push_back(std::move(input));
}

void read_deviation(Schedule& s, Line& line) {
  Schedule::Deviation d;
  d.choice = line.number();
  d.actor = static_cast<unsigned>(line.number(0, UINT32_MAX));
  if (!s.deviations.empty() && s.deviations.back().choice >= d.choice)
    line.fail("the deviations are not in order");
  s.deviations.push_back(d);
}

constexpr Key kKeys[] = {
    {"images", true, [](Schedule& s, Line& l) { s.images = l.hash(); }},
    {"program", true, [](Schedule& s, Line& l) { s.program = l.word(); }},
    {"source", false,
     [](Schedule& s, Line& l) {
       std::string path = l.word();
       s.sources.push_back({std::move(path), l.hash()});
     }},
    {"include", false, [](Schedule& s, Line& l) { s.options.include_dirs.push_back(l.word()); }},
    {"define", false, [](Schedule& s, Line& l) { s.options.defines.push_back(l.word()); }},
    {"cpus", true, [](Schedule& s, Line& l) { l.setting(s.config, "cpus"); }},
    {"seed", true, [](Schedule& s, Line& l) { l.setting(s.config, "seed"); }},
    {"arbiter", true, [](Schedule& s, Line& l) { l.setting(s.config, "arbiter"); }},
    {"preempt", true, [](Schedule& s, Line& l) { l.setting(s.config, "preempt"); }},
    {"spinlock", true, [](Schedule& s, Line& l) { l.setting(s.config, "spinlock"); }},
    {"hz", true,
     [](Schedule& s, Line& l) { s.config.hz = static_cast<unsigned>(l.number(1, 1'000'000)); }},
    {"steps-max", true, [](Schedule& s, Line& l) { s.config.steps_max = l.number(1); }},
    {"time-max-ns", true, [](Schedule& s, Line& l) { s.config.time_max_ns = l.number(); }},
    {"checks", true, [](Schedule& s, Line& l) { s.config.checks = l.word(); }},
    {"param", false,
     [](Schedule& s, Line& l) {
       std::string name = l.word();
       s.config.params.emplace_back(std::move(name), l.word());
     }},
    {"boot", false, [](Schedule& s, Line& l) { l.setting(s.config, "boot"); }},
    {"interrupts", false, [](Schedule& s, Line& l) { s.config.sources.push_back(l.source()); }},
    {"set", false, [](Schedule& s, Line& l) { read_input(s, l, Schedule::Input::What::kSet); }},
    {"fire", false, [](Schedule& s, Line& l) { read_input(s, l, Schedule::Input::What::kFire); }},
    {"send", false, [](Schedule& s, Line& l) { read_input(s, l, Schedule::Input::What::kSend); }},
    {"route", false, [](Schedule& s, Line& l) { read_input(s, l, Schedule::Input::What::kRoute); }},
    {"deviation", false, read_deviation},
    {"end", true,
     [](Schedule& s, Line& l) {
       s.end_step = l.number();
       s.trace_hash = l.hash();
     }},
};

const Key& find_key(const Line& line) {
  for (const Key& key : kKeys)
    if (key.name == line.key()) return key;
  line.fail(fmt::format("unknown key \"{}\"", line.key()));
}

void require_version(std::string_view first_line) {
  if (!first_line.starts_with(kTitle))
    throw sim::UserError(fmt::format("this is no schedule: it does not begin with \"{}{}\"", kTitle,
                                     Schedule::kVersion));
  const std::string_view version = first_line.substr(std::string_view(kTitle).size());
  if (version != std::to_string(Schedule::kVersion))
    throw sim::UserError(
        fmt::format("the schedule has version \"{}\"; this lockstep reads version {}", version,
                    Schedule::kVersion));
}

}  // namespace

Schedule parse_schedule(const std::string& text) {
  require_version(std::string_view(text).substr(0, text.find('\n')));
  Schedule schedule;
  std::set<std::string_view> seen;
  size_t at = text.find('\n');
  for (unsigned number = 2; at != text.npos && at + 1 < text.size() && !seen.contains("end");
       ++number) {
    const size_t begin = at + 1;
    at = text.find('\n', begin);
    if (at == text.npos) break;
    Line line(number, std::string_view(text).substr(begin, at - begin));
    const Key& key = find_key(line);
    if (!seen.insert(key.name).second && key.once)
      line.fail(fmt::format("{} for the second time", key.name));
    key.read(schedule, line);
    line.done();
  }
  if (!seen.contains("end"))
    throw sim::UserError("the schedule is truncated: it does not end with an \"end\" line");
  if (at + 1 != text.size()) throw sim::UserError("the schedule goes on after its \"end\" line");
  for (const Key& key : kKeys)
    if (key.once && !seen.contains(key.name))
      throw sim::UserError(fmt::format("the schedule has no line \"{}\"", key.name));
  return schedule;
}

}  // namespace run

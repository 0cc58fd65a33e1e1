// SPDX-License-Identifier: MIT
#include "sim/cli/stepper.h"

#include <fmt/format.h>

#include <functional>
#include <sstream>

#include "sim/cli/history.h"
#include "sim/cli/report.h"
#include "sim/cli/view.h"
#include "sim/core/error.h"
#include "sim/run/nearest.h"
#include "sim/run/quantity.h"

namespace cli {

// One word that `play` understands.
struct Word {
  const char* name;
  const char* shortcut;
  const char* arguments;
  const char* help;
  bool moves;  // an empty line repeats it
  std::string (*obey)(Stepper& stepper, const Stepper::Words& words);

  static const std::vector<Word>& table();
};

namespace {

constexpr uint64_t kRepeatMax = 1'000'000;  // of one word
constexpr uint64_t kHistoryRows = 12;       // shown after a movement

std::optional<run::Unit> unit_named(const std::string& name) {
  if (name == "step") return run::Unit::kStep;
  if (name == "line") return run::Unit::kLine;
  if (name == "function") return run::Unit::kFunction;
  if (name == "event") return run::Unit::kEvent;
  if (name == "us") return run::Unit::kMicrosecond;
  return {};
}

uint64_t count_at(const Stepper::Words& words, size_t i) {
  return words.size() > i ? run::parse_number(words[0] + " N", words[i], 1, kRepeatMax) : 1;
}

std::string stop_text(run::Stop stop) {
  switch (stop) {
    case run::Stop::kFinding:
      return "  a finding was made: `findings` shows it\n";
    case run::Stop::kBreakpoint:
      return "  at a breakpoint\n";
    case run::Stop::kEnd:
      return "  the end: nothing more can happen\n";
    case run::Stop::kLimit:
      break;
  }
  return {};
}

}  // namespace

const std::vector<Word>& Word::table() {
  static const std::vector<Word> words{
      {"step", "s", "[N]", "N steps of whoever goes next", true,
       [](Stepper& s, const Stepper::Words& w) { return s.step(w); }},
      {"line", "n", "[CPU]", "to the next line of source, of that CPU or of any", true,
       [](Stepper& s, const Stepper::Words& w) { return s.by_unit(w); }},
      {"function", "f", "[CPU]", "to the next entry or exit of a function", true,
       [](Stepper& s, const Stepper::Words& w) { return s.by_unit(w); }},
      {"event", "e", "[CPU]", "to the next event: lock, interrupt, switch, ...", true,
       [](Stepper& s, const Stepper::Words& w) { return s.by_unit(w); }},
      {"us", "u", "", "a microsecond of virtual time", true,
       [](Stepper& s, const Stepper::Words& w) { return s.by_unit(w); }},
      {"back", "b", "[step|line|function|event|us] [N]", "the same, backwards", true,
       [](Stepper& s, const Stepper::Words& w) { return s.back(w); }},
      {"pick", "p", "CPU [N]", "that CPU goes next, for N steps, whoever's turn it is", true,
       [](Stepper& s, const Stepper::Words& w) { return s.pick(w); }},
      {"options", "o", "", "who may go next", false,
       [](Stepper& s, const Stepper::Words&) { return options_text(s.session_); }},
      {"fire", "", "SOURCE", "raise an interrupt source now", false,
       [](Stepper& s, const Stepper::Words& w) { return s.fire(w); }},
      {"run", "r", "[STEP]", "to the next finding, the end, or that step", false,
       [](Stepper& s, const Stepper::Words& w) { return s.run(w); }},
      {"seek", "g", "STEP", "to any step already seen", false,
       [](Stepper& s, const Stepper::Words& w) { return s.seek(w); }},
      {"lanes", "l", "[ROWS]", "what happened up to here, one lane a CPU", false,
       [](Stepper& s, const Stepper::Words& w) { return s.lanes(w); }},
      {"where", "w", "", "where each CPU stands and what it does next", false,
       [](Stepper& s, const Stepper::Words&) { return where_text(s.session_); }},
      {"stack", "k", "CPU", "the call stack of a CPU", false,
       [](Stepper& s, const Stepper::Words& w) { return s.stack(w); }},
      {"values", "v", "[NAME...]", "values of global variables", false,
       [](Stepper& s, const Stepper::Words& w) {
         return values_text(s.session_, {w.begin() + 1, w.end()});
       }},
      {"locks", "h", "", "who holds and who waits", false,
       [](Stepper& s, const Stepper::Words&) { return locks_text(s.session_); }},
      {"findings", "", "", "what went wrong so far", false,
       [](Stepper& s, const Stepper::Words&) { return findings_text(s.session_); }},
      {"log", "", "", "the kernel log", false,
       [](Stepper& s, const Stepper::Words&) { return log_text(s.session_); }},
      {"help", "?", "", "these words", false,
       [](Stepper& s, const Stepper::Words& w) { return s.help(w); }},
      {"quit", "q", "", "leave", false,
       [](Stepper& s, const Stepper::Words& w) { return s.quit(w); }},
  };
  return words;
}

std::string Stepper::obey(const std::string& line) {
  std::istringstream in(line);
  Words words;
  for (std::string word; in >> word;) words.push_back(word);
  if (words.empty()) return last_movement_.empty() ? help({}) : obey(last_movement_);
  std::vector<std::string> names;
  for (const Word& word : Word::table()) {
    names.emplace_back(word.name);
    if (words[0] != word.name && words[0] != word.shortcut) continue;
    words[0] = word.name;
    if (word.moves) last_movement_ = line;
    try {
      return word.obey(*this, words);
    } catch (const sim::UserError& error) {
      return fmt::format("  {}\n", error.what());
    }
  }
  const std::string near = ::run::nearest(words[0], names);
  return fmt::format("  there is no \"{}\" here; {}\n", words[0],
                     near.empty() ? "help names all words" : "the nearest is " + near);
}

std::string Stepper::moved(uint64_t before, ::run::Stop stop) {
  const ::run::Position now = session_.position();
  std::string text;
  if (now.step > before) text = history_text(session_, before, kHistoryRows, terminal_columns());
  text += fmt::format("step {}, {}\n", now.step, time_text(now.time_ns));
  return text + where_text(session_) + stop_text(stop);
}

unsigned Stepper::a_cpu(const std::string& word) const {
  return static_cast<unsigned>(::run::parse_number("the CPU", word, 0, session_.cpus() - 1));
}

std::string Stepper::step(const Words& words) {
  const uint64_t before = session_.position().step;
  ::run::Stop stop = ::run::Stop::kLimit;
  for (uint64_t n = count_at(words, 1); n > 0 && stop == ::run::Stop::kLimit; --n) {
    stop = session_.step(::run::Unit::kStep);
  }
  return moved(before, stop);
}

std::string Stepper::by_unit(const Words& words) {
  const uint64_t before = session_.position().step;
  std::optional<unsigned> cpu;
  if (words.size() > 1) cpu = a_cpu(words[1]);
  return moved(before, session_.step(*unit_named(words[0]), cpu));
}

std::string Stepper::back(const Words& words) {
  const auto unit = unit_named(words.size() > 1 ? words[1] : "step");
  uint64_t count = count_at(words, unit ? 2 : 1);
  const ::run::Unit by = unit.value_or(::run::Unit::kStep);
  bool more = true;
  for (; count > 0 && more; --count) more = session_.back(by);
  return moved(session_.position().step, ::run::Stop::kLimit) +
         (more ? "" : "  the beginning: nothing came before\n");
}

std::string Stepper::pick(const Words& words) {
  if (words.size() < 2) return options_text(session_);
  const uint64_t before = session_.position().step;
  const unsigned actor = static_cast<unsigned>(::run::parse_number("pick", words[1], 0, 255));
  ::run::Stop stop = ::run::Stop::kLimit;
  for (uint64_t n = count_at(words, 2); n > 0 && stop == ::run::Stop::kLimit; --n) {
    bool possible = false;
    for (const ::run::Option& option : session_.options()) possible |= option.id == actor;
    if (!possible) {
      return moved(before, stop) + fmt::format("  {} cannot go next; these can:\n", actor) +
             options_text(session_);
    }
    stop = session_.choose(actor);
  }
  return moved(before, stop);
}

std::string Stepper::run(const Words& words) {
  const uint64_t before = session_.position().step;
  ::run::Limit limit;
  if (words.size() > 1) limit.step = ::run::parse_number("run STEP", words[1]);
  return moved(before, session_.run(limit));
}

std::string Stepper::seek(const Words& words) {
  if (words.size() < 2) return "  seek to which step?\n";
  const uint64_t last = session_.furthest().step;
  session_.seek(::run::parse_number("seek", words[1], 0, last));
  return moved(session_.position().step, ::run::Stop::kLimit);
}

std::string Stepper::fire(const Words& words) {
  if (words.size() < 2) return "  fire which source?\n";
  session_.fire(words[1]);
  return moved(session_.position().step, ::run::Stop::kLimit);
}

std::string Stepper::stack(const Words& words) {
  return stack_text(session_, a_cpu(words.size() > 1 ? words[1] : "0"));
}

std::string Stepper::lanes(const Words& words) {
  return history_text(session_, 0, words.size() > 1 ? count_at(words, 1) : 30, terminal_columns());
}

std::string Stepper::help(const Words&) {
  std::string text;
  for (const Word& word : Word::table()) {
    text += fmt::format("  {:<9} {:<2} {:<34} {}\n", word.name, word.shortcut, word.arguments,
                        word.help);
  }
  return text + "  an empty line repeats the last movement\n";
}

std::string Stepper::quit(const Words&) {
  done_ = true;
  return {};
}

}  // namespace cli

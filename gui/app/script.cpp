// SPDX-License-Identifier: MIT
#include "gui/app/script.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "gui/draw/compat.h"
#include "gui/draw/png.h"
#include "sim/core/error.h"

namespace gui {
namespace {

using namespace std::chrono_literals;
constexpr auto kScriptPatience = 60s;
constexpr float kFrame = 1 / 60.f;

const std::map<std::string, size_t>& words_needed() {
  static const std::map<std::string, size_t> kNeeded = {
      {"click", 2},  {"double", 2},   {"hover", 2},      {"drag", 4},     {"wheel", 3},
      {"key", 2},    {"text", 2},     {"action", 2},     {"frames", 2},   {"wait", 3},
      {"expect", 3}, {"wait-sim", 3}, {"expect-sim", 3}, {"remember", 2}, {"size", 3},
      {"theme", 2},  {"scale", 2},    {"shot", 2},       {"check", 1},    {"drop", 2},
      {"copy", 3}};
  return kNeeded;
}

bool holds(const std::string& value, const std::string& op, const std::string& wanted) {
  if (op == "==") return value == wanted;
  if (op == "!=") return value != wanted;
  if (op == "contains") return value.find(wanted) != std::string::npos;
  const double a = std::strtod(value.c_str(), nullptr), b = std::strtod(wanted.c_str(), nullptr);
  return op == "<" ? a < b : op == ">" && a > b;
}

std::string rest_of(const std::vector<std::string>& words, size_t from) {
  std::string out;
  for (size_t i = from; i < words.size(); ++i) out += (i > from ? " " : "") + words[i];
  return out;
}

}  // namespace

std::vector<std::vector<std::string>> Script::load(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw sim::UserError("Cannot read the script " + path + "; is the name right?");
  std::vector<std::vector<std::string>> lines;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::istringstream words(line.substr(0, line.find('#')));
    std::vector<std::string> all;
    for (std::string word; words >> word;) all.push_back(word);
    if (all.empty()) continue;
    const auto known = words_needed().find(all[0]);
    if (known == words_needed().end() || all.size() < known->second)
      throw sim::UserError(fmt::format("{}:{}: \"{}\" is no command of a script, or lacks a word",
                                       path, number, line));
    lines.push_back(std::move(all));
  }
  return lines;
}

Script::Script(Stage& stage, int width, int height)
    : stage_(stage), width_(width), height_(height) {
  stage_.desk.probes.on = true;
}

void Script::settle(int frames) {
  pixels_.resize(static_cast<size_t>(width_) * static_cast<size_t>(height_));
  for (int i = 0; i < frames; ++i) {
    stage_.look_for_saves();
    stage_.frame({pixels_.data(), width_, height_, width_, true}, kFrame);
  }
}

void Script::shot(const std::string& path) {
  settle(2);
  write_png(path, {pixels_.data(), width_, height_, width_});
}

bool Script::fail(const std::string& sentence) {
  fmt::print(stderr, "FAILED {}: {}\n", line_, sentence);
  return false;
}

std::string Script::value_of(const std::string& path) const {
  const Desk& d = stage_.desk;
  if (path == "step") return std::to_string(d.state.position.step);
  if (path == "time") return std::to_string(d.state.position.time_ns);
  if (path == "furthest") return std::to_string(d.state.furthest.step);
  if (path == "verdict") return d.state.verdict;
  if (path == "findings") return std::to_string(d.state.findings.size());
  if (path == "log") return std::to_string(d.state.log.size());
  if (path == "log.last") return d.state.log.empty() ? "" : d.state.log.back().text;
  if (path == "epoch") return std::to_string(d.state.epoch);
  if (path == "playing") return d.state.playing ? "1" : "0";
  if (path == "finished") return d.state.finished ? "1" : "0";
  if (path == "open") return d.state.open ? "1" : "0";
  if (path == "busy") return d.state.busy;
  if (path == "name") return d.state.name;
  if (path == "error") return d.state.error.sentence;
  if (path == "cpus") return std::to_string(d.state.cpus.size());
  if (path == "executor") return d.state.config.executor;
  if (path == "arbiter") return d.state.config.arbiter;
  if (path == "spinlock") return d.state.config.spinlock;
  if (path == "preempt") return d.state.config.preempt;
  if (path == "seed") return std::to_string(d.state.config.seed);
  if (path == "cursor") return std::to_string(d.cursor);
  if (path == "events") return d.feed ? std::to_string(d.timeline().events) : "0";
  if (path == "bookmarks") return std::to_string(d.bookmarks.size());
  if (path == "selected")
    return d.selection.on ? d.timeline().things.label(d.selection.interval.ref) : "";
  if (path == "selected.kind") {
    const Kind kind = d.selection.interval.what();
    return !d.selection.on                              ? ""
           : kind == Kind::kHold                        ? "holds"
           : kind == Kind::kWait || kind == Kind::kSpin ? "waits"
                                                        : "runs";
  }
  if (path == "view.from") return fmt::format("{:.0f}", d.span.view.t0);
  if (path == "view.span") return fmt::format("{:.0f}", d.span.view.span());
  if (path == "theme") return d.settings.theme;
  if (path == "scale") return fmt::format("{:.2f}", static_cast<double>(d.look.scale));
  if (path.starts_with("rate."))
    for (const run::SourceView& s : d.state.sources_now)
      if (s.name == path.substr(5)) return fmt::format("{:.0f}", s.rate_hz);
  if (path == "hits") return std::to_string(d.search.hits.size());
  return "(no such path)";
}

bool Script::compare(const std::vector<std::string>& words, bool of_machine, bool patient) {
  const std::string wanted = rest_of(words, 3);
  const auto start = std::chrono::steady_clock::now();
  std::string value;
  for (;;) {
    settle(1);
    const Probe* probe = of_machine ? nullptr : stage_.desk.probes.find(words[1]);
    if (!of_machine && words[2] == "absent") {
      if (probe == nullptr) return true;
      value = "there";
    } else if (!of_machine && probe != nullptr && words[2] == "greyed") {
      if (!probe->enabled) return true;
      value = "not greyed";
    } else if (of_machine || probe != nullptr) {
      value = of_machine ? value_of(words[1]) : probe->value;
      const bool so = words[2] == "changed" ? value != remembered_[words[1]]
                      : words[2] == "same"  ? value == remembered_[words[1]]
                                            : holds(value, words[2], wanted);
      if (so) return true;
    } else {
      value = "no such widget";
    }
    if (!patient || std::chrono::steady_clock::now() - start > kScriptPatience)
      return fail("it is \"" + value + "\"");
    std::this_thread::sleep_for(2ms);
  }
}

bool Script::mouse(const std::vector<std::string>& words) {
  const Probe* probe = stage_.desk.probes.find(words[1]);
  if (probe == nullptr) {
    settle(2);
    probe = stage_.desk.probes.find(words[1]);
  }
  if (probe == nullptr) {
    std::string names;
    for (const std::string& name : stage_.desk.probes.near(words[1])) names += " " + name;
    return fail("no such widget; there are" + names);
  }
  const float x = probe->rect.x + probe->rect.w / 2, y = probe->rect.y + probe->rect.h / 2;
  compat::mouse_position(x, y);
  settle(2);
  const auto press = [&](bool down) {
    compat::mouse_button(0, down);
    settle(1);
  };
  if (words[0] == "click" || words[0] == "double") {
    for (int i = 0; i < (words[0] == "double" ? 2 : 1); ++i) {
      press(true);
      press(false);
    }
  } else if (words[0] == "drag") {
    press(true);
    const float dx = std::stof(words[2]), dy = std::stof(words[3]);
    for (int i = 1; i <= 4; ++i) {
      compat::mouse_position(x + dx * static_cast<float>(i) / 4,
                             y + dy * static_cast<float>(i) / 4);
      settle(1);
    }
    press(false);
  } else if (words[0] == "wheel") {
    compat::mouse_wheel(0, std::stof(words[2]));
  }
  settle(2);
  if (words[0] != "hover") compat::mouse_position(-1, -1);
  settle(1);
  return true;
}

bool Script::check_layout() {
  bool good = true;
  for (const auto& [id, probe] : stage_.desk.probes.all()) {
    const Rect& r = probe.rect;
    if (id.starts_with("slice.") || id.starts_with("lane.")) continue;
    const bool inside = r.x >= -1 && r.right() <= static_cast<float>(width_) + 1 && r.y >= -1;
    if (!inside || r.w < 1 || r.h < 1)
      good = fail(fmt::format("{} at {:.0f},{:.0f} {:.0f}x{:.0f}", id, r.x, r.y, r.w, r.h));
  }
  return good;
}

bool Script::step(const std::vector<std::string>& words) {
  line_ = rest_of(words, 0);
  const std::string& what = words[0];
  Desk& desk = stage_.desk;
  if (what == "wait" || what == "expect") return compare(words, false, what == "wait");
  if (what == "wait-sim" || what == "expect-sim") return compare(words, true, what == "wait-sim");
  if (what == "check") return check_layout();
  if (what == "key")
    stage_.key(words[1]);
  else if (what == "text")
    stage_.text(rest_of(words, 1));
  else if (what == "action" && action_of_name(words[1]) == Action::kNone)
    return fail("no such action");
  else if (what == "action")
    desk.act(action_of_name(words[1]));
  else if (what == "frames")
    settle(std::stoi(words[1]));
  else if (what == "drop")
    stage_.drop(words[1]);
  else if (what == "copy")
    std::filesystem::copy_file(words[1], words[2],
                               std::filesystem::copy_options::overwrite_existing);
  else if (what == "remember")
    remembered_[words[1]] = value_of(words[1]);
  else if (what == "size")
    width_ = std::stoi(words[1]), height_ = std::stoi(words[2]);
  else if (what == "theme")
    desk.settings.theme = words[1], desk.theme_changed = true;
  else if (what == "scale")
    desk.set_scale(std::stof(words[1]));
  else if (what == "shot")
    shot(words[1]);
  else
    return mouse(words);
  settle(3);
  return true;
}

int Script::run(const std::vector<std::vector<std::string>>& lines) {
  int passed = 0, failed = 0;
  settle(3);
  for (const auto& words : lines) (step(words) ? passed : failed)++;
  fmt::print("{} passed, {} failed\n", passed, failed);
  return failed;
}

}  // namespace gui

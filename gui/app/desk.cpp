// SPDX-License-Identifier: MIT
#include "gui/app/desk.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/model/cpu_time.h"
#include "sim/core/error.h"

namespace gui {
namespace {

constexpr size_t kHistory = 64;
constexpr size_t kLocksDrawn = 8;  // of the order graph; a panel holds no more

}  // namespace

const std::vector<Speed>& speeds() {
  static const std::vector<Speed> kAll = {
      {"1 step/s", -1},        {"10 steps/s", -10},       {"1 \xC2\xB5s/s", 1e3},
      {"10 \xC2\xB5s/s", 1e4}, {"25 \xC2\xB5s/s", 2.5e4}, {"100 \xC2\xB5s/s", 1e5},
      {"1 ms/s", 1e6},         {"10 ms/s", 1e7},          {"max", 0}};
  return kAll;
}

void Desk::open_lesson(size_t n, const std::string& variant) {
  if (n >= course.lessons.size()) return;
  const bool another = n != course.at;
  course.at = n;
  course.variant = variant;
  course.hints = 0;
  course.difference = false;
  files.clear();
  if (another) config = course.lessons[n].config;
  reopen();
}

void Desk::open_files(const std::vector<std::string>& names) {
  course.at = SIZE_MAX;
  files = names;
  reopen();
}

void Desk::reopen() {
  if (machine == nullptr) return;
  if (!run::repeats(config)) config.arbiter = "live";  // the only one on threads
  const run::Config with = config;
  if (course.at < course.lessons.size()) {
    const run::Variant variant = {course.lessons[course.at], course.variant};
    machine->open(variant.name(), [variant, with] {
      return Machine::Recipe{run::build_variant(variant), with};
    });
  } else if (!files.empty()) {
    const std::vector<std::filesystem::path> paths(files.begin(), files.end());
    machine->open(paths[0].filename().string(), [paths, with] {
      return Machine::Recipe{run::build_program(paths), with};
    });
  }
  restless_ = 3;
}

void Desk::go_to_step(uint64_t step, uint64_t time) {
  cursor = time;
  restless_ = 3;
  if (!repeats()) return;  // only what the tracks know is there to be seen
  seeking_ = step;
  if (machine) machine->seek(step);
}

void Desk::go_to(uint64_t time) {
  if (!is_open()) return;
  time = std::min(time, timeline().last_time);
  go_to_step(timeline().step_at(time), time);
}

void Desk::select(TrackNumber track, const Interval& interval, bool move) {
  selection = {true, track, interval};
  if (!move) return;
  go_to(interval.start);
  const double at = static_cast<double>(interval.start);
  if (at < span.view.t0 || at > span.view.t1)
    show(at - span.view.span() * 0.4, at + span.view.span() * 0.6);
}

void Desk::show(double from, double to) {
  span.history.push_back(span.view);
  if (span.history.size() > kHistory) span.history.erase(span.history.begin());
  span.target.show(from, to, end());
  span.moving = true;
  span.follow = span.fit = false;
}

void Desk::set_scale(float scale) {
  look.scale = settings.scale = std::clamp(scale, 0.85f, 2.f);
  fonts_changed = true;
}

// The cursor goes where the machine went, unless the machine went where the
// cursor is.
void Desk::follow_machine() {
  if (state.epoch != seen_epoch_) {
    seen_epoch_ = state.epoch;
    seen_step_ = 0;
    cursor = 0;
    selection = {};
    measure = {};
    bookmarks.clear();
    search.hits.clear();
    searched_.clear();
    seeking_.reset();
    source = {};
    seen_findings_ = 0;
    if (tab_of["bottom"] == "findings") tab_of["bottom"] = "log";
    const double width = span.width;
    span = {};
    span.width = width;
    moment_key_ = UINT64_MAX;
  }
  const uint64_t step = state.position.step;
  if (step != seen_step_) {
    seen_step_ = step;
    restless_ = 3;
    // At the front an event may be later than the clocks: it is just being made.
    const bool front = step >= timeline().last_step;
    if (seeking_ != step)
      cursor =
          front ? timeline().last_time : std::min(state.position.time_ns, timeline().last_time);
    if (seeking_ == step) seeking_.reset();
  }
  note_progress();
  follow_findings();
  if (span.fit) {
    // Boot is of little interest: from the first of the user's own code on.
    const double from = static_cast<double>(std::min(timeline().user_time, timeline().last_time));
    const double until = std::max(end(), from + 100);
    span.view.show(from - (until - from) * 0.03, until + (until - from) * 0.05, end());
    return;
  }
  if (!state.playing || !span.follow) return;
  // While it plays, keep the present at three quarters of the view.
  const double now = static_cast<double>(cursor), s = span.view.span();
  if (now > span.view.t0 + s * 0.92) {
    span.view.t0 = now - s * 0.75;
    span.view.t1 = span.view.t0 + s;
  }
}

// What was found is shown when the machine has stopped for it: the panel, and
// the span from its first witness on.
void Desk::follow_findings() {
  const size_t n = state.findings.size(), before = std::exchange(seen_findings_, n);
  if (n <= before) return;
  if (before == 0) tab_of["bottom"] = "findings";
  if (state.playing) {
    seen_findings_ = before;  // when it has come to rest
    return;
  }
  show_finding(state.findings.back());
}

void Desk::show_finding(const check::Finding& f) {
  constexpr double kLeast = 400, kMost = 30'000;  // ns
  const auto at = static_cast<double>(std::max<uint64_t>(f.time_ns, timeline().time_at(f.step)));
  double from = at;
  for (const uint64_t step : f.steps)
    from = std::min(from, static_cast<double>(timeline().time_at(step)));
  const double span_ns = std::clamp((at - from) * 1.5, kLeast, kMost);
  show(at - span_ns, at + span_ns * 0.12);
}

// A lesson is done once its broken variant has given the verdict it promises.
void Desk::note_progress() {
  if (course.at >= course.lessons.size() || course.variant != "broken") return;
  const run::Lesson& lesson = course.lessons[course.at];
  const bool told = state.finished || !state.findings.empty();
  if (!told || state.name != lesson.name + "/broken" || state.verdict != lesson.expect_broken)
    return;
  if (std::find(course.done.begin(), course.done.end(), lesson.name) == course.done.end())
    course.done.push_back(lesson.name);
}

// Fetches what the machine has made and indexes it, as much as a frame can bear.
void Desk::look_at_machine() {
  const bool look_now = machine && (machine->version() != seen_version_ || backlog_);
  const double begin = cpu_ms();
  const size_t budget = pace_.events(state.playing), before = feed ? timeline().events : 0;
  if (look_now && (draw_while_running || !state.playing)) {
    const uint64_t version = machine->version();
    if (machine->collect(state, feed, hits, budget)) {
      seen_version_ = version;
      backlog_ = machine->more();
    }
    restless_ = 3;
  } else if (machine && state.playing && !draw_while_running) {
    restless_ = 3;
  }
  if (!feed) return;
  if (feed->drain(budget)) backlog_ = true;
  const size_t after = timeline().events;
  pace_.took(after > before ? after - before : 0, cpu_ms() - begin);
}

void Desk::refresh(float seconds) {
  notice_age += seconds;
  {
    const std::lock_guard hold(answers->mutex);
    if (!answers->said.empty()) say(std::exchange(answers->said, {}));
  }
  look_at_machine();
  if (state.error.detail != seen_error_) {
    seen_error_ = state.error.detail;
    source.files.clear();  // the text that was compiled
  }
  // What was indexed just now gets its name at the next look.
  if (machine && feed && feed->timeline().things.nameless()) backlog_ = true;
  if (is_open()) {
    follow_machine();
    const uint64_t key = cursor * 31 + timeline().events * 7 + timeline().tracks.size();
    if (key != moment_key_) moment = moment_at(timeline(), cursor);
    moment_key_ = key;
    if (seen_lock_order_ != state.lock_order) {
      seen_lock_order_ = state.lock_order;
      lock_order = order_graph(state.lock_order, kLocksDrawn, state.sources);
    }
    // What came since is searched once the machine rests.
    const uint64_t known = timeline().events * 31 + timeline().things.named();
    const bool news = known != searched_known_ && !state.playing && !backlog_;
    if (search.text != searched_ || news) {
      run_search();
      searched_known_ = known;
    }
  }
  if (span.moving) {
    span.moving = span.view.approach(span.target, seconds);
    restless_ = 3;
  }
  if (span.settling) restless_ = 3;
  if (restless_ > 0) --restless_;
}

bool Desk::quiet() const {
  return restless_ == 0 && !state.playing && !backlog_ && state.busy.empty() && !fonts_changed &&
         !theme_changed && (notice.empty() || notice_age > 4) &&
         (machine == nullptr || machine->version() == seen_version_);
}

// What has not ended yet is found as well: in a deadlock that is what matters.
void Desk::run_search() {
  if (search.text != searched_) search.at = SIZE_MAX;
  searched_ = search.text;
  search.hits.clear();
  search.tracks.clear();
  if (search.text.size() < 2) return;
  const Things& things = timeline().things;
  std::vector<bool> wanted(things.size());
  for (uint32_t i = 1; i < things.size(); ++i)
    wanted[i] = things[i].name.find(search.text) != std::string::npos;
  constexpr size_t kMost = 10'000;
  const auto look_at = [&](TrackNumber n, const Interval& e) {
    if (search.hits.size() >= kMost || e.ref >= wanted.size() || !wanted[e.ref]) return;
    search.hits.push_back(e);
    search.tracks.push_back(n);
  };
  for (TrackNumber n = 0; n < timeline().tracks.size(); ++n) {
    const Track& track = timeline().tracks[n];
    for (size_t i = 0; i < track.size() && search.hits.size() < kMost; ++i) look_at(n, track[i]);
    if (!timeline().open[n].on) continue;
    if (const auto e = timeline().covering(n, timeline().last_time)) look_at(n, *e);
  }
  std::vector<size_t> order(search.hits.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return search.hits[a].start < search.hits[b].start; });
  std::vector<Interval> hits;
  std::vector<TrackNumber> tracks;
  for (const size_t i : order) {
    hits.push_back(search.hits[i]);
    tracks.push_back(search.tracks[i]);
  }
  search.hits = std::move(hits);
  search.tracks = std::move(tracks);
}

}  // namespace gui

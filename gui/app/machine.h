// SPDX-License-Identifier: MIT
// The machine's thread: runs a session in slices of about 2 ms under one
// mutex, so that the window can look in between.
//
// Calls return at once; what they ask for happens on the thread, in order.
// Only seek() overtakes: of several waiting seeks the last one counts, so that
// scrubbing stays live. collect() is how the window sees what came of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gui/app/line_watch.h"
#include "gui/app/published.h"
#include "gui/model/feed.h"

namespace gui {

class Machine {
 public:
  struct Recipe {
    run::Program program;
    run::Config config;
  };

  Machine();
  ~Machine();

  // `cook` compiles; it runs on the machine's thread and may throw UserError.
  void open(std::string name, std::function<Recipe()> cook);
  // Virtual ns per second of the wall clock; 0: as fast as it goes.
  // Negative: that many steps a second.
  void play(double speed);
  void set_speed(double speed);
  void pause();
  void step(run::Unit unit, std::optional<unsigned> cpu, int count);  // negative: back
  void seek(uint64_t step);
  void run_to_end();  // or to the next failure
  // Play stops at failures (deadlock, oops, ...); at reports of what might go
  // wrong (lock-order, data-race, ...) only if asked for.
  void stop_at_warnings(bool on);
  // Inputs and questions. What changes the past is noticed by generation().
  void with(std::function<void(run::Session&)> what);

  // Brings state and new events over. False if the machine was too busy to
  // look; nothing is changed then. `feed` is replaced when a program was opened.
  bool collect(Published& state, std::unique_ptr<Feed>& feed, Hits& hits, size_t budget);
  // Grows when there is something new to collect.
  uint64_t version() const { return version_; }
  bool more() const { return more_; }  // the last collect() left events behind
  // What the machine's thread has spent so far: CPU time, and wall time in
  // which it waited for one who looked.
  struct Spent {
    double cpu_ms, waited_ms;
  };
  Spent spent();

 private:
  using Clock = std::chrono::steady_clock;
  class Looker;
  void loop();
  bool take(std::function<void()>& job);
  void slice();
  void do_open(const std::string& name, const std::function<Recipe()>& cook);
  void do_steps(run::Unit unit, std::optional<unsigned> cpu, int count);
  void guarded(const std::function<void()>& what);
  void post(std::function<void()> job);
  void stop_after(run::Stop stop, size_t findings_before);
  bool only_further_in_line() const;
  void restart_clock();
  std::unique_lock<std::timed_mutex> lock_for_run();
  void tell(Published& state);
  void name_things(Feed& feed);
  void tell_lines(Hits& hits);

  std::timed_mutex session_mutex_;  // guards what follows, up to rewritten_
  std::unique_ptr<run::Session> session_;
  uint64_t epoch_ = 0;
  LineWatch line_watch_;
  std::vector<LineHit> line_hits_;  // not collected yet
  std::vector<Place> places_;
  uint64_t rewritten_ = UINT64_MAX;  // earliest step whose future was dropped

  mutable std::mutex state_mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::optional<uint64_t> seek_;
  bool playing_ = false, quit_ = false, stop_at_warnings_ = false;
  double speed_ = 0;
  std::string busy_, name_;
  Message error_;

  // Of the thread alone.
  Clock::time_point began_;
  uint64_t began_ns_ = 0, began_step_ = 0, slice_steps_ = 2000, slices_ = 0;

  // Of the window alone.
  uint32_t named_ = 0, placed_ = 0;

  std::atomic<uint64_t> version_{1};
  std::atomic<int> lookers_{0};
  std::atomic<int64_t> waited_ns_{0};
  std::atomic<bool> more_{false};
  std::thread thread_;
};

}  // namespace gui

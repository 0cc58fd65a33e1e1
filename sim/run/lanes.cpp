// SPDX-License-Identifier: MIT
#include "sim/run/lanes.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

#include "cpu/events.h"
#include "cpu/hw.h"
#include "sim/run/event_text.h"
#include "sim/run/holders.h"
#include "sim/run/merge.h"
#include "sim/run/table.h"

namespace run {
namespace {

// An event to be shown, with what only its moment knows.
struct Row {
  sim::Event event;
  uint32_t task = 0;
  std::optional<Holders::Hold> own, holder;  // of the event's lock
  std::string words, place;                  // made when the last rows are known
};

bool is_data(const sim::Event& event) {
  return event.kind >= EV_READ && event.kind <= EV_RMW_FAIL &&
         (event.object < HW_STACK_START || event.object >= HW_STACK_END);
}

// Of events that happen in the kernel's own affairs too, the user's: where the
// blamed address lies in the user's image.
bool is_shown_to_user(const sim::Event& event) {
  switch (event.kind) {
    case EV_LOCK_ACQUIRED:
    case EV_LOCK_CONTENDED:
    case EV_LOCK_RELEASE:
    case EV_LOCK_DOWNGRADE:
    case EV_ALLOC:
    case EV_FREE:
    case EV_WORK_QUEUE:
    case EV_RCU_LOCK:
    case EV_RCU_UNLOCK:
    case EV_RCU_QUEUE:
    case EV_RCU_SYNC_BEGIN:
    case EV_RCU_SYNC_END:
    case EV_SOFTIRQ_RAISE:
      return event.user();
    case EV_HARDIRQ_ENTER:
    case EV_HARDIRQ_EXIT:
    case EV_SOFTIRQ_ENTER:
    case EV_SOFTIRQ_EXIT:
    case EV_NMI_ENTER:
    case EV_NMI_EXIT:
    case EV_TASKLET_ENTER:
    case EV_TASKLET_EXIT:
    case EV_TIMER_ENTER:
    case EV_TIMER_EXIT:
    case EV_TASK_SWITCH:
    case EV_TASK_WAKE:
    case EV_TASK_EXIT:
    case EV_TASK_PREEMPT:
    case EV_TASK_BLOCK:
    case EV_RCU_GP_START:
    case EV_RCU_GP_END:
    case EV_RCU_INVOKE:
    case EV_WORK_START:
    case EV_WORK_END:
    case EV_REPORT:
    case EV_CONSOLE:
    case EV_INIT_DONE:
    case EV_EXIT_BEGIN:
    case EV_EXIT_DONE:
    case EV_INPUT:
      return true;
    default:
      return is_data(event) && event.user();
  }
}

bool is_shown(const sim::Event& event, Rows rows) {
  if (event.kind == EV_LOCK_ACQUIRE || event.kind == EV_NONE) return false;
  return rows == Rows::kUser ? is_shown_to_user(event) : true;
}

class Lanes {
 public:
  Lanes(const RunView& view, const LanesOptions& options)
      : view_(view), options_(options), holders_(view.trace().cpus()) {}

  std::string text();

 private:
  void read();
  std::string heading(unsigned cpu) const;
  std::string words(const Row& row) const;
  std::string holder_text(const std::optional<Holders::Hold>& holder) const;
  std::string blocked(unsigned cpu) const;
  void lay_out();
  std::vector<std::string> cells(const std::string& step, const std::string& time) const;

  const RunView& view_;
  const LanesOptions& options_;
  Holders holders_;
  std::deque<Row> rows_;
  std::vector<unsigned> cpus_;   // that have something to show
  std::vector<Column> columns_;  // step, time, CPUs or one for all, place
  bool shared_ = false;          // one for all
};

void Lanes::read() {
  const bool steps = options_.rows != Rows::kEvents;
  Merge merge(view_.trace(), steps ? Merge::Steps::kAll : Merge::Steps::kNone);
  while (const sim::Event* const event = merge.next()) {
    if (event->step > options_.until_step) break;
    Row row{*event, holders_.running(static_cast<unsigned>(event->cpu)), {}, {}, {}, {}};
    if (event->kind == EV_LOCK_RELEASE)
      if (const auto* const own = holders_.own(*event)) row.own = *own;
    holders_.on_event(*event);
    if (event->step < options_.from_step || !is_shown(*event, options_.rows)) continue;
    if (const auto* const own = holders_.own(*event)) row.own = *own;
    if (event->kind == EV_LOCK_CONTENDED)
      if (const auto* const holder = holders_.holder(event->object)) row.holder = *holder;
    rows_.push_back(row);
    if (rows_.size() > options_.last) rows_.pop_front();
  }
}

std::string Lanes::holder_text(const std::optional<Holders::Hold>& holder) const {
  if (!holder) return "";
  const std::string who = holder->task != 0 ? " " + view_.task_name(holder->task) : "";
  return fmt::format(" (held by CPU {}{})", holder->cpu, who);
}

std::string Lanes::words(const Row& row) const {
  const unsigned read = row.own ? row.own->read : 0;
  const uint32_t lock = row.event.object;
  switch (row.event.kind) {
    case EV_LOCK_CONTENDED:
      return "waits for " + lock_text(view_, lock, read) + holder_text(row.holder);
    case EV_LOCK_ACQUIRED:
      return "takes " + lock_text(view_, lock, read) +
             (row.own && row.own->trylock ? " (trylock)" : "");
    default: {
      std::string text = event_text(view_, row.event);
      return text.empty() ? fmt::format("event {}", static_cast<unsigned>(row.event.kind)) : text;
    }
  }
}

// The task's name if it is the only one in the rows.
std::string Lanes::heading(unsigned cpu) const {
  std::set<uint32_t> tasks;
  for (const Row& row : rows_)
    if (row.event.cpu == cpu) tasks.insert(row.task);
  const std::string name = fmt::format("CPU {}", cpu);
  if (tasks.size() != 1 || *tasks.begin() == 0) return name;
  return name + " " + view_.task_name(*tasks.begin());
}

std::string Lanes::blocked(unsigned cpu) const {
  const Holders::Hold* const wait = holders_.waiting(cpu);
  return wait == nullptr ? "" : "BLOCKED on " + lock_text(view_, wait->lock, wait->read);
}

void Lanes::lay_out() {
  constexpr unsigned kNarrowest = 24, kGap = 2;
  std::set<unsigned> seen;
  unsigned step = 4, time = 4, place = 5, widest = kNarrowest;
  for (Row& row : rows_) {
    row.words = words(row);
    // Where the kernel stands in its own affairs is of no use to the user.
    const bool useful = options_.rows != Rows::kUser || row.event.user();
    row.place = useful ? place_text(view_, row.event) : "";
    widest = std::max(widest, text_width(row.words));
    seen.insert(static_cast<unsigned>(row.event.cpu));
    step = std::max(step, text_width(std::to_string(row.event.step)));
    time = std::max(time, text_width(time_text(row.event.time)));
    place = std::max(place, text_width(row.place));
  }
  for (unsigned cpu = 0; cpu < view_.trace().cpus(); ++cpu)
    if (holders_.waiting(cpu) != nullptr) seen.insert(cpu);
  cpus_.assign(seen.begin(), seen.end());
  const auto count = static_cast<unsigned>(cpus_.size());
  const unsigned fixed = step + time + place + 3 * kGap;
  const unsigned rest =
      options_.columns > fixed + kNarrowest ? options_.columns - fixed : kNarrowest;
  shared_ = count * (kNarrowest + kGap) > rest + kGap;
  columns_ = {{step, true}, {time, true}};
  // No wider than its widest words: eyes need not travel.
  if (shared_) widest += text_width("CPU 63: ");
  const unsigned share = shared_ ? rest : (rest + kGap) / std::max(count, 1u) - kGap;
  for (unsigned i = 0; i < (shared_ ? 1 : count); ++i)
    columns_.push_back({std::min(share, widest), false});
  columns_.push_back({place, false});
}

std::vector<std::string> Lanes::cells(const std::string& step, const std::string& time) const {
  std::vector<std::string> result(columns_.size());
  result[0] = step;
  result[1] = time;
  return result;
}

std::string Lanes::text() {
  read();
  lay_out();
  if (cpus_.empty()) return "nothing happened\n";
  std::vector<std::string> head = cells("step", "time");
  head.back() = "where";
  if (shared_)
    head[2] = "what";
  else
    for (size_t i = 0; i < cpus_.size(); ++i) head[2 + i] = heading(cpus_[i]);
  std::string result = table_row(columns_, head);

  const auto say = [&](std::vector<std::string>& row, unsigned cpu, const std::string& words) {
    const auto at = std::find(cpus_.begin(), cpus_.end(), cpu) - cpus_.begin();
    row[shared_ ? 2 : 2 + static_cast<size_t>(at)] =
        shared_ ? fmt::format("CPU {}: {}", cpu, words) : words;
  };
  for (const Row& row : rows_) {
    auto line = cells(std::to_string(row.event.step), time_text(row.event.time));
    say(line, static_cast<unsigned>(row.event.cpu), row.words);
    line.back() = row.place;
    result += table_row(columns_, line);
  }
  std::vector<std::string> end = cells("", "");
  bool any = false;
  for (const unsigned cpu : cpus_) {
    if (blocked(cpu).empty()) continue;
    any = true;
    say(end, cpu, blocked(cpu));
    if (shared_) result += table_row(columns_, end);
  }
  return any && !shared_ ? result + table_row(columns_, end) : result;
}

}  // namespace

std::string lanes(const RunView& view, const LanesOptions& options) {
  return Lanes(view, options).text();
}

}  // namespace run

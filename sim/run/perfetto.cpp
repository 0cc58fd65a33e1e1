// SPDX-License-Identifier: MIT
#include "sim/run/perfetto.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "cpu/events.h"
#include "sim/core/error.h"
#include "sim/run/event_text.h"
#include "sim/run/file.h"
#include "sim/run/json_trace.h"
#include "sim/run/merge.h"
#include "sim/run/perfetto_locks.h"
#include "sim/run/perfetto_tasks.h"

namespace run {
namespace {

constexpr unsigned kCpus = 1, kLocks = 2, kRcu = 3;

class Perfetto {
 public:
  Perfetto(const RunView& view, std::ostream& out)
      : view_(view),
        details_(view),
        json_(out),
        tasks_(view, details_, json_, kCpus),
        locks_(view, details_, json_, kLocks) {}

  void write();

 private:
  void frames(const sim::Event& event);
  void instants(const sim::Event& event);
  void rcu(const sim::Event& event);
  Track periods(uint32_t object);
  void lock(const sim::Event& event);

  const RunView& view_;
  StepDetails details_;
  JsonTrace json_;
  PerfettoTasks tasks_;
  PerfettoLocks locks_;
  std::map<uint32_t, unsigned> periods_;  // track of each struct rcu_state
};

void Perfetto::write() {
  json_.name_group(kCpus, "CPUs");
  json_.name_group(kLocks, "Locks");
  json_.name_group(kRcu, "RCU");
  for (unsigned cpu = 0; cpu < view_.trace().cpus(); ++cpu)
    json_.name_track({kCpus, cpu}, fmt::format("CPU {}", cpu), cpu);
  Merge merge(view_.trace());
  while (const sim::Event* const event = merge.next()) {
    if (event->kind >= EV_LOCK_ACQUIRE && event->kind <= EV_LOCK_DESTROY)
      lock(*event);
    else if (event->kind >= EV_RCU_LOCK && event->kind <= EV_RCU_BLOCKED)
      rcu(*event);
    frames(*event);
    instants(*event);
  }
  json_.finish();
}

// What is a slice on its CPU: what begins here ends there, nested.
void Perfetto::frames(const sim::Event& e) {
  switch (e.kind) {
    case EV_TASK_SWITCH:
      locks_.on_event(e, {kCpus, static_cast<unsigned>(e.cpu)});
      return tasks_.run(e);
    case EV_TASK_NEW:
      return tasks_.born(e);
    case EV_TASK_WAKE:
      return tasks_.wake(e);
    case EV_TASK_EXIT:
      return tasks_.exit(e);
    case EV_HARDIRQ_ENTER:
    case EV_SOFTIRQ_ENTER:
    case EV_NMI_ENTER:
    case EV_TASKLET_ENTER:
    case EV_TIMER_ENTER:
    case EV_WORK_START:
    case EV_FUNC_ENTER:
    case EV_RCU_INVOKE:
    case EV_SPIN_BEGIN:
      return tasks_.enter(e, event_text(view_, e));
    case EV_HARDIRQ_EXIT:
      return tasks_.leave(e, EV_HARDIRQ_ENTER);
    case EV_SOFTIRQ_EXIT:
      return tasks_.leave(e, EV_SOFTIRQ_ENTER);
    case EV_NMI_EXIT:
      return tasks_.leave(e, EV_NMI_ENTER);
    case EV_TASKLET_EXIT:
      return tasks_.leave(e, EV_TASKLET_ENTER);
    case EV_TIMER_EXIT:
      return tasks_.leave(e, EV_TIMER_ENTER);
    case EV_WORK_END:
      return tasks_.leave(e, EV_WORK_START);
    case EV_FUNC_EXIT:
      return tasks_.leave(e, EV_FUNC_ENTER);
    case EV_RCU_INVOKED:
      return tasks_.leave(e, EV_RCU_INVOKE);
    case EV_SPIN_END:
      return tasks_.leave(e, EV_SPIN_BEGIN);
    default:
      return;
  }
}

void Perfetto::instants(const sim::Event& e) {
  switch (e.kind) {
    case EV_IRQ_RAISE:
    case EV_IPI_SEND:
    case EV_SOFTIRQ_RAISE:
    case EV_TASK_PREEMPT:
    case EV_TASK_BLOCK:
    case EV_REPORT:
    case EV_CONSOLE:
    case EV_INIT_DONE:
    case EV_EXIT_BEGIN:
    case EV_EXIT_DONE:
    case EV_INPUT:
      return json_.instant({kCpus, static_cast<unsigned>(e.cpu)}, e.time, event_text(view_, e),
                           details_.of(e));
    default:
      return;
  }
}

void Perfetto::lock(const sim::Event& e) {
  if (e.kind == EV_LOCK_CONTENDED)
    tasks_.enter(e, "waits for " + locks_.name(e.object));
  else if (e.kind == EV_LOCK_ACQUIRED || e.kind == EV_LOCK_RELEASE)
    tasks_.leave(e, EV_LOCK_CONTENDED, e.object);
  locks_.on_event(e, {kCpus, static_cast<unsigned>(e.cpu)});
}

// Of a struct rcu_state or srcu_struct.
Track Perfetto::periods(uint32_t object) {
  const auto [entry, fresh] = periods_.try_emplace(object, static_cast<unsigned>(periods_.size()));
  const Track track{kRcu, entry->second};
  if (fresh) json_.name_track(track, object ? view_.object_name(object) : "RCU", track.number);
  return track;
}

void Perfetto::rcu(const sim::Event& e) {
  const uint32_t reader = tasks_.running(e);
  switch (e.kind) {
    case EV_RCU_GP_START:
      return json_.begin(periods(e.object), e.time, fmt::format("grace period {}", e.arg));
    case EV_RCU_GP_END:
      return json_.end(periods(e.object), e.time);
    case EV_RCU_QS:
      return json_.instant(periods(e.object), e.time,
                           fmt::format("quiescent state of CPU {}", e.arg));
    case EV_RCU_LOCK:
      return json_.begin_span(kRcu, reader, e.time, tasks_.name(reader) + " reads");
    case EV_RCU_UNLOCK:
      return json_.end_span(kRcu, reader, e.time);
    default:
      return;
  }
}

}  // namespace

void write_perfetto(const RunView& view, std::ostream& out) { Perfetto(view, out).write(); }

void export_perfetto(const RunView& view, const std::filesystem::path& path) {
  const std::filesystem::path temporary = temporary_beside(path);
  errno = 0;
  std::ofstream out(temporary, std::ios::binary);
  if (out) write_perfetto(view, out);
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(temporary, path, error);
  if (out && !error) return;
  const std::string reason = error ? error.message() : std::strerror(errno != 0 ? errno : EIO);
  std::filesystem::remove(temporary, error);
  throw sim::UserError("cannot write " + path.string() + ": " + reason);
}

}  // namespace run

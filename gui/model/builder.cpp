// SPDX-License-Identifier: MIT
#include "gui/model/builder.h"

#include <algorithm>
#include <array>

#include "cpu/events.h"

namespace gui {

namespace {
// Exact as long as it is cheap; the tracks themselves stay exact.
constexpr uint64_t kSampleAll = 1 << 20, kSampleEvery = 16;

// Whom an event concerns: most concern few, and at full speed there are millions.
enum Duty : uint8_t { kFrames = 1, kLocks = 2, kSides = 4, kThings = 8 };

constexpr std::array<uint8_t, 256> duties() {
  std::array<uint8_t, 256> of{};
  const auto give = [&of](unsigned first, unsigned last, unsigned duty) {
    for (unsigned kind = first; kind <= last; ++kind)
      of[kind] = static_cast<uint8_t>(of[kind] | duty);
  };
  give(EV_LOCK_ACQUIRE, EV_LOCK_RELEASE, kLocks);
  give(EV_LOCK_CONTENDED, EV_LOCK_RELEASE, kFrames);
  give(EV_SPIN_BEGIN, EV_SPIN_END, kFrames);
  give(EV_IRQ_RAISE, EV_PREEMPT_ON, kFrames | kSides);
  give(EV_TASK_SWITCH, EV_TASK_WAKE, kSides);
  give(EV_TASK_SWITCH, EV_TASK_SWITCH, kFrames);
  give(EV_TASK_EXIT, EV_TASK_EXIT, kFrames);
  give(EV_FUNC_ENTER, EV_FUNC_EXIT, kFrames);
  give(EV_WORK_START, EV_WORK_END, kFrames);
  give(EV_RCU_LOCK, EV_RCU_INVOKED, kSides);
  give(EV_TASK_NEW, EV_TASK_NEW, kThings);
  give(EV_TASK_COMM, EV_TASK_COMM, kThings);
  give(EV_IRQ_REQUEST, EV_IRQ_REQUEST, kThings);
  return of;
}
constexpr std::array<uint8_t, 256> kDuties = duties();

void things_changed(Timeline& t, const sim::Event& e) {
  if (e.kind == EV_IRQ_REQUEST)
    t.irq_names[static_cast<uint32_t>(e.arg)] = e.object;
  else
    t.things.renew(Role::kTask, e.object);
}

}  // namespace

void Builder::add(Timeline& t, const sim::Event& e) {
  if (e.cpu >= t.cpu.size()) return;
  t.last_time = std::max<uint64_t>(t.last_time, e.time);
  t.last_step = std::max<uint64_t>(t.last_step, e.step);
  if (t.user_time == UINT64_MAX && e.user()) t.user_time = e.time;
  const uint64_t n = t.events++;
  if (n < kSampleAll || n % kSampleEvery == 0) t.samples.push({t.last_time, e.step});
  const uint8_t duty = kDuties[e.kind];
  if ((duty & kThings) != 0) things_changed(t, e);
  if ((duty & kFrames) != 0) frames.add(t, e);
  const uint32_t task = frames.task(e.cpu);
  const size_t depth = frames.depth(e.cpu);
  if ((duty & kLocks) != 0) locks.add(t, e, task, depth);
  if ((duty & kSides) != 0) sides.add(t, e, task, depth);
}

// ------------------------------------------------------------------ frames

void Frames::push(Timeline& t, const sim::Event& e, Kind kind, uint32_t ref) {
  Cpu& c = cpus_[e.cpu];
  const TrackNumber track = t.slot(t.cpu[e.cpu].flame, c.stack.size());
  t.begin(track, e.time, kind, ref, e.cpu);
  c.stack.push_back({kind, static_cast<uint8_t>(e.kind), ref});
}

void Frames::pop_to(Timeline& t, const sim::Event& e, size_t size) {
  Cpu& c = cpus_[e.cpu];
  while (c.stack.size() > size) {
    c.stack.pop_back();
    t.end(t.cpu[e.cpu].flame[c.stack.size()], e.time);
  }
}

void Frames::close(Timeline& t, const sim::Event& e, unsigned opened_by) {
  const auto& stack = cpus_[e.cpu].stack;
  for (size_t i = stack.size(); i > 1; --i) {
    const Frame& f = stack[i - 1];
    if (f.opened_by == opened_by) {
      pop_to(t, e, i - 1);
      return;
    }
    const bool interrupt =
        f.kind == Kind::kSoftirq || f.kind == Kind::kHardirq || f.kind == Kind::kNmi;
    const bool wanted =
        opened_by == EV_HARDIRQ_ENTER || opened_by == EV_SOFTIRQ_ENTER || opened_by == EV_NMI_ENTER;
    if (interrupt && !wanted) return;
  }
}

bool Frames::waiting(const Cpu& cpu) const {
  for (size_t i = cpu.stack.size(); i > 0; --i) {
    const Kind kind = cpu.stack[i - 1].kind;
    if (kind == Kind::kSpin) return true;
    if (kind == Kind::kSoftirq || kind == Kind::kHardirq || kind == Kind::kNmi) return false;
  }
  return false;
}

void Frames::close_wait(Timeline& t, const sim::Event& e) {
  const auto& stack = cpus_[e.cpu].stack;
  const uint32_t lock = t.things.get(Role::kLock, e.object);
  for (size_t i = stack.size(); i > 1; --i)
    if (stack[i - 1].opened_by == EV_LOCK_CONTENDED && stack[i - 1].ref == lock) {
      pop_to(t, e, i - 1);
      return;
    }
}

void Frames::switch_task(Timeline& t, const sim::Event& e) {
  Cpu& c = cpus_[e.cpu];
  std::vector<Frame> left;
  if (c.stack.size() > 1) left.assign(c.stack.begin() + 1, c.stack.end());
  pop_to(t, e, 0);
  if (c.task != 0 && !left.empty()) off_cpu_[c.task] = std::move(left);
  c.task = e.object;
  push(t, e, Kind::kTask, t.things.get(Role::kTask, e.object));
  const auto it = off_cpu_.find(e.object);
  if (it == off_cpu_.end()) return;
  const std::vector<Frame> back = std::move(it->second);
  off_cpu_.erase(it);
  for (const Frame& f : back) {
    push(t, e, f.kind, f.ref);
    c.stack.back().opened_by = f.opened_by;
  }
}

bool Frames::interrupts(Timeline& t, const sim::Event& e) {
  const auto number = static_cast<uint32_t>(e.arg);
  switch (e.kind) {
    case EV_HARDIRQ_ENTER:
      push(t, e, Kind::kHardirq, t.things.get(Role::kIrq, number));
      break;
    case EV_SOFTIRQ_ENTER:
      push(t, e, Kind::kSoftirq, t.things.get(Role::kSoftirq, number));
      break;
    case EV_NMI_ENTER:
      push(t, e, Kind::kNmi, t.things.get(Role::kIrq, 2));
      break;
    case EV_HARDIRQ_EXIT:
      close(t, e, EV_HARDIRQ_ENTER);
      break;
    case EV_SOFTIRQ_EXIT:
      close(t, e, EV_SOFTIRQ_ENTER);
      break;
    case EV_NMI_EXIT:
      close(t, e, EV_NMI_ENTER);
      break;
    default:
      return false;
  }
  return true;
}

void Frames::add(Timeline& t, const sim::Event& e) {
  if (interrupts(t, e)) return;
  const auto function = static_cast<uint32_t>(e.arg);
  switch (e.kind) {
    case EV_TASK_SWITCH:
      switch_task(t, e);
      break;
    case EV_TASK_EXIT:
      off_cpu_.erase(e.object);
      break;
    case EV_FUNC_ENTER:
      push(t, e, Kind::kFunction, t.things.get(Role::kFunction, e.pc));
      break;
    case EV_FUNC_EXIT:
      close(t, e, EV_FUNC_ENTER);
      break;
    case EV_TASKLET_ENTER:
    case EV_TIMER_ENTER:
    case EV_WORK_START:
      push(t, e, Kind::kFunction, t.things.get(Role::kFunction, function));
      break;
    case EV_TASKLET_EXIT:
      close(t, e, EV_TASKLET_ENTER);
      break;
    case EV_TIMER_EXIT:
      close(t, e, EV_TIMER_ENTER);
      break;
    case EV_WORK_END:
      close(t, e, EV_WORK_START);
      break;
    case EV_LOCK_CONTENDED:
      push(t, e, Kind::kSpin, t.things.get(Role::kLock, e.object));
      break;
    case EV_LOCK_ACQUIRED:
    case EV_LOCK_RELEASE:
      close_wait(t, e);
      break;
    case EV_SPIN_BEGIN:
      if (!waiting(cpus_[e.cpu])) push(t, e, Kind::kSpin, t.things.get(Role::kValue, e.object));
      break;
    case EV_SPIN_END:
      close(t, e, EV_SPIN_BEGIN);
      break;
    default:
      break;
  }
}

}  // namespace gui

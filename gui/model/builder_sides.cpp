// SPDX-License-Identifier: MIT
#include <algorithm>

#include "cpu/events.h"
#include "gui/model/builder.h"

namespace gui {

void SideLanes::strip(Timeline& t, TrackNumber& track, const sim::Event& e, bool on, Kind kind) {
  if (track == kNoTrack) track = t.make_track();
  if (!on)
    t.end(track, e.time);
  else if (!t.open[track].on)
    t.begin(track, e.time, kind, 0, e.cpu);
}

void SideLanes::rcu(Timeline& t, const sim::Event& e, uint32_t task) {
  CpuTracks& cpu = t.cpu[e.cpu];
  switch (e.kind) {
    case EV_RCU_LOCK:
      if (reading_[task]++ == 0) strip(t, cpu.reader, e, true, Kind::kReader);
      break;
    case EV_RCU_UNLOCK: {
      const auto it = reading_.find(task);
      if (it == reading_.end() || --it->second > 0) break;
      reading_.erase(it);
      strip(t, cpu.reader, e, false, Kind::kReader);
      break;
    }
    case EV_TASK_SWITCH:  // a preempted reader leaves the CPU but not its section
      strip(t, cpu.reader, e, reading_.contains(e.object), Kind::kReader);
      break;
    case EV_RCU_QS: {
      const auto which = static_cast<unsigned>(e.arg) % t.cpu.size();
      TrackNumber& track = t.cpu[which].quiescent;
      if (track == kNoTrack) track = t.make_track();
      t.tracks[track].append(e.time, e.time, Kind::kMark, 0, static_cast<unsigned>(which));
      break;
    }
    case EV_RCU_GP_START:
      if (t.grace == kNoTrack) t.grace = t.make_track();
      t.end(t.grace, e.time);
      t.begin(t.grace, e.time, Kind::kGrace, t.things.get(Role::kRcu, static_cast<uint32_t>(e.arg)),
              e.cpu);
      break;
    case EV_RCU_GP_END:
      if (t.grace != kNoTrack) t.end(t.grace, e.time);
      break;
    case EV_RCU_QUEUE:
      t.callbacks_queued.push(e.time);
      break;
    case EV_RCU_INVOKE:
      t.callbacks_invoked.push(e.time);
      break;
    default:
      break;
  }
}

void SideLanes::arrows(Timeline& t, const sim::Event& e, size_t depth) {
  const Cause here = {e.time, static_cast<uint8_t>(e.cpu), static_cast<uint8_t>(depth)};
  const auto arrow = [&](const Cause& from, FlowKind kind) {
    if (from.cpu != e.cpu)
      t.flows.push({from.time, std::max<uint64_t>(from.time, e.time), from.cpu, here.cpu,
                    from.depth, here.depth, kind});
  };
  switch (e.kind) {
    case EV_IPI_SEND:
      if (e.object < cpus_.size()) cpus_[e.object].ipi[static_cast<uint32_t>(e.arg)] = here;
      break;
    case EV_IRQ_DELIVER: {
      auto& sent = cpus_[e.cpu].ipi;
      const auto it = sent.find(static_cast<uint32_t>(e.arg));
      if (it == sent.end()) break;
      arrow(it->second, FlowKind::kIpi);
      sent.erase(it);
      break;
    }
    case EV_TASK_WAKE:
      woken_[e.object] = here;
      break;
    case EV_TASK_SWITCH: {
      const auto it = woken_.find(e.object);
      if (it == woken_.end()) break;
      arrow(it->second, FlowKind::kWake);
      woken_.erase(it);
      break;
    }
    default:
      break;
  }
}

void SideLanes::counts(Timeline& t, const sim::Event& e) {
  if (t.vectors.size() < t.cpu.size()) t.vectors.resize(t.cpu.size(), std::vector<IrqCount>(256));
  const size_t n = e.arg & 255u;
  switch (e.kind) {
    case EV_IRQ_RAISE:
      ++t.vectors[e.cpu][n].raised;
      break;
    case EV_IRQ_DELIVER:
      ++t.vectors[e.cpu][n].delivered;
      break;
    case EV_IRQ_EOI:
      ++t.vectors[e.cpu][n].eoi;
      break;
    case EV_SOFTIRQ_ENTER:
      if (n < t.softirqs.runs.size()) ++t.softirqs.runs[n];
      cpus_[e.cpu].softirq_began = e.time;
      break;
    case EV_SOFTIRQ_EXIT:
      if (n < t.softirqs.ns.size()) t.softirqs.ns[n] += e.time - cpus_[e.cpu].softirq_began;
      break;
    default:
      break;
  }
}

void SideLanes::add(Timeline& t, const sim::Event& e, uint32_t task, size_t depth) {
  CpuTracks& cpu = t.cpu[e.cpu];
  switch (e.kind) {
    case EV_IRQS_OFF:
      strip(t, cpu.irqs_off, e, true, Kind::kIrqsOff);
      break;
    case EV_IRQS_ON:
      strip(t, cpu.irqs_off, e, false, Kind::kIrqsOff);
      break;
    case EV_PREEMPT_OFF:
      strip(t, cpu.preempt_off, e, true, Kind::kPreemptOff);
      break;
    case EV_PREEMPT_ON:
      strip(t, cpu.preempt_off, e, false, Kind::kPreemptOff);
      break;
    default:
      if (e.kind < EV_TASK_NEW) counts(t, e);
      if (e.kind < EV_RCU_LOCK) arrows(t, e, depth);
      if (e.kind > EV_TASK_NEW) rcu(t, e, task);
  }
}

}  // namespace gui

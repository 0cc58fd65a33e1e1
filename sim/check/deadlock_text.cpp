// SPDX-License-Identifier: MIT
// The words of a deadlock: one line per edge, then what it means.
#include <fmt/format.h>

#include "cpu/hw.h"
#include "sim/check/deadlock.h"
#include "sim/check/report_words.h"
#include "sim/core/error.h"

namespace check {

namespace {

constexpr uint64_t kStuck = uint64_t{1} << 32;
constexpr uint64_t kLivelock = uint64_t{1} << 33;

const char* context_name(sim::Level level) {
  constexpr const char* kNames[] = {"task", "softirq", "hardirq", "NMI"};
  return kNames[static_cast<unsigned>(level)];
}

const char* sleep_name(uint32_t state) {
  if ((state & 0x102) == 0x102) return "killable";
  if (state & 1) return "interruptible";
  if (state & 2) return "uninterruptible";
  return "asleep";
}

}  // namespace

void Deadlock::stuck() {
  for (uint32_t id = 1; id <= s_->execs.size() && !s_->reported; ++id) {
    const Hold* wanted = s_->nodes.ensure(arena_, id).newest;
    if (!s_->execs[id].live || !wanted || wanted->stage == kHeld) continue;
    if (!wanted->lock->holders) take_back_release(id);
    begins_to_wait(id);
  }
  if (s_->reported) return;
  s_->reported = true;
  bench_.report(*this, kStuck);
}

void Deadlock::livelock(unsigned cpu, uint32_t pc) {
  s_->livelock_pc = pc;
  bench_.report(*this, kLivelock | cpu);
}

std::string Deadlock::place(uint32_t pc) const {
  return fmt::format("{} ({})", bench_.function_offset(pc), bench_.line(pc));
}

std::string Deadlock::who(uint32_t exec) {
  const Execution& x = s_->execs[exec];
  if (x.level == sim::Level::kTask)
    return fmt::format("CPU#{} {}", x.cpu, bench_.task_name(x.task));
  return fmt::format("CPU#{} {} on top of {}", x.cpu, context_name(x.level),
                     bench_.task_name(x.task));
}

std::string Deadlock::edge_text(const Edge& e) {
  if (!e.hold)
    return fmt::format("  {}: was interrupted, goes on when the {} on top of it returns\n",
                       who(e.from), context_name(s_->execs[e.to].level));
  const Hold& h = *e.hold;
  const char* verb = h.read ? "waits to read-lock" : "waits for";
  std::string text = fmt::format("  {}, in {} context: {} {} at {}\n", who(e.from),
                                 context_name(s_->execs[e.from].level), verb,
                                 bench_.lock_name(h.map), place(h.pc));
  if (!e.held) {
    text += fmt::format("    behind {}, who is before it in the queue\n", who(e.to));
    return text;
  }
  const Hold& held = *e.held;
  const char* how = held.read ? "read-held" : "held";
  const char* gone = held.abandoned ? ", which has ended without releasing it" : "";
  text += fmt::format("    {} by {}{}, taken at {} (step {})\n", how, who(e.to), gone,
                      place(held.pc), held.step);
  return text;
}

std::string Deadlock::title(const Circle& c) {
  const Edge& first = c.edge[0];
  const Edge& last = c.edge[c.count - 1];
  const std::string lock = first.hold ? bench_.lock_name(first.hold->map) : "";
  if (last.held && last.held->abandoned)
    return fmt::format("BUG: deadlock: {} waits for {}, whose holder {} has ended", who(first.from),
                       bench_.lock_name(last.hold->map), bench_.task_name(s_->execs[last.to].task));
  if (c.length == 1)
    return fmt::format("BUG: deadlock: {} waits for {}, which it holds itself", who(first.from),
                       lock);
  bool same_task = true;
  for (unsigned i = 0; i < c.count; ++i)
    same_task &= s_->execs[c.edge[i].from].base == s_->execs[first.from].base;
  if (same_task)
    return fmt::format("BUG: deadlock: {} on CPU#{} waits for {}, held by {}, which it interrupted",
                       context_name(s_->execs[first.from].level), s_->execs[first.from].cpu, lock,
                       bench_.task_name(s_->execs[first.from].task));
  if (c.length == 2)
    return fmt::format("BUG: deadlock: {} and {} wait for each other", who(first.from),
                       who(first.to));
  std::string text = fmt::format("BUG: deadlock: {} wait in a circle:", c.length);
  for (unsigned i = 0; i < c.count; ++i)
    text += fmt::format("{}{}", i ? ", " : " ", who(c.edge[i].from));
  return text;
}

void Deadlock::describe_circle(Finding& f, uint32_t start) {
  const Circle c = circle(start);
  SIM_ASSERT(c.count);
  f.kind = "deadlock";
  f.title = title(c);
  f.text = f.title + "\n";
  bool permanent = true, interrupted = false;
  for (unsigned i = 0; i < c.count; ++i) {
    const Edge& e = c.edge[i];
    f.text += edge_text(e);
    interrupted |= e.hold == nullptr;
    permanent &= (s_->nodes[e.from].block_state & 0x101) == 0;
    if (!e.hold) continue;
    f.locks.push_back(bench_.lock_name(e.hold->map));
    f.steps.push_back(e.hold->step);
    if (e.held) f.steps.push_back(e.held->step);
  }
  if (c.count < c.length) f.text += fmt::format("  ... and {} more\n", c.length - c.count);
  const Edge& last = c.edge[c.count - 1];
  if (last.held && last.held->abandoned)
    f.explain =
        "The lock was never released: whoever took it has ended. Everybody who wants it "
        "from now on waits for ever.";
  else if (c.length == 1)
    f.explain =
        "The lock is not recursive: its holder asks for it again and waits for itself. "
        "Release it first, or call a variant of the function that expects it held.";
  else if (interrupted)
    f.explain =
        "An interrupt came while the lock was held on the same CPU, and its handler wants "
        "that lock. The holder cannot go on before the handler returns, and the handler "
        "cannot return before the holder goes on. Take the lock with interrupts (or "
        "softirqs) disabled wherever a handler may want it.";
  else
    f.explain =
        "Each waits for what the next one holds, so none of them can ever go on. Take "
        "these locks in one and the same order everywhere.";
  if (!permanent)
    f.explain += " A signal can end one of these waits, so it need not last for ever.";
  const Execution& x = s_->execs[start];
  f.cpu = x.cpu;
  f.task = bench_.task_name(x.task);
}

// Kernel threads at rest have no business in the user's image: they are listed
// only if nobody else waits.
uint32_t Deadlock::waits_at(uint32_t exec, bool all) {
  const Node& node = s_->nodes.ensure(arena_, exec);
  if (!s_->execs[exec].live) return 0;
  if (node.parked) return node.parked;
  if (!node.block_state || s_->execs[exec].below) return 0;
  const uint32_t pc = blame(node.block_pcs, kPcs);
  return all || cpu::in_module(pc) ? pc : 0;
}

void Deadlock::describe_stuck(Finding& f) {
  f.kind = "deadlock";
  f.title = "BUG: hang: everybody waits and nothing is left to wake them";
  f.text = f.title + "\n";
  uint32_t first = 0;
  for (bool all : {false, true}) {
    for (uint32_t id = 1; id <= s_->execs.size(); ++id) {
      const uint32_t pc = waits_at(id, all);
      if (!pc) continue;
      describe_waiter(f, id, pc);
      if (!first) first = id;
    }
    if (first) break;
  }
  if (first) f.cpu = s_->execs[first].cpu, f.task = bench_.task_name(s_->execs[first].task);
  f.explain =
      "No CPU can go on, no interrupt is due, and nobody who sleeps will be woken. Usually a "
      "wake-up was lost: the waker looked before the sleeper had put itself on the queue, or the "
      "condition was set without a wake-up.";
}

void Deadlock::describe_waiter(Finding& f, uint32_t exec, uint32_t pc) {
  const Node& node = s_->nodes[exec];
  const std::string how =
      node.parked ? "spins" : fmt::format("sleeps ({})", sleep_name(node.block_state));
  f.text += fmt::format("  {} {} at {}\n", who(exec), how, place(pc));
  const Hold* h = node.newest;
  if (h && h->stage != kHeld) {
    f.text += fmt::format("    waits for {}\n", bench_.lock_name(h->map));
    f.locks.push_back(bench_.lock_name(h->map));
  }
  f.text += holdings(exec);
}

std::string Deadlock::holdings(uint32_t exec) {
  std::string text;
  for (const Hold* h = s_->nodes[exec].newest; h; h = h->older)
    if (h->stage == kHeld)
      text += fmt::format("    holds {}, taken at {} (step {})\n", bench_.lock_name(h->map),
                          place(h->pc), h->step);
  return text;
}

void Deadlock::describe_livelock(Finding& f, unsigned cpu) {
  const uint32_t exec = s_->execs.current(arena_, bench_, cpu);
  s_->nodes.ensure(arena_, exec);
  f.kind = "livelock";
  f.cpu = cpu;
  f.task = bench_.task_name(s_->execs[exec].task);
  f.title = fmt::format("BUG: livelock: {} loops at {} and changes nothing", who(exec),
                        bench_.line(s_->livelock_pc));
  f.text = f.title + "\n" + fmt::format("  loops at {}\n", place(s_->livelock_pc)) + holdings(exec);
  f.explain =
      "The loop has no step in it that the machine can see, and none that another CPU could make "
      "true: its condition is read once, or never. A wait loop must read what it waits for with "
      "READ_ONCE() and call cpu_relax().";
}

Finding Deadlock::describe(uint64_t cookie) {
  Finding f;
  f.step = bench_.step();
  if (cookie & kStuck)
    describe_stuck(f);
  else if (cookie & kLivelock)
    describe_livelock(f, static_cast<unsigned>(cookie & 0xff));
  else
    describe_circle(f, static_cast<uint32_t>(cookie));
  f.time_ns = bench_.now(f.cpu);
  return f;
}

}  // namespace check

// SPDX-License-Identifier: MIT
#include "sim/check/objects.h"

#include <fmt/format.h>

#include "sim/check/report_words.h"

namespace check {

namespace {
constexpr uint32_t kOffsetsBelow = 4096;  // kfree_rcu(): no function, an offset
constexpr uint32_t kAlignment = 8;        // of what is tracked

// Call sites lie behind the call; a function's own address does not.
std::string function(const Bench& bench, uint32_t address) {
  const std::string inside = bench.function_offset(address + 1);
  const size_t plus = inside.find("+0x1/");
  return plus == std::string::npos ? inside
                                   : inside.substr(0, plus) + "+0x0/" + inside.substr(plus + 5);
}
}  // namespace

Objects::Objects(sim::Arena& arena, Bench& bench)
    : arena_(arena), bench_(bench), s_(arena.make<State>()) {}

bool Objects::wants(unsigned kind) const {
  switch (kind) {
    case EV_RCU_QUEUE:
    case EV_RCU_INVOKE:
    case EV_WORK_QUEUE:
    case EV_WORK_DEQUEUE:
    case EV_FREE:
      return true;
    default:
      return false;
  }
}

void Objects::on_event(const sim::Event& e) {
  switch (e.kind) {
    case EV_RCU_QUEUE:
    case EV_WORK_QUEUE:
      return activate(e, e.kind == EV_WORK_QUEUE);
    case EV_RCU_INVOKE:
    case EV_WORK_DEQUEUE:
      return s_->active.erase(e.object);
    default:
      return freed(e);
  }
}

void Objects::activate(const sim::Event& e, bool work) {
  const Active now{bench_.step(), static_cast<uint32_t>(e.arg), work, true, 0};
  const Active before = s_->active.find(e.object);
  if (!before.there) return s_->active.insert(arena_, e.object, now);
  s_->bug = before;
  s_->address = e.object;
  s_->cpu = static_cast<unsigned>(e.cpu);
  bench_.report(*this, kActivate);
}

void Objects::freed(const sim::Event& e) {
  const auto size = static_cast<uint32_t>(e.arg);
  for (uint32_t at = e.object; s_->active.size() && at < e.object + size; at += kAlignment) {
    const Active found = s_->active.find(at);
    if (!found.there) continue;
    s_->active.erase(at);  // told once
    s_->bug = found;
    s_->address = at;
    s_->cpu = static_cast<unsigned>(e.cpu);
    bench_.report(*this, kFree);
  }
}

int Objects::answer(unsigned question, uint32_t object, unsigned) {
  if (question != HW_ASK_OBJECT_ACTIVE) return -1;
  return s_->active.find(object).there;
}

Finding Objects::describe(uint64_t cookie) {
  const Active& bug = s_->bug;
  const char* type = bug.work ? "work_struct" : "rcu_head";
  const std::string hint = bug.function < kOffsetsBelow ? "0x0" : function(bench_, bug.function);
  Finding f;
  sign(f, bench_, s_->cpu);
  f.kind = "bug";
  f.title = fmt::format("ODEBUG: {} active (active state {}) object type: {} hint: {}",
                        cookie == kFree ? "free" : "activate", bug.work ? 0 : 1, type, hint);
  f.text = f.title + "\n" + dump_stack(bench_, s_->cpu);
  f.steps = {bug.step, f.step};
  const std::string queued =
      fmt::format("A {} at {:#x} has been queued since step {}", type, s_->address, bug.step);
  f.explain = cookie == kFree
                  ? queued +
                        ", and the memory that it lies in is freed. Whoever takes it from its "
                        "list will use freed memory."
                  : queued +
                        " and is queued again before it was called. Its list would lead back "
                        "to itself; so nothing is called for it any more.";
  return f;
}

}  // namespace check

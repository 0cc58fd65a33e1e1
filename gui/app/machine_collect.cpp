// SPDX-License-Identifier: MIT
// The window's look at the machine.
#include <algorithm>
#include <chrono>

#include "gui/app/machine.h"
#include "sim/run/executor.h"

namespace gui {
namespace {

using namespace std::chrono_literals;
constexpr auto kLockPatience = 6ms;
constexpr uint32_t kNamesPerLook = 200;

std::string vector_name(uint32_t number) {
  switch (number) {
    case 0x02:
      return "NMI";
    case 0xec:
      return "timer";
    case 0xf6:
      return "irq_work";
    case 0xfb:
      return "call_single";
    case 0xfc:
      return "call_function";
    case 0xfd:
      return "resched";
    default:
      return "irq" + std::to_string(number);
  }
}

std::string words_for(const run::Session& session, const Timeline& t, const Thing& thing) {
  switch (thing.role) {
    case Role::kTask:
      return session.task_name(thing.address);
    case Role::kFunction: {
      const run::Location& where = session.symbols().at(thing.address + 1);
      return where.function.empty() ? session.symbols().function_offset(thing.address)
                                    : where.function;
    }
    case Role::kLock:
      return session.lock_name(thing.address);
    case Role::kValue:
    case Role::kOther:
      return session.object_name(thing.address);
    case Role::kIrq: {
      const auto it = t.irq_names.find(thing.address);
      const std::string given =
          it == t.irq_names.end() ? std::string() : session.read_string(it->second, 32);
      const std::string number = vector_name(thing.address);
      return given.empty() || number.find("irq") != 0 ? number : number + " " + given;
    }
    case Role::kRcu:
      return std::to_string(thing.address >> 2);
    case Role::kSoftirq:
    case Role::kNone:
      break;
  }
  return {};
}

void publish(const run::Session& s, Published& out) {
  out.config = s.config();
  out.position = s.position();
  out.furthest = s.furthest();
  out.finished = s.finished();
  out.verdict = s.verdict();
  out.findings = s.findings();
  const auto& log = s.log();
  const auto same = [](const run::LogLine& a, const run::LogLine& b) {
    return a.step == b.step && a.text == b.text;
  };
  size_t keep = std::min(out.log.size(), log.size());
  while (keep > 0 && !same(out.log[keep - 1], log[keep - 1])) --keep;
  out.log.resize(keep, run::LogLine{});
  out.log.insert(out.log.end(), log.begin() + static_cast<ptrdiff_t>(keep), log.end());
  if (run::repeats(s.config())) out.options = s.options();
  if (std::string now = s.checkers_view("lock_order_state"); now != out.lock_order_state) {
    out.lock_order_state = std::move(now);
    out.lock_order = s.checkers_view("lock_order");
  }
  out.cpus.clear();
  out.apics.clear();
  for (unsigned n = 0; n < s.cpus(); ++n) {
    out.cpus.push_back(s.cpu(n));
    out.apics.push_back(s.apic(n));
  }
  out.sources_now = s.sources();
}

}  // namespace

void Machine::name_things(Feed& feed) {
  Things& things = feed.timeline().things;
  for (uint32_t n = 0; n < kNamesPerLook; ++n) {
    named_ = things.next_unnamed(named_);
    if (named_ >= things.size()) return;
    things.name(named_, words_for(*session_, feed.timeline(), things[named_]));
  }
}

void Machine::tell(Published& state) {
  const std::lock_guard hold(state_mutex_);
  state.playing = playing_;
  state.busy = busy_;
  state.error = error_;
  if (!name_.empty()) state.name = name_;
}

void Machine::tell_lines(Hits& hits) {
  for (; placed_ < places_.size(); ++placed_) hits.name(placed_, places_[placed_]);
  for (const LineHit& hit : line_hits_) hits.add(hit);
  line_hits_.clear();
  hits.sampled_from(line_watch_.sampled_from());
}

// While one exists the machine's thread begins no slice.
class Machine::Looker {
 public:
  explicit Looker(Machine& machine) : machine_(machine) {
    ++machine.lookers_;
    // By the system's clock: gcc 12's ThreadSanitizer takes a mutex that is had by
    // the steady one for unlocked (it does not know pthread_mutex_clocklock()).
    const auto until = std::chrono::system_clock::now() + kLockPatience;
    hold_ = std::unique_lock(machine.session_mutex_, until);
  }
  ~Looker() {
    if (hold_) hold_.unlock();
    --machine_.lookers_;
    machine_.lookers_.notify_one();
  }
  Looker(const Looker&) = delete;
  Looker& operator=(const Looker&) = delete;
  explicit operator bool() const { return hold_.owns_lock(); }

 private:
  Machine& machine_;
  std::unique_lock<std::timed_mutex> hold_;
};

bool Machine::collect(Published& state, std::unique_ptr<Feed>& feed, Hits& hits, size_t budget) {
  tell(state);  // even when the session is not to be had
  const Looker looker(*this);
  if (!looker) return false;
  tell(state);  // what belongs to this session
  if (session_ == nullptr) {
    state.open = false;
    return true;
  }
  if (state.epoch != epoch_ || feed == nullptr) {
    const Published old = std::move(state);
    state = {};
    state.epoch = epoch_;
    state.playing = old.playing;
    state.busy = old.busy;
    state.error = old.error;
    state.name = old.name;
    for (const auto& path : session_->program().sources) state.sources.push_back(path.string());
    feed = std::make_unique<Feed>(session_->cpus());
    hits = {};
    named_ = placed_ = 0;
  }
  if (rewritten_ != UINT64_MAX) {
    feed->rewrite(rewritten_);
    hits.rewrite(rewritten_ + 1);
    rewritten_ = UINT64_MAX;
  }
  state.open = true;
  publish(*session_, state);
  more_ = feed->collect(session_->trace(), budget);
  name_things(*feed);
  tell_lines(hits);
  return true;
}

}  // namespace gui

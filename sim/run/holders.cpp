// SPDX-License-Identifier: MIT
#include "sim/run/holders.h"

#include <algorithm>

#include "cpu/events.h"

namespace run {

void Holders::on_event(const sim::Event& event) {
  Hold* const own =
      event.kind >= EV_LOCK_ACQUIRE && event.kind <= EV_LOCK_DOWNGRADE ? find(event) : nullptr;
  switch (event.kind) {
    case EV_TASK_SWITCH:
      running_[event.cpu] = event.object;
      break;
    case EV_LOCK_ACQUIRE:
      locks_[event.object].push_back({event.object, running_[event.cpu],
                                      static_cast<uint8_t>(event.cpu),
                                      static_cast<uint8_t>(LOCK_ARG_READ(event.arg)), event.level(),
                                      LOCK_ARG_TRYLOCK(event.arg) != 0, false, false, event.step});
      break;
    case EV_LOCK_CONTENDED:
      if (own != nullptr) own->contended = true;
      break;
    case EV_LOCK_ACQUIRED:
      if (own == nullptr) break;
      own->held = true;
      own->cpu = static_cast<uint8_t>(event.cpu);
      own->since_step = event.step;
      break;
    case EV_LOCK_DOWNGRADE:
      if (own != nullptr) own->read = 1;
      break;
    case EV_LOCK_RELEASE: {
      auto& all = locks_[event.object];
      // By somebody else: it ends the first hold.
      if (own != nullptr)
        all.erase(all.begin() + (own - all.data()));
      else if (!all.empty())
        all.erase(all.begin());
      if (all.empty()) locks_.erase(event.object);
      break;
    }
    default:
      break;
  }
}

// The youngest interest of the same task at the same level: locks nest.
Holders::Hold* Holders::find(const sim::Event& event) {
  const auto entry = locks_.find(event.object);
  if (entry == locks_.end()) return nullptr;
  auto& all = entry->second;
  const auto mine = [&](const Hold& hold) {
    return hold.task == running_[event.cpu] && hold.level == event.level() &&
           (hold.level == sim::Level::kTask || hold.cpu == event.cpu);
  };
  const auto found = std::find_if(all.rbegin(), all.rend(), mine);
  return found == all.rend() ? nullptr : &*found;
}

std::vector<uint32_t> Holders::locks() const {
  std::vector<uint32_t> all;
  for (const auto& [lock, holds] : locks_) all.push_back(lock);
  std::sort(all.begin(), all.end());
  return all;
}

const std::vector<Holders::Hold>& Holders::of(uint32_t lock) const {
  const auto entry = locks_.find(lock);
  return entry == locks_.end() ? none_ : entry->second;
}

const Holders::Hold* Holders::holder(uint32_t lock) const {
  for (const Hold& hold : of(lock))
    if (hold.held) return &hold;
  return nullptr;
}

const Holders::Hold* Holders::own(const sim::Event& event) const {
  return const_cast<Holders*>(this)->find(event);
}

// One that has not tried yet, but will find it taken, waits as well.
bool Holders::waits(const Hold& hold) const {
  if (hold.held || hold.trylock) return false;
  const Hold* const other = holder(hold.lock);
  return hold.contended || (other != nullptr && (hold.read == 0 || other->read == 0));
}

const Holders::Hold* Holders::waiting(unsigned cpu) const {
  const Hold* found = nullptr;
  for (const auto& [lock, all] : locks_)
    for (const Hold& hold : all)
      if (hold.task == running_[cpu] && hold.cpu == cpu && waits(hold) &&
          (found == nullptr || hold.level > found->level))
        found = &hold;
  return found;
}

}  // namespace run

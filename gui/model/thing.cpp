// SPDX-License-Identifier: MIT
#include "gui/model/thing.h"

#include <fmt/format.h>

namespace gui {

uint32_t Things::look_up(Role role, uint32_t address) {
  const auto [it, fresh] = by_key_.try_emplace(key(role, address), size());
  if (fresh) {
    Thing t{role, address, false, {}};
    if (role == Role::kSoftirq) t = {role, address, true, std::string(softirq_name(address))};
    named_ += t.named ? 1 : 0;
    all_.push_back(std::move(t));
  }
  return it->second;
}

void Things::renew(Role role, uint32_t address) {
  by_key_.erase(key(role, address));
  recent(key(role, address)) = {};
}

void Things::name(uint32_t ref, std::string name) {
  all_[ref].name = std::move(name);
  named_ += all_[ref].named ? 0 : 1;
  all_[ref].named = true;
}

std::string Things::label(uint32_t ref) const {
  const Thing& t = all_[ref];
  if (t.named) return t.name;
  if (t.role == Role::kNone) return {};
  return t.role == Role::kIrq ? fmt::format("irq{}", t.address) : fmt::format("0x{:x}", t.address);
}

uint32_t Things::next_unnamed(uint32_t from) const {
  while (from < size() && (all_[from].named || all_[from].role == Role::kNone)) ++from;
  return from;
}

std::string_view softirq_name(unsigned n) {
  static constexpr std::string_view kNames[] = {"HI",       "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
                                                "IRQ_POLL", "TASKLET", "SCHED",  "HRTIMER", "RCU"};
  return n < std::size(kNames) ? kNames[n] : "softirq";
}

}  // namespace gui

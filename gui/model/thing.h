// SPDX-License-Identifier: MIT
// Things that intervals refer to: a task, a function, a lock, an interrupt.
//
// A thing is an address with a role, and gets its words later: the index is
// built without asking the machine, names are looked up a few at a time while
// the machine's thread is held. A task_struct that is used again for another
// task is a new thing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gui {

enum class Role : uint8_t { kNone, kTask, kFunction, kLock, kIrq, kSoftirq, kValue, kRcu, kOther };

struct Thing {
  Role role = Role::kNone;
  uint32_t address = 0;  // or a number: irq, softirq
  bool named = false;
  std::string name;
};

class Things {
 public:
  Things() { all_.emplace_back(); }

  uint32_t get(Role role, uint32_t address) {
    const uint64_t wanted = key(role, address);
    Recent& r = recent(wanted);
    if (r.key != wanted) r = {wanted, look_up(role, address)};
    return r.ref;
  }
  // Makes later get()s return a fresh thing.
  void renew(Role role, uint32_t address);
  void name(uint32_t ref, std::string name);

  const Thing& operator[](uint32_t ref) const { return all_[ref]; }
  uint32_t size() const { return static_cast<uint32_t>(all_.size()); }
  uint32_t named() const { return named_; }  // how many were given names so far
  bool nameless() const { return named_ < size(); }
  // Shown while a name is not known yet.
  std::string label(uint32_t ref) const;
  // The first thing from `from` on that has no name; size() if none.
  uint32_t next_unnamed(uint32_t from) const;

 private:
  // The same few things come again and again: a direct-mapped memory of them
  // answers before the table is asked.
  struct Recent {
    uint64_t key = UINT64_MAX;
    uint32_t ref = 0;
  };
  static constexpr size_t kRecent = 512;  // a power of two

  static uint64_t key(Role role, uint32_t address) {
    return static_cast<uint64_t>(role) << 32 | address;
  }
  Recent& recent(uint64_t key) {
    return recent_[(key * 0x9E3779B97F4A7C15u >> 48) & (kRecent - 1)];
  }
  uint32_t look_up(Role role, uint32_t address);

  std::vector<Recent> recent_ = std::vector<Recent>(kRecent);
  std::vector<Thing> all_;
  uint32_t named_ = 1;  // nothing at all needs none
  std::unordered_map<uint64_t, uint32_t> by_key_;
};

// Linux's names of the softirq vectors, in their order.
std::string_view softirq_name(unsigned n);

}  // namespace gui

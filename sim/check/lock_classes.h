// SPDX-License-Identifier: MIT
// Lock classes: which locks count as one for the rules.
//
// A class is a key and a subclass: the address of a static lock_class_key
// (plus the subclass), or, for locks initialised statically, of the lock
// itself; per-CPU locks count as their copy for CPU 0. What a lock is, is read
// from its struct lockdep_map when its class is first looked up.
//
// The surprising thing: a lock that is neither static nor was initialised has
// no class, and the validator turns itself off: so does Linux.
#pragma once

#include <string>

#include "sim/check/address_map.h"
#include "sim/check/checker.h"
#include "sim/check/lock_usage.h"
#include "sim/check/table.h"

namespace check {

constexpr unsigned kSubclassesMax = 8;
constexpr uint32_t kClassesMax = 8192;  // MAX_LOCKDEP_KEYS, one of them reserved
constexpr unsigned kTracePcs = 12;

enum WaitType : uint8_t { kWaitInv, kWaitFree, kWaitSpin, kWaitConfig, kWaitSleep, kWaitMax };
enum LockType : uint8_t { kLockNormal, kLockPercpu, kLockWaitOverride };

struct LockClass {
  uint64_t key;       // of the subclass: unique
  uint32_t base_key;  // shared by its subclasses; what is printed if it has no name
  uint32_t name;      // guest string, 0: none
  uint32_t map;       // the first lock of this class
  uint16_t subclass;
  uint8_t outer, inner, type;
  bool no_validate, gone;
  uint32_t usage;  // usage_bit()s
  uint32_t trace[kUsages];
  uint64_t ops;
};

struct StackTrace {
  uint32_t count;
  uint32_t pc[kTracePcs];
};

class LockClasses {
 public:
  enum Status { kOk, kNotStatic, kTooMany };

  // The class of a lock taken with `subclass`; 0 and a status if there is none.
  uint32_t find(sim::Arena& arena, const Bench& bench, uint32_t map, unsigned subclass,
                Status& status) {
    const uint32_t known = by_lock_.find(uint64_t{subclass} << 32 | map);
    return __builtin_expect(known != 0, 1) ? known : look_up(arena, bench, map, subclass, status);
  }
  void forget_lock(uint32_t map);  // initialised again, or moved to another class
  void retire(uint32_t id);        // its key may be used anew
  LockClass& operator[](uint32_t id) { return classes_[id]; }
  uint32_t size() const { return size_; }  // ids are [1, size()]
  uint32_t live() const { return live_; }

  // The words, as Linux writes them: "&s.a", "&q->lock#2/1" (the second class
  // of that name, subclass 1). Slow.
  std::string name(const Bench& bench, uint32_t id);

 private:
  uint32_t look_up(sim::Arena& arena, const Bench& bench, uint32_t map, unsigned subclass,
                   Status& status);

  Table<LockClass> classes_;
  AddressMap<> by_lock_, by_key_;
  uint32_t size_, live_;
};

}  // namespace check

// SPDX-License-Identifier: MIT
#include "sim/check/lock_classes.h"

#include <fmt/format.h>

#include <set>

#include "cpu/hw.h"
#include "sim/check/report_words.h"

namespace check {

namespace {

// struct lockdep_map of the guest.
struct GuestMap {
  uint64_t key, name;
  uint8_t outer, inner, type, subclass;
};

bool is_static(uint32_t a) { return a >= HW_KERNEL_BASE && a < HW_RAM_START; }

// Per-CPU areas are 64 KiB apart, one set for each image, 16 MiB apart.
uint32_t canonical(uint32_t a) {
  constexpr uint32_t kImage = HW_MODULE_BASE - HW_KERNEL_BASE;
  if (a < HW_PERCPU_BASE || a >= HW_RAM_START) return a;
  const uint32_t offset = a - static_cast<uint32_t>(HW_PERCPU_BASE);
  return static_cast<uint32_t>(HW_PERCPU_BASE + offset / kImage * kImage + offset % HW_PERCPU_AREA);
}

}  // namespace

uint32_t LockClasses::look_up(sim::Arena& arena, const Bench& bench, uint32_t map,
                              unsigned subclass, Status& status) {
  GuestMap m{};
  status = kOk;
  if (!bench.read(map, &m, sizeof m)) return status = kNotStatic, 0;
  const unsigned effective = subclass ? subclass : m.subclass;
  uint32_t base = static_cast<uint32_t>(m.key);
  if (!base) {
    if (!is_static(map)) return status = kNotStatic, 0;
    base = canonical(map);
  }
  const uint64_t key = (uint64_t{base} | uint64_t{effective} << 32);
  uint32_t id = by_key_.find(key);
  if (!id) {
    if (live_ + 1 >= kClassesMax) return status = kTooMany, 0;
    id = ++size_;
    ++live_;
    LockClass& c = classes_.ensure(arena, id);
    c = LockClass{};
    c.key = key;
    c.base_key = base;
    c.name = static_cast<uint32_t>(m.name);
    c.map = map;
    c.subclass = static_cast<uint16_t>(effective);
    c.outer = m.outer;
    c.inner = m.inner;
    c.type = m.type;
    c.no_validate = m.key && bench.object_name(base) == "__lockdep_no_validate__";
    by_key_.insert(arena, key, id);
  }
  by_lock_.insert(arena, uint64_t{subclass} << 32 | map, id);
  return id;
}

void LockClasses::forget_lock(uint32_t map) {
  for (uint64_t s = 0; s < kSubclassesMax; ++s) by_lock_.erase(s << 32 | map);
}

void LockClasses::retire(uint32_t id) {
  LockClass& c = classes_[id];
  if (c.gone) return;
  by_key_.erase(c.key);
  by_lock_.clear();  // any lock may have been of this class
  c.gone = true;
  c.usage = 0;
  --live_;
}

std::string LockClasses::name(const Bench& bench, uint32_t id) {
  const LockClass& c = classes_[id];
  std::string text = c.name ? guest_string(bench, c.name) : "";
  if (text.empty()) text = bench.lock_name(c.map);
  std::set<uint32_t> namesakes;  // keys of earlier classes with that name
  for (uint32_t i = 1; c.name && i < id; ++i) {
    const LockClass& other = classes_[i];
    if (other.gone || !other.name || other.base_key == c.base_key) continue;
    if (other.name == c.name || guest_string(bench, other.name) == text)
      namesakes.insert(other.base_key);
  }
  if (!namesakes.empty()) text += fmt::format("#{}", namesakes.size() + 1);
  if (c.subclass) text += fmt::format("/{}", c.subclass);
  return text;
}

}  // namespace check

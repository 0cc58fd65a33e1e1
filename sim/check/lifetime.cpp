// SPDX-License-Identifier: MIT
#include "sim/check/lifetime.h"

#include <algorithm>
#include <bit>

#include "cpu/hw.h"

namespace check {

Lifetime::Lifetime(sim::Arena& arena, Bench& bench)
    : arena_(arena), bench_(bench), s_(arena.make<State>()) {}

bool Lifetime::wants(unsigned kind) const {
  return (kind >= EV_READ && kind <= EV_RMW_FAIL) || kind == EV_ALLOC || kind == EV_FREE ||
         kind == EV_EXIT_DONE || kind == EV_RCU_LOCK || kind == EV_RCU_UNLOCK;
}

void Lifetime::on_event(const sim::Event& e) {
  if (e.kind <= EV_RMW_FAIL) return accessed(e);
  switch (e.kind) {
    case EV_ALLOC:
      return allocated(e);
    case EV_FREE:
      return freed(e);
    case EV_RCU_LOCK:
      ++s_->readers;
      return;
    case EV_RCU_UNLOCK:
      if (s_->readers) --s_->readers;
      return;
    default:
      return leaks(e);
  }
}

Lifetime::Past Lifetime::past(const sim::Event& e) const {
  Past p{};
  const auto cpu = static_cast<unsigned>(e.cpu);
  p.task = bench_.actor(cpu).task;
  p.cpu = cpu;
  p.step = e.step;
  p.count = bench_.backtrace(cpu, p.pc, kPcs);
  if (!p.count) p.pc[p.count++] = e.pc;
  return p;
}

void Lifetime::paint(uint32_t from, uint32_t size, uint32_t object) {
  for (uint32_t a = from; a < from + size; a += kGranule) {
    Page* page = s_->pages.find(a / kPage);
    if (!page) {
      page = arena_.make<Page>();
      s_->pages.insert(arena_, a / kPage, page);
    }
    page->object[a % kPage / kGranule] = object;
  }
}

uint32_t Lifetime::object_at(uint32_t address) const {
  if (s_->page_number != address / kPage || !s_->page) {
    s_->page_number = address / kPage;
    s_->page = s_->pages.find(s_->page_number);
  }
  return s_->page ? s_->page->object[address % kPage / kGranule] : 0;
}

void Lifetime::allocated(const sim::Event& e) {
  if (e.object < HW_RAM_START || !e.arg) return;
  // An address that comes back keeps its number: the table grows with the
  // number of places, not of allocations.
  uint32_t id = s_->by_address.find(e.object);
  if (!id) {
    id = ++s_->count;
    s_->objects.ensure(arena_, id);
    s_->by_address.insert(arena_, e.object, id);
  }
  Object& o = s_->objects[id];
  if (o.room) {  // what is left of a larger one that was here before
    for (uint32_t a = o.address; a < o.address + o.room; a += kGranule)
      if (object_at(a) == id) paint(a, 1, 0);
  }
  o = Object{};
  o.address = e.object;
  o.size = static_cast<uint32_t>(e.arg);
  o.room = o.size <= 8192 ? std::max(16u, std::bit_ceil(o.size)) : o.size;
  if (o.address % o.room) o.room = (o.size + kGranule - 1) / kGranule * kGranule;
  o.born = past(e);
  o.by_user = cpu::in_module(e.pc);
  // A red zone must not hide a neighbour that is not of a power of two.
  paint(o.address, o.size, id);
  for (uint32_t a = o.address + (o.size + kGranule - 1) / kGranule * kGranule;
       a < o.address + o.room; a += kGranule) {
    const uint32_t there = object_at(a);
    if (there && !s_->objects[there].freed && s_->objects[there].address >= a) break;
    paint(a, 1, id);
  }
}

void Lifetime::freed(const sim::Event& e) {
  const uint32_t id = s_->by_address.find(e.object);
  if (!id || s_->objects[id].freed) {
    const uint32_t inside = id ? id : object_at(e.object);
    return bug(id ? kDoubleFree : kInvalidFree, e, inside, 0);
  }
  Object& o = s_->objects[id];
  o.freed = true;
  o.readers = s_->readers;
  o.died = past(e);
}

bool Lifetime::in_allocator(uint32_t pc) {
  const auto [known, first] = in_allocator_.try_emplace(pc, false);
  if (!first) return known->second;
  const std::string line = bench_.line(pc);
  for (const char* file : {"slab.cpp", "kmalloc.cpp", "page_alloc.cpp", "percpu.cpp"}) {
    known->second |= line.find(file) != std::string::npos;
  }
  return known->second;
}

// Kernel functions access memory for the user (strings, lists, locks); the
// allocator alone may touch what is free.
bool Lifetime::by_allocator(const sim::Event& e) {
  uint32_t pcs[5] = {e.pc};
  const unsigned n = 1 + bench_.backtrace(static_cast<unsigned>(e.cpu), pcs + 1, 4);
  return std::any_of(pcs, pcs + n, [this](uint32_t pc) { return in_allocator(pc); });
}

void Lifetime::accessed(const sim::Event& e) {
  if (e.object < HW_RAM_START || e.object >= HW_RAM_END) return;
  const uint32_t id = object_at(e.object);
  if (!id) return;
  const unsigned code = e.info & sim::Event::kSizeMask;
  const uint32_t size = code == sim::Event::kSizeMask ? static_cast<uint32_t>(e.arg) : code;
  const Object& o = s_->objects[id];
  const uint32_t offset = e.object - o.address;
  if (__builtin_expect(!o.freed && offset + size <= o.size, 1)) return;
  if (by_allocator(e)) return;
  bug(o.freed ? kUseAfterFree : kOutOfBounds, e, id, size);
}

void Lifetime::leaks(const sim::Event& e) {
  uint32_t count = 0;
  for (uint32_t id = 1; id <= s_->count; ++id) {
    Object& o = s_->objects[id];
    o.leaked = !o.freed && o.by_user;
    count += o.leaked;
  }
  if (count) bug(kLeak, e, 0, count);
}

void Lifetime::bug(What what, const sim::Event& e, uint32_t object, uint32_t size) {
  if (what == kInvalidFree && e.object < HW_RAM_START) object = 0;
  const uint64_t key = uint64_t{e.pc} | uint64_t{what + 1u} << 32;
  if (s_->told.find(key)) return;
  s_->told.insert(arena_, key, 1);
  s_->bug = {what,
             e.kind == EV_WRITE || e.kind == EV_STORE || e.kind == EV_RMW,
             static_cast<uint16_t>(e.cpu),
             e.object,
             size,
             object,
             e.pc};
  bench_.report(*this, what);
}

}  // namespace check

// SPDX-License-Identifier: MIT
// Lifetime: heap objects used after they were freed, freed twice, overrun,
// never freed. KASAN's words.
//
// Every allocation is remembered, freed ones too until their memory is handed
// out again, so a report names who allocated and who freed. Accesses are looked
// up by address in a map of 8-byte granules that exists only where objects are.
//
// Judged are accesses by code of the user's image, and by kernel functions that
// it called; not the allocator's own (it poisons what was freed). kmalloc()
// rounds sizes up to powers of two: the rest is a red zone. Objects that
// user code allocated itself are leaks if alive when module_exit is done; told
// apart is memory freed while an RCU reader that began before the free is still running.
//
// Needs step events (EV_READ, EV_WRITE, ...) for accesses; frees are judged
// without.
#pragma once

#include <string>
#include <type_traits>
#include <unordered_map>

#include "sim/check/address_map.h"
#include "sim/check/checker.h"
#include "sim/check/table.h"

namespace check {

class Lifetime final : public Checker {
 public:
  Lifetime(sim::Arena& arena, Bench& bench);

  const char* name() const override { return "memory"; }
  bool wants(unsigned kind) const override;
  bool heap_only() const override { return true; }
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;

 private:
  static constexpr unsigned kPcs = 8;
  static constexpr uint32_t kGranule = 8, kPage = 4096;

  enum What : uint8_t { kUseAfterFree, kOutOfBounds, kDoubleFree, kInvalidFree, kLeak };
  struct Past {  // who allocated or freed it
    uint32_t task, cpu;
    uint64_t step;
    uint32_t count, pc[kPcs];
  };
  struct Object {
    uint32_t address, size;
    uint32_t room;  // size with its red zone
    bool freed, by_user, leaked;
    uint32_t readers;  // RCU readers that were running when it was freed
    Past born, died;
  };
  struct Page {
    uint32_t object[kPage / kGranule];
  };
  struct Bug {
    What what;
    uint8_t write;  // 0 or 1
    uint16_t cpu;
    uint32_t address, size, object, pc;
  };
  static_assert(std::has_unique_object_representations_v<Bug>);
  struct State {
    AddressMap<Page*> pages;
    AddressMap<> by_address;  // live and freed, not yet reused
    Table<Object> objects;
    AddressMap<> told;  // by pc
    uint32_t count, readers;
    uint32_t page_number;  // looked up last
    const Page* page;
    Bug bug;
  };

  void allocated(const sim::Event& e);
  void freed(const sim::Event& e);
  void accessed(const sim::Event& e);
  void leaks(const sim::Event& e);
  Past past(const sim::Event& e) const;
  void paint(uint32_t from, uint32_t size, uint32_t object);
  uint32_t object_at(uint32_t address) const;
  bool by_allocator(const sim::Event& e);
  bool in_allocator(uint32_t pc);
  void bug(What what, const sim::Event& e, uint32_t object, uint32_t size);

  std::string past_text(const char* verb, const Past& p) const;
  std::string where_text(const Object& o, uint32_t address) const;
  void describe_leaks(Finding& f);

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
  std::unordered_map<uint32_t, bool> in_allocator_;  // by pc; constant, so no state
};

}  // namespace check

// SPDX-License-Identifier: MIT
#include "sim/run/checkpoint.h"

#include <algorithm>
#include <cstring>

#include "cpu/step.h"
#include "sim/core/error.h"

namespace run {

namespace {

void* memory(uintptr_t address) { return reinterpret_cast<void*>(address); }

bool is_stack(uint32_t page) { return cpu::Window::address_of(page) >= HW_STACK_START; }

uintptr_t sp_of(const cpu::Engine& engine, uint32_t id) {
  if (engine.contexts[id].state == cpu::Context::kRunning) {
    for (unsigned i = 0; i < engine.cpu_count; ++i) {
      const cpu::Cpu& c = engine.cpus[i];
      if (c.online && c.context == id) return reinterpret_cast<uintptr_t>(c.sp);
    }
  }
  return reinterpret_cast<uintptr_t>(engine.contexts[id].sp);
}

const uint32_t* call_sites_of(const cpu::Engine& engine, uint32_t id) {
  for (unsigned i = 0; i < engine.cpu_count; ++i) {
    const cpu::Cpu& c = engine.cpus[i];
    if (c.online && c.context == id) return c.call_sites;
  }
  return engine.contexts[id].call_sites;
}

size_t page_bytes(size_t used, size_t page) {
  return std::min(used - page * sizeof(Page), sizeof(Page));
}

bool is_page(const sim::Arena& arena, size_t number, const Page& page) {
  return std::memcmp(arena.base() + number * sizeof(Page), page.data(),
                     page_bytes(arena.used(), number)) == 0;
}

// What is as in `before` is shared with it.
ArenaImage image_of(const sim::Arena& arena, const ArenaImage& before) {
  ArenaImage image{arena.used(), {}};
  const size_t pages = (arena.used() + sizeof(Page) - 1) / sizeof(Page);
  image.pages.reserve(pages);
  for (size_t n = 0; n < pages; ++n) {
    const bool whole = n < before.used / sizeof(Page) || arena.used() == before.used;
    if (whole && is_page(arena, n, *before.pages[n])) {
      image.pages.push_back(before.pages[n]);
      continue;
    }
    auto copy = std::make_shared<Page>();
    std::memcpy(copy->data(), arena.base() + n * sizeof(Page), page_bytes(arena.used(), n));
    image.pages.push_back(std::move(copy));
  }
  return image;
}

bool holds(const sim::Arena& arena, const ArenaImage& image) {
  if (arena.used() != image.used) return false;
  for (size_t n = 0; n < image.pages.size(); ++n)
    if (!is_page(arena, n, *image.pages[n])) return false;
  return true;
}

void put_back(sim::Arena& arena, const ArenaImage& image) {
  arena.set_used(image.used);
  for (size_t n = 0; n < image.pages.size(); ++n)
    std::memcpy(arena.base() + n * sizeof(Page), image.pages[n]->data(), page_bytes(image.used, n));
}

}  // namespace

Checkpoints::Checkpoints(Machine& machine)
    : machine_(machine),
      base_(std::make_shared<PageTable>()),
      base_pages_(cpu::Window::kPages, nullptr) {
  // What the loader and the platform wrote before the first step counts as
  // written: images' data and the boot page.
  cpu::Engine& engine = machine.engine();
  for (const cpu::Window::Range& range : machine.window().ranges()) {
    const bool boot_page = !range.image && range.size == 0x10000;
    if (!(range.image && range.writable) && !boot_page) continue;
    cpu::mark_dirty(engine, static_cast<uint32_t>(range.address),
                    static_cast<uint32_t>(range.size));
  }
  settle_base();
}

const Page* Checkpoints::find(const PageTable& table, uint32_t page) const {
  const auto it = std::lower_bound(table.begin(), table.end(), page,
                                   [](const auto& entry, uint32_t p) { return entry.first < p; });
  return it != table.end() && it->first == page ? it->second.get() : nullptr;
}

// The marks after a take or restore: the running tasks may write their own
// thread_info unseen, and running contexts their stacks.
void Checkpoints::settle_base() {
  cpu::Engine& engine = machine_.engine();
  for (unsigned i = 0; i < engine.cpu_count; ++i) {
    const cpu::Cpu& c = engine.cpus[i];
    if (!c.online) continue;
    const auto task = reinterpret_cast<uintptr_t>(c.current);
    if (cpu::Window::contains(task, 16)) {
      cpu::mark_dirty(engine, static_cast<uint32_t>(task), 16);
    }
    engine.contexts[c.context].ran = 1;
  }
}

std::shared_ptr<const PageTable> Checkpoints::take_pages() {
  cpu::Window& window = machine_.window();
  std::vector<uint32_t> dirty(window.dirty_list(), window.dirty_list() + window.dirty_count());
  dirty.erase(std::remove_if(dirty.begin(), dirty.end(), is_stack), dirty.end());
  std::sort(dirty.begin(), dirty.end());

  auto table = std::make_shared<PageTable>();
  auto old = base_->begin();
  for (const uint32_t page : dirty) {
    while (old != base_->end() && old->first < page) table->push_back(*old++);
    if (old != base_->end() && old->first == page) ++old;
    auto copy = std::make_shared<Page>();
    std::memcpy(copy->data(), memory(cpu::Window::address_of(page)), copy->size());
    base_pages_[page] = copy.get();
    table->emplace_back(page, std::move(copy));
  }
  table->insert(table->end(), old, base_->end());
  window.clear_dirty();
  base_ = table;
  return table;
}

void Checkpoints::restore_page(uint32_t page, const Page* from) {
  void* to = memory(cpu::Window::address_of(page));
  if (from) {
    std::memcpy(to, from->data(), from->size());
  } else {
    std::memset(to, 0, cpu::Window::kPageSize);
  }
}

void Checkpoints::restore_pages(const std::shared_ptr<const PageTable>& target) {
  cpu::Window& window = machine_.window();
  if (target != base_) {
    // Pages of the old base that the target has not, or has otherwise.
    for (const auto& [page, copy] : *base_) {
      const Page* wanted = find(*target, page);
      if (wanted == copy.get()) continue;
      base_pages_[page] = wanted;
      restore_page(page, wanted);
    }
    for (const auto& [page, copy] : *target) {
      if (base_pages_[page] == copy.get()) continue;
      base_pages_[page] = copy.get();
      restore_page(page, copy.get());
    }
    base_ = target;
  }
  for (uint32_t i = 0; i < window.dirty_count(); ++i) {
    const uint32_t page = window.dirty_list()[i];
    if (!is_stack(page)) restore_page(page, base_pages_[page]);
  }
  window.clear_dirty();
}

void Checkpoints::take_stacks(Checkpoint& c) const {
  const cpu::Engine& engine = machine_.engine();
  for (uint32_t id = 1; id <= engine.s.contexts; ++id) {
    if (engine.contexts[id].state == cpu::Context::kFree) continue;
    StackImage image;
    image.context = id;
    image.sp = sp_of(engine, id);
    const auto* from = static_cast<const std::byte*>(memory(image.sp));
    image.bytes.assign(from, static_cast<const std::byte*>(memory(cpu::slot_top(id))));
    const auto* sites = static_cast<const uint32_t*>(memory(cpu::slot_call_sites(id)));
    image.call_sites.assign(sites, call_sites_of(engine, id));
    c.bytes += image.bytes.size();
    c.stacks.push_back(std::move(image));
  }
}

void Checkpoints::restore_stacks(const Checkpoint& c, bool all) {
  cpu::Engine& engine = machine_.engine();
  for (const StackImage& image : c.stacks) {
    if (!all && !engine.contexts[image.context].ran) continue;
    std::memcpy(memory(image.sp), image.bytes.data(), image.bytes.size());
    std::copy(image.call_sites.begin(), image.call_sites.end(),
              static_cast<uint32_t*>(memory(cpu::slot_call_sites(image.context))));
  }
}

void Checkpoints::take_arenas(Checkpoint& c) {
  c.arena = image_of(machine_.arena(), newest_arena_);
  for (size_t n = 0; n < c.arena.pages.size(); ++n) {
    const bool shared =
        n < newest_arena_.pages.size() && newest_arena_.pages[n] == c.arena.pages[n];
    c.bytes += shared ? 0 : sizeof(Page);
  }
  newest_arena_ = c.arena;
  c.arbiter_arena = image_of(machine_.arbiter_arena(), {});
}

std::shared_ptr<const Checkpoint> Checkpoints::take() {
  auto c = std::make_shared<Checkpoint>();
  cpu::Engine& engine = machine_.engine();
  for (uint32_t id = 1; id <= engine.s.contexts; ++id) engine.contexts[id].ran = 0;
  c->step = engine.s.step;
  c->choice = engine.choice_number();
  c->state = engine.s;
  c->cpus.assign(engine.cpus, engine.cpus + engine.cpu_count);
  c->spins.assign(engine.spins, engine.spins + engine.cpu_count);
  c->contexts.assign(&engine.contexts[0], &engine.contexts[engine.s.contexts + 1]);
  take_stacks(*c);
  c->bytes += machine_.window().dirty_count() * sizeof(Page);
  c->pages = take_pages();
  take_arenas(*c);
  for (unsigned i = 0; i < engine.cpu_count; ++i) {
    c->lanes.push_back(machine_.trace().lane(i).size());
  }
  c->detail = engine.detail;
  c->reports = machine_.reports();
  const Record& record = machine_.record();
  c->task_entries = record.tasks;
  c->log = record.log.size();
  c->findings = record.findings.size();
  c->progress = record.progress;
  settle_base();
  return c;
}

bool Checkpoints::matches(const Checkpoint& c) const {
  const cpu::Engine& engine = machine_.engine();
  if (engine.s.step != c.step || engine.s.extra != c.state.extra) return false;
  if (engine.s.hash != c.state.hash || engine.s.prng != c.state.prng) return false;
  for (unsigned i = 0; i < engine.cpu_count; ++i) {
    if (engine.cpus[i].now != c.cpus[i].now || engine.cpus[i].sp != c.cpus[i].sp) return false;
  }
  if (!holds(machine_.arena(), c.arena)) return false;
  if (!holds(machine_.arbiter_arena(), c.arbiter_arena)) return false;
  for (const auto& [page, copy] : *c.pages) {
    const void* now = memory(cpu::Window::address_of(page));
    if (std::memcmp(now, copy->data(), copy->size()) != 0) return false;
  }
  return true;
}

void Checkpoints::restore(const std::shared_ptr<const Checkpoint>& target) {
  cpu::Engine& engine = machine_.engine();
  const Checkpoint& c = *target;
  restore_stacks(c, c.pages != base_);
  restore_pages(c.pages);
  engine.s = c.state;
  std::memcpy(engine.cpus, c.cpus.data(), c.cpus.size() * sizeof(cpu::Cpu));
  std::memcpy(engine.spins, c.spins.data(), c.spins.size() * sizeof(cpu::Spin));
  std::memcpy(&engine.contexts[0], c.contexts.data(), c.contexts.size() * sizeof(cpu::Context));
  put_back(machine_.arena(), c.arena);
  put_back(machine_.arbiter_arena(), c.arbiter_arena);
  for (unsigned i = 0; i < engine.cpu_count; ++i) {
    machine_.trace().lane(i).truncate(std::min(c.lanes[i], machine_.trace().lane(i).size()));
  }
  engine.detail = c.detail;
  machine_.trace().forget_detail(c.detail);
  machine_.set_reports(c.reports);
  Record& record = machine_.record();
  record.tasks = c.task_entries;
  record.log.resize(c.log);
  record.findings.resize(c.findings);
  record.progress = c.progress;
  settle_base();
}

}  // namespace run

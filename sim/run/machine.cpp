// SPDX-License-Identifier: MIT
// Building and booting a machine, and what it says about itself.
#include "sim/run/machine.h"

#include <cstring>

#include "cpu/threads/executor.h"
#include "irq/regs.h"
#include "sim/check/report_words.h"
#include "sim/check/suite.h"
#include "sim/core/arbiters.h"
#include "sim/core/error.h"
#include "sim/run/boot_parameters.h"
#include "sim/run/quantity.h"

namespace run {

namespace {

// The platform's page: boot information for the guest, below the per-CPU areas.
constexpr uintptr_t kBootPage = HW_PERCPU_BASE - 0x10000;
constexpr size_t kBootSize = 0x10000;
constexpr size_t kArenaSize = size_t{1} << 32;

}  // namespace

Machine::Machine(const Program& program, const Config& config)
    : program_(program), trace_(config.cpus), arena_(kArenaSize), arbiter_arena_(size_t{1} << 24) {
  engine_ = std::make_unique<cpu::Engine>(config.cpus, config.seed, trace_, window_);
  executor_ = engine_.get();
  if (config.executor == "threads") {
    threads_ = std::make_unique<cpu::threads::Executor>(*engine_, config.seed);
    executor_ = threads_.get();
  }
  interrupts_ = std::make_unique<irq::Controller>(arena_, *executor_, config.cpus, config.seed);
  engine_->attach(*interrupts_);
  engine_->attach(static_cast<cpu::Observer&>(*this));
  add_checkers(config);
  load(program);
  for (const Source& source : config.sources) {
    interrupts_->add(source.name, source.rate_hz, source.pattern, source.once_step);
  }
  boot(config);
  arbiter_ = sim::make_arbiter(config.arbiter, arbiter_arena_, config.seed);
  engine_->set_arbiter(arbiter_.get());
}

Machine::~Machine() = default;

namespace {

check::Limits limits_of(const Config& config) {
  check::Limits limits;
  for (const auto& [name, value] : config.boot) {
    const auto apply = boot_parameter(name).apply;
    if (apply) apply(limits, parse_number(name, value));
  }
  return limits;
}

}  // namespace

void Machine::add_checkers(const Config& config) {
  auto deadlock = std::make_unique<check::Deadlock>(arena_, *this);
  deadlock_.reset(deadlock.release());
  const auto subscribe = [&](check::Checker& checker) {
    for (unsigned kind = 0; kind < 256; ++kind) {
      if (!checker.wants(kind)) continue;
      const bool access = kind >= EV_READ && kind <= EV_RMW_FAIL;
      const bool heap = access && checker.heap_only();
      (heap ? wanted_on_heap_ : wanted_)[kind].push_back(&checker);
      engine_->add_interest(kind, heap ? cpu::Interest::kHeap : cpu::Interest::kAll);
    }
  };
  subscribe(*deadlock_);
  checkers_ = check::make_checkers(config.checks, limits_of(config), arena_, *this);
  for (auto& checker : checkers_) subscribe(*checker);
  for (unsigned kind : {EV_TASK_NEW, EV_TASK_COMM, EV_TASK_EXIT, EV_TASK_BLOCK, EV_TASK_WAKE,
                        EV_TASK_MIGRATE, EV_INIT_DONE, EV_EXIT_DONE}) {
    noted_[kind] = true;
    engine_->add_interest(kind, cpu::Interest::kAll);
  }
}

void Machine::load(const Program& program) {
  const auto tls = [](std::string_view name) -> std::optional<intptr_t> {
    const intptr_t offset = cpu::abi_tls_offset(std::string(name).c_str());
    return offset ? std::optional<intptr_t>(offset) : std::nullopt;
  };
  const auto hardware = [&](std::string_view name) {
    return reinterpret_cast<uintptr_t>(executor_->abi_symbol(std::string(name).c_str()));
  };
  kernel_ = std::make_unique<Image>(
      Image::load(program.kernel_image, {hardware, tls}, Window::kReserved));
  const auto kernel_or_hardware = [&](std::string_view name) {
    const uintptr_t address = kernel_->symbol(name);
    return address ? address : hardware(name);
  };
  module_ = std::make_unique<Image>(
      Image::load(program.module_image, {kernel_or_hardware, tls}, Window::kReserved));
  for (const Image* image : {kernel_.get(), module_.get()}) {
    for (const Image::Segment& segment : image->segments()) {
      window_.add_image(segment.address, segment.size, segment.writable);
    }
  }
  window_.map(HW_PERCPU_BASE, HW_RAM_START - HW_PERCPU_BASE);
  window_.map(HW_RAM_START, HW_RAM_END - HW_RAM_START);
  window_.map(kBootPage, kBootSize);
}

void Machine::boot(const Config& config) {
  std::string cmdline = "preempt=" + config.preempt + " spinlock=" + config.spinlock;
  for (const auto& [name, value] : config.boot)
    if (boot_parameter(name).guest) cmdline += " " + name + "=" + value;
  for (const auto& [name, value] : config.params) cmdline += " mod." + name + "=" + value;
  if (cmdline.size() >= kBootSize / 2) throw sim::UserError("the parameters are too long");

  auto* info = reinterpret_cast<hw_boot_info*>(kBootPage);
  info->cpus = config.cpus;
  info->images = 2;
  info->image[0] = reinterpret_cast<const hw_image_info*>(kernel_->symbol("image_info"));
  info->image[1] = reinterpret_cast<const hw_image_info*>(module_->symbol("image_info"));
  auto* text = reinterpret_cast<char*>(kBootPage + sizeof(hw_boot_info));
  std::memcpy(text, cmdline.c_str(), cmdline.size() + 1);
  info->cmdline = text;

  const uintptr_t entry = kernel_->symbol("start_kernel");
  const uintptr_t init_task = kernel_->symbol("init_task");
  if (!entry || !init_task || !info->image[0] || !info->image[1]) {
    throw sim::UserError("the kernel image " + program_.kernel_image.string() +
                         " has no start_kernel or init_task");
  }
  engine_->cpus[0].current = reinterpret_cast<task_struct*>(init_task);
  executor_->boot(reinterpret_cast<void (*)(void*)>(entry), info);
}

const Symbols& Machine::symbols() const {
  if (!symbols_) symbols_ = std::make_unique<Symbols>(program_);
  return *symbols_;
}

void Machine::ask_for_shutdown() {
  record_.progress.shutdown_asked = true;
  interrupts_->lapic_write(0, LAPIC_ICR,
                           LAPIC_ICR_FIXED | LAPIC_ICR_SELF | LAPIC_ICR_ASSERT | VECTOR_REBOOT);
  engine_->refresh_events();
}

bool Machine::hears_power_button() const {
  for (const TaskEntry& entry : record_.tasks)
    if (entry.task.pid == 1) return entry.ready || entry.blocked_state != 0;
  return false;
}

// Bench. -------------------------------------------------------------------------

check::Actor Machine::actor(unsigned cpu) const {
  const cpu::Cpu& c = engine_->cpus[cpu];
  check::Actor actor;
  actor.task = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(c.current));
  actor.level = static_cast<sim::Level>(c.level);
  actor.cpu = static_cast<uint8_t>(cpu);
  actor.irqs_on = c.irqs_on != 0;
  if (c.current) read(actor.task + HW_THREAD_PREEMPT_COUNT, &actor.preempt_count, 4);
  actor.preempt_count &= 0x7fffffffu;
  return actor;
}

bool Machine::read(uint32_t address, void* to, size_t n) const {
  return window_.read(address, to, n);
}

unsigned Machine::backtrace(unsigned cpu, uint32_t* pcs, unsigned max) const {
  return engine_->backtrace(cpu, pcs, max);
}

std::string Machine::read_string(uint32_t address, size_t max) const {
  return check::guest_string(*this, address, max);
}

std::string Machine::lock_name(uint32_t map) const {
  const auto offset = symbols().member_offset("lockdep_map", "name");
  uint64_t name = 0;
  if (offset && read(map + *offset, &name, 8) && name) {
    const std::string text = read_string(static_cast<uint32_t>(name));
    if (!text.empty()) return text[0] == '&' ? text : "&" + text;
  }
  return symbols().variable(map).value_or("a lock");
}

std::string Machine::task_name(uint32_t task) const {
  const TaskEntry* entry = record_.task_at(task);
  // Nobody announces the one that the machine starts in.
  if (!entry && (task == 0 || task == symbols().address_of("init_task"))) return "swapper/0/0";
  if (!entry) return object_name(task);
  return entry->task.comm + "/" + std::to_string(entry->task.pid);
}

std::string Machine::function_offset(uint32_t pc) const { return symbols().function_offset(pc); }

std::string Machine::line(uint32_t pc) const {
  const Location& where = symbols().at(pc);
  return where.line ? where.file + ":" + std::to_string(where.line) : function_offset(pc);
}

std::string Machine::held_locks(uint32_t task) const {
  for (const auto& checker : checkers_) {
    std::string text = checker->held_locks(task);
    if (!text.empty()) return text;
  }
  return {};
}

std::string Machine::checkers_view(std::string_view name) const {
  for (const auto& checker : checkers_) {
    std::string text = checker->view(name);
    if (!text.empty()) return text;
  }
  return {};
}

std::string Machine::object_name(uint32_t address) const {
  if (auto name = symbols().variable(address)) {
    // A lock speaks under the name that it was given, not of its insides.
    const std::string suffix = "dep_map";
    const bool lock = name->size() > suffix.size() && name->ends_with(suffix);
    return lock ? lock_name(address) : *name;
  }
  if (const TaskEntry* entry = record_.task_at(address)) {
    return "task " + entry->task.comm + "/" + std::to_string(entry->task.pid);
  }
  char hex[16];
  std::snprintf(hex, sizeof hex, "0x%08x", address);
  return hex;
}

}  // namespace run

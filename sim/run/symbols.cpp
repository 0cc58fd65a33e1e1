// SPDX-License-Identifier: MIT
#include "sim/run/symbols.h"

#include <cxxabi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "cpu/window.h"
#include "sim/run/dwarf_image.h"
#include "sim/run/dwarf_types.h"

namespace run {
namespace {

// Inlined from here, a place says less than the one of the call.
bool is_kernel_header(const std::string& file) {
  return file.find("include/linux/") != file.npos || file.find("include/asm/") != file.npos ||
         file.find("include/asm-generic/") != file.npos;
}

// A function of the guest's C++ under its name alone: "__schedule".
std::string plain_name(const std::string& symbol) {
  if (!symbol.starts_with("_Z")) return symbol;
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0) return symbol;
  constexpr std::string_view kAnonymous = "(anonymous namespace)::";
  std::string name = text.get();
  for (size_t at; (at = name.find(kAnonymous)) != name.npos;) name.erase(at, kAnonymous.size());
  return name.substr(0, name.find('('));
}

// A variable of an image, where it lies.
struct GlobalVariable {
  std::string name;
  uint32_t address = 0, size = 0;
  Dwarf_Die type{};
  std::string file;  // that declares it
};

std::optional<uint32_t> address_of_variable(Dwarf_Die& die) {
  Dwarf_Attribute attribute;
  Dwarf_Op* operation;
  size_t count;
  if (dwarf_getlocation(dwarf_attr(&die, DW_AT_location, &attribute), &operation, &count) != 0 ||
      count != 1 || operation->atom != DW_OP_addr || operation->number == 0)
    return {};
  return static_cast<uint32_t>(operation->number);
}

// One image's globals and record types, read when first asked for.
class DebugNames {
 public:
  explicit DebugNames(const std::filesystem::path& image) : dwarf(image) {}

  const std::vector<GlobalVariable>& globals() {
    read();
    return globals_;  // sorted by address
  }
  const Dwarf_Die* record(const std::string& name) {
    read();
    const auto found = records_.find(name);
    return found == records_.end() ? nullptr : &found->second;
  }

  DwarfImage dwarf;

 private:
  void read();
  void read_variable(Dwarf_Die& die);

  bool read_ = false;
  std::vector<GlobalVariable> globals_;
  std::unordered_map<std::string, Dwarf_Die> records_;
};

void DebugNames::read() {
  if (read_) return;
  read_ = true;
  dwarf.for_each_die([&](Dwarf_Die& die) {
    if (dwarf_tag(&die) == DW_TAG_variable) return read_variable(die);
    const char* const name = dwarf_diename(&die);
    if (name != nullptr && !dwarf_hasattr(&die, DW_AT_declaration)) records_.emplace(name, die);
  });
  std::sort(globals_.begin(), globals_.end(),
            [](const GlobalVariable& a, const GlobalVariable& b) { return a.address < b.address; });
}

void DebugNames::read_variable(Dwarf_Die& die) {
  const auto address = address_of_variable(die);
  const auto type = type_of(die);
  Dwarf_Attribute attribute;
  const char* const name = dwarf_formstring(dwarf_attr_integrate(&die, DW_AT_name, &attribute));
  if (!address || !type || name == nullptr) return;
  globals_.push_back({name, *address, static_cast<uint32_t>(size_of(*type)), *type,
                      dwarf.file_of_declaration(die)});
}

}  // namespace

struct Symbols::Impl {
  explicit Impl(const Program& program)
      : kernel(program.kernel_image), module(program.module_image), sources(program.sources) {}

  DebugNames& names_at(uint32_t address) { return cpu::in_module(address) ? module : kernel; }
  Location locate(uint32_t pc);
  std::string as_given(const std::string& file) const;
  const GlobalVariable* global_at(uint32_t address);
  std::optional<std::string> percpu_variable(uint32_t address, unsigned size);
  const GlobalVariable* global_named(const std::string& name);

  DebugNames kernel, module;
  std::vector<std::filesystem::path> sources;
  std::unordered_map<uint32_t, Location> locations;
};

// The user's own files are shown as they were named on the command line.
std::string Symbols::Impl::as_given(const std::string& file) const {
  const std::string plain = std::filesystem::path(file).lexically_normal().string();
  for (const std::filesystem::path& source : sources) {
    const std::string given = source.lexically_normal().string();
    if (given == plain || given.ends_with("/" + plain)) return source.string();
  }
  return file;
}

Location Symbols::Impl::locate(uint32_t pc) {
  Location location;
  DwarfImage& dwarf = names_at(pc).dwarf;
  location.user = cpu::in_module(pc);
  if (const DwarfImage::Symbol* const symbol = dwarf.function_at(pc)) {
    location.function = plain_name(symbol->name);
    location.function_start = symbol->address;
    location.function_size = symbol->size;
  }
  const std::vector<DwarfImage::Place> places = dwarf.places(pc);
  if (places.empty()) return location;
  auto place = std::find_if(places.begin(), places.end(),
                            [](const DwarfImage::Place& p) { return !is_kernel_header(p.file); });
  if (place == places.end()) place = std::prev(places.end());
  location.file = location.user ? as_given(place->file) : place->file;
  location.line = place->line;
  if (!place->function.empty()) location.function = place->function;
  return location;
}

const GlobalVariable* Symbols::Impl::global_at(uint32_t address) {
  const std::vector<GlobalVariable>& all = names_at(address).globals();
  const auto above =
      std::upper_bound(all.begin(), all.end(), address,
                       [](uint32_t a, const GlobalVariable& g) { return a < g.address; });
  if (above == all.begin()) return nullptr;
  const GlobalVariable& global = *std::prev(above);
  return address - global.address < std::max(global.size, 1u) ? &global : nullptr;
}

// A CPU's copy of a per-CPU variable: "runqueues[1].lock". Where copies lie is
// told in kernel/core/percpu.cpp: area(c) + (section - K), K the kernel's section.
std::optional<std::string> Symbols::Impl::percpu_variable(uint32_t address, unsigned size) {
  const DwarfImage::Symbol* const first = kernel.dwarf.symbol("__start_lockstep_percpu");
  if (first == nullptr) return {};
  for (DebugNames* const names : {&kernel, &module}) {
    const DwarfImage::Symbol* const begin = names->dwarf.symbol("__start_lockstep_percpu");
    if (begin == nullptr) continue;
    const uint64_t areas = HW_PERCPU_BASE + (begin->address - first->address);
    if (address < areas || address - areas >= HW_CPUS_MAX * HW_PERCPU_AREA) continue;
    const auto offset = static_cast<uint32_t>(address - areas);
    const uint32_t canonical = begin->address + static_cast<uint32_t>(offset % HW_PERCPU_AREA);
    const GlobalVariable* const global = global_at(canonical);
    if (global == nullptr) return {};
    return fmt::format("{}[{}]{}", global->name, offset / HW_PERCPU_AREA,
                       path_at(global->type, canonical - global->address, size));
  }
  return {};
}

const GlobalVariable* Symbols::Impl::global_named(const std::string& name) {
  for (DebugNames* const names : {&module, &kernel})
    for (const GlobalVariable& global : names->globals())
      if (global.name == name) return &global;
  return nullptr;
}

Symbols::Symbols(const Program& program) : impl_(std::make_unique<Impl>(program)) {}
Symbols::~Symbols() = default;
Symbols::Symbols(Symbols&&) noexcept = default;

const Location& Symbols::at(uint32_t pc) const {
  const auto [entry, fresh] = impl_->locations.try_emplace(pc);
  if (fresh) entry->second = impl_->locate(pc - 1);
  return entry->second;
}

std::string Symbols::function_offset(uint32_t pc) const {
  DwarfImage& names = impl_->names_at(pc).dwarf;
  // A return address, which may lie behind its function; or a function's first.
  const DwarfImage::Symbol* symbol = names.function_at(pc - 1);
  if (symbol == nullptr) symbol = names.function_at(pc);
  if (symbol == nullptr) return fmt::format("{:#x}", pc);
  return fmt::format("{}+{:#x}/{:#x}", plain_name(symbol->name), pc - symbol->address,
                     symbol->size);
}

std::optional<std::string> Symbols::variable(uint32_t address, unsigned size) const {
  if (address >= HW_PERCPU_BASE && address < HW_RAM_START)
    return impl_->percpu_variable(address, size);
  const GlobalVariable* const global = impl_->global_at(address);
  if (global == nullptr) return {};
  return global->name + path_at(global->type, address - global->address, size);
}

std::optional<Symbols::Variable> Symbols::find_variable(const std::string& expression) const {
  const size_t end = std::min(expression.find_first_of(".["), expression.size());
  const GlobalVariable* const global = impl_->global_named(expression.substr(0, end));
  if (global == nullptr) return {};
  const auto part = part_of(global->type, std::string_view(expression).substr(end));
  if (!part) return {};
  return Variable{static_cast<uint32_t>(global->address + part->offset),
                  static_cast<uint32_t>(size_of(part->type)), is_signed(part->type),
                  is_pointer(part->type)};
}

std::optional<uint32_t> Symbols::percpu_address(const std::string& name, unsigned cpu) const {
  const DwarfImage::Symbol* const first = impl_->kernel.dwarf.symbol("__start_lockstep_percpu");
  const GlobalVariable* const global = impl_->global_named(name);
  if (first == nullptr || global == nullptr || global->address < first->address) return {};
  return static_cast<uint32_t>(HW_PERCPU_BASE + cpu * HW_PERCPU_AREA +
                               (global->address - first->address));
}

std::optional<uint32_t> Symbols::address_of(const std::string& symbol) const {
  for (DebugNames* const names : {&impl_->module, &impl_->kernel})
    if (const DwarfImage::Symbol* const found = names->dwarf.symbol(symbol)) return found->address;
  return {};
}

std::vector<std::string> Symbols::user_variables() const {
  std::vector<std::string> names;
  for (const GlobalVariable& global : impl_->module.globals())
    if (!global.name.starts_with("__") && !is_kernel_header(global.file))
      names.push_back(global.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<uint32_t> Symbols::pcs_of_line(const std::string& file, unsigned line) const {
  std::vector<uint32_t> pcs;
  for (DebugNames* const names : {&impl_->module, &impl_->kernel}) {
    const bool user = names == &impl_->module;
    pcs = names->dwarf.statements(line, [&](const std::string& name) {
      const std::string shown = user ? impl_->as_given(name) : name;
      return shown == file || shown.ends_with("/" + file);
    });
    if (!pcs.empty()) break;
  }
  std::sort(pcs.begin(), pcs.end());
  pcs.erase(std::unique(pcs.begin(), pcs.end()), pcs.end());
  return pcs;
}

std::optional<uint32_t> Symbols::member_offset(const std::string& type,
                                               const std::string& member) const {
  for (DebugNames* const names : {&impl_->kernel, &impl_->module}) {
    const Dwarf_Die* const record = names->record(type);
    if (record == nullptr) continue;
    if (const auto part = part_of(*record, "." + member))
      return static_cast<uint32_t>(part->offset);
  }
  return {};
}

}  // namespace run

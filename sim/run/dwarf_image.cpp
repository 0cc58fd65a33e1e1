// SPDX-License-Identifier: MIT
#include "sim/run/dwarf_image.h"

#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace run {
namespace {

std::string name_of(Dwarf_Die& die) {
  Dwarf_Attribute attribute;
  const char* const name = dwarf_formstring(dwarf_attr_integrate(&die, DW_AT_name, &attribute));
  return name != nullptr ? name : "";
}

unsigned number_of(Dwarf_Die& die, unsigned attribute_name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  dwarf_formudata(dwarf_attr(&die, attribute_name, &attribute), &value);
  return static_cast<unsigned>(value);
}

// The inlined functions and blocks that contain pc, outermost first.
void find_inlined(Dwarf_Die& parent, uint64_t pc, std::vector<Dwarf_Die>& found) {
  Dwarf_Die die;
  if (dwarf_child(&parent, &die) != 0) return;
  do {
    const int tag = dwarf_tag(&die);
    if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_lexical_block) continue;
    if (dwarf_haspc(&die, pc) <= 0) continue;
    if (tag == DW_TAG_inlined_subroutine) found.push_back(die);
    find_inlined(die, pc, found);
    return;
  } while (dwarf_siblingof(&die, &die) == 0);
}

}  // namespace

DwarfImage::DwarfImage(const std::filesystem::path& image)
    : file_(open(image.c_str(), O_RDONLY | O_CLOEXEC)) {
  elf_version(EV_CURRENT);
  if (file_ >= 0) dwarf_ = dwarf_begin(file_, DWARF_C_READ);
}

DwarfImage::~DwarfImage() {
  dwarf_end(dwarf_);
  if (file_ >= 0) close(file_);
}

void DwarfImage::read_symbols() {
  if (symbols_read_ || dwarf_ == nullptr) return;
  symbols_read_ = true;
  Elf* const elf = dwarf_getelf(dwarf_);
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr || header.sh_type != SHT_SYMTAB) continue;
    Elf_Data* const data = elf_getdata(section, nullptr);
    const int count = static_cast<int>(header.sh_size / header.sh_entsize);
    for (int i = 0; i < count; ++i) {
      GElf_Sym s;
      if (gelf_getsym(data, i, &s) == nullptr || s.st_shndx == SHN_UNDEF) continue;
      const int type = GELF_ST_TYPE(s.st_info);
      if (type != STT_FUNC && type != STT_OBJECT && type != STT_NOTYPE) continue;
      const char* const name = elf_strptr(elf, header.sh_link, s.st_name);
      if (name == nullptr || *name == '\0') continue;
      const Symbol symbol{static_cast<uint32_t>(s.st_value), static_cast<uint32_t>(s.st_size),
                          name};
      if (type == STT_FUNC) functions_.push_back(symbol);
      symbols_.emplace(name, symbol);
    }
  }
  const auto by_address = [](const Symbol& a, const Symbol& b) { return a.address < b.address; };
  std::stable_sort(functions_.begin(), functions_.end(), by_address);
}

const DwarfImage::Symbol* DwarfImage::function_at(uint32_t pc) {
  read_symbols();
  const auto above = std::upper_bound(functions_.begin(), functions_.end(), pc,
                                      [](uint32_t a, const Symbol& s) { return a < s.address; });
  if (above == functions_.begin()) return nullptr;
  const Symbol& symbol = *std::prev(above);
  return pc - symbol.address < symbol.size ? &symbol : nullptr;
}

const DwarfImage::Symbol* DwarfImage::symbol(const std::string& name) {
  read_symbols();
  const auto found = symbols_.find(name);
  return found == symbols_.end() ? nullptr : &found->second;
}

std::vector<DwarfImage::Unit>& DwarfImage::units() {
  if (units_read_ || dwarf_ == nullptr) return units_;
  units_read_ = true;
  Dwarf_CU* cu = nullptr;
  Dwarf_Die die;
  while (dwarf_get_units(dwarf_, cu, &cu, nullptr, nullptr, &die, nullptr) == 0) {
    Unit unit;
    unit.die = die;
    Dwarf_Attribute attribute;
    const char* const folder = dwarf_formstring(dwarf_attr(&die, DW_AT_comp_dir, &attribute));
    if (folder != nullptr) unit.folder = std::string(folder) + "/";
    Dwarf_Addr base, low, high;
    for (ptrdiff_t at = 0; (at = dwarf_ranges(&die, at, &base, &low, &high)) > 0;)
      spans_.push_back({low, high, units_.size()});
    units_.push_back(unit);
  }
  std::sort(spans_.begin(), spans_.end(),
            [](const Span& a, const Span& b) { return a.low < b.low; });
  return units_;
}

DwarfImage::Unit* DwarfImage::unit_at(uint64_t pc) {
  units();
  const auto above = std::upper_bound(spans_.begin(), spans_.end(), pc,
                                      [](uint64_t a, const Span& s) { return a < s.low; });
  if (above == spans_.begin() || pc >= std::prev(above)->high) return nullptr;
  return &units_[std::prev(above)->unit];
}

void DwarfImage::read_functions(Unit& unit, Dwarf_Die& parent) {
  Dwarf_Die die;
  if (dwarf_child(&parent, &die) != 0) return;
  do {
    if (dwarf_tag(&die) == DW_TAG_namespace) read_functions(unit, die);
    if (dwarf_tag(&die) != DW_TAG_subprogram) continue;
    Dwarf_Addr base, low, high;
    for (ptrdiff_t at = 0; (at = dwarf_ranges(&die, at, &base, &low, &high)) > 0;)
      unit.functions.emplace(low, std::pair(high, die));
  } while (dwarf_siblingof(&die, &die) == 0);
}

std::vector<DwarfImage::Place> DwarfImage::places(uint32_t pc) {
  std::vector<Place> result;
  Unit* const unit = unit_at(pc);
  if (unit == nullptr) return result;
  Place place;
  if (Dwarf_Line* const line = dwarf_getsrc_die(&unit->die, pc)) {
    int number = 0;
    dwarf_lineno(line, &number);
    place.line = static_cast<unsigned>(number);
    place.file = shorten(*unit, dwarf_linesrc(line, nullptr, nullptr));
  }
  if (!unit->functions_read) read_functions(*unit, unit->die);
  unit->functions_read = true;
  const auto above = unit->functions.upper_bound(pc);
  if (above != unit->functions.begin() && pc < std::prev(above)->second.first) {
    Dwarf_Die function = std::prev(above)->second.second;
    std::vector<Dwarf_Die> inlined;
    find_inlined(function, pc, inlined);
    Dwarf_Files* files = nullptr;
    dwarf_getsrcfiles(&unit->die, &files, nullptr);
    for (; !inlined.empty(); inlined.pop_back()) {
      place.function = name_of(inlined.back());
      result.push_back(place);
      const unsigned file = number_of(inlined.back(), DW_AT_call_file);
      place.file = shorten(*unit, files ? dwarf_filesrc(files, file, nullptr, nullptr) : nullptr);
      place.line = number_of(inlined.back(), DW_AT_call_line);
    }
    place.function = name_of(function);
  }
  result.push_back(place);
  return result;
}

// libdw puts the folder of compilation before every relative name.
std::string DwarfImage::shorten(const Unit& unit, const char* path) const {
  if (path == nullptr) return {};
  const bool below =
      !unit.folder.empty() && std::strncmp(path, unit.folder.c_str(), unit.folder.size()) == 0;
  return below ? path + unit.folder.size() : path;
}

const DwarfImage::Unit* DwarfImage::unit_of(Dwarf_Die& die) {
  Dwarf_Die cu;
  if (dwarf_diecu(&die, &cu, nullptr, nullptr) == nullptr) return nullptr;
  for (const Unit& unit : units())
    if (unit.die.addr == cu.addr) return &unit;
  return nullptr;
}

std::string DwarfImage::file_of_declaration(Dwarf_Die& die) {
  const Unit* const unit = unit_of(die);
  return unit != nullptr ? shorten(*unit, dwarf_decl_file(&die)) : std::string();
}

}  // namespace run

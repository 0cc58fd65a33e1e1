// SPDX-License-Identifier: MIT
// One image's debug information, opened: symbols, lines, and the scopes of a
// program counter. Everything is read on first use; opening costs a mapping.
//
// Addresses are those of the file, which are those of the guest.
#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace run {

class DwarfImage {
 public:
  explicit DwarfImage(const std::filesystem::path& image);
  ~DwarfImage();
  DwarfImage(const DwarfImage&) = delete;
  DwarfImage& operator=(const DwarfImage&) = delete;

  struct Symbol {
    uint32_t address = 0, size = 0;
    std::string name;
  };
  const Symbol* function_at(uint32_t pc);         // nullptr: none
  const Symbol* symbol(const std::string& name);  // static ones too

  struct Place {
    std::string file;  // relative to where it was compiled, if it lies below
    unsigned line = 0;
    std::string function;
  };
  // Where the instruction at pc comes from, outermost place last: an inlined
  // function's place is followed by the one of its call.
  std::vector<Place> places(uint32_t pc);

  // Statements' first addresses, for every file that `wanted` accepts.
  template <typename F>
  std::vector<uint32_t> statements(unsigned line, F&& wanted) {
    std::vector<uint32_t> pcs;
    for (Unit& unit : units()) statements_of(unit, line, wanted, pcs);
    return pcs;
  }

  // Calls each(die) for every type and variable outside of types, those in
  // namespaces and functions included.
  template <typename F>
  void for_each_die(F&& each) {
    for (Unit& unit : units()) walk(unit.die, each);
  }
  std::string file_of_declaration(Dwarf_Die& die);

 private:
  struct Unit {
    Dwarf_Die die;
    std::string folder;  // it was compiled in, with a slash behind
    bool functions_read = false;
    std::map<uint64_t, std::pair<uint64_t, Dwarf_Die>> functions;  // low: high, die
  };
  struct Span {
    uint64_t low, high;
    size_t unit;
  };

  std::vector<Unit>& units();
  Unit* unit_at(uint64_t pc);
  void read_symbols();
  void read_functions(Unit& unit, Dwarf_Die& parent);
  std::string shorten(const Unit& unit, const char* path) const;
  const Unit* unit_of(Dwarf_Die& die);

  template <typename F>
  static void walk(Dwarf_Die& parent, F& each) {
    Dwarf_Die die;
    if (dwarf_child(&parent, &die) != 0) return;
    do {
      switch (dwarf_tag(&die)) {
        case DW_TAG_namespace:
        case DW_TAG_subprogram:
        case DW_TAG_lexical_block:
          walk(die, each);
          break;
        case DW_TAG_variable:
        case DW_TAG_structure_type:
        case DW_TAG_class_type:
        case DW_TAG_union_type:
          each(die);
          break;
        default:
          break;
      }
    } while (dwarf_siblingof(&die, &die) == 0);
  }

  template <typename F>
  void statements_of(Unit& unit, unsigned wanted_line, F& wanted, std::vector<uint32_t>& pcs) {
    Dwarf_Lines* lines;
    size_t count;
    if (dwarf_getsrclines(&unit.die, &lines, &count) != 0) return;
    bool inside = false;
    for (size_t i = 0; i < count; ++i) {
      Dwarf_Line* const line = dwarf_onesrcline(lines, i);
      int number = 0;
      bool statement = false;
      Dwarf_Addr address = 0;
      dwarf_lineno(line, &number);
      dwarf_linebeginstatement(line, &statement);
      dwarf_lineaddr(line, &address);
      const bool here = number == static_cast<int>(wanted_line) &&
                        wanted(shorten(unit, dwarf_linesrc(line, nullptr, nullptr)));
      if (here && !inside && statement) pcs.push_back(static_cast<uint32_t>(address));
      inside = here;
    }
  }

  int file_ = -1;
  Dwarf* dwarf_ = nullptr;
  bool units_read_ = false, symbols_read_ = false;
  std::vector<Unit> units_;
  std::vector<Span> spans_;        // sorted by low
  std::vector<Symbol> functions_;  // sorted by address
  std::map<std::string, Symbol> symbols_;
};

}  // namespace run

// SPDX-License-Identifier: MIT
// From guest addresses to the words a user wrote: DWARF of the two images.
//
// Everything here is inspection: it reads image files, never the machine, and
// may be slow; answers are cached. Lock and task names come from guest memory
// and are found elsewhere (Session::object_name).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/run/program.h"

namespace run {

struct Location {
  std::string file;      // as the user named it; kernel files relative to the source root
  unsigned line = 0;     // 0: unknown
  std::string function;  // without offset
  uint32_t function_start = 0, function_size = 0;
  bool user = false;  // in the module's image
};

class Symbols {
 public:
  explicit Symbols(const Program& program);
  ~Symbols();
  Symbols(Symbols&&) noexcept;

  // The location of the instruction that contains or ends at pc: hooks hand
  // out return addresses, so the look-up is made for pc - 1.
  const Location& at(uint32_t pc) const;
  // "worker+0x24/0x80", Linux's %pS for a pc; the address in hex if unknown.
  std::string function_offset(uint32_t pc) const;

  // "s.a.counter", "table[3].next" for an address inside a global variable;
  // the type walked down to a scalar of about `size` bytes (0: outermost).
  // A CPU's copy of a per-CPU variable bears its number: "runqueues[1].lock".
  std::optional<std::string> variable(uint32_t address, unsigned size = 0) const;
  struct Variable {
    uint32_t address = 0, size = 0;
    bool is_signed = false, is_pointer = false;
  };
  // By expression: "counter", "s.a", "table[3].next". Globals only.
  std::optional<Variable> find_variable(const std::string& expression) const;
  // A CPU's copy of a per-CPU variable of the kernel.
  std::optional<uint32_t> percpu_address(const std::string& name, unsigned cpu) const;
  // Address of an exported or static symbol, if it exists.
  std::optional<uint32_t> address_of(const std::string& symbol) const;
  // Names of the module's global variables, sorted; for completion.
  std::vector<std::string> user_variables() const;
  // pcs at which statements of file:line begin, for breakpoints.
  std::vector<uint32_t> pcs_of_line(const std::string& file, unsigned line) const;
  // Offset of a member in a struct, by names; for readers of guest structures.
  std::optional<uint32_t> member_offset(const std::string& type, const std::string& member) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace run

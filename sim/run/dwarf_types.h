// SPDX-License-Identifier: MIT
// The shapes of C objects, from DWARF: which member lies at an offset, and at
// which offset a member lies. Pointers end a path: what they point to is
// another object.
#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace run {

// The type of a variable, member or array, typedefs and qualifiers taken off.
std::optional<Dwarf_Die> type_of(Dwarf_Die die);

uint64_t size_of(Dwarf_Die type);  // 0: unknown

// ".a.count", "[3].next", "": what lies at `offset` in an object of `type`.
// Goes in to a scalar, or to a type of the kernel's headers that is not larger
// than `size` bytes (an atomic_t); size 0: until an object begins at the
// offset. In the middle of a scalar: "+2" at the end.
std::string path_at(Dwarf_Die type, uint64_t offset, uint64_t size);

struct Part {
  uint64_t offset = 0;
  Dwarf_Die type{};
};
// The reverse: ".a.count" or "[3].next" -> where and what it is.
std::optional<Part> part_of(Dwarf_Die type, std::string_view path);

bool is_signed(Dwarf_Die type);
bool is_pointer(Dwarf_Die type);

}  // namespace run

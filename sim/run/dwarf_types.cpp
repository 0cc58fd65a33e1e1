// SPDX-License-Identifier: MIT
#include "sim/run/dwarf_types.h"

#include <cctype>
#include <charconv>
#include <cstring>
#include <vector>

namespace run {
namespace {

std::optional<uint64_t> number(Dwarf_Die& die, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value;
  if (dwarf_formudata(dwarf_attr_integrate(&die, name, &attribute), &value) != 0) return {};
  return value;
}

bool is_record(Dwarf_Die& type) {
  const int tag = dwarf_tag(&type);
  return tag == DW_TAG_structure_type || tag == DW_TAG_union_type || tag == DW_TAG_class_type;
}

// An atomic_t is one thing to its user; a struct of the user's own has members.
bool is_the_kernels(Dwarf_Die& type) {
  const char* const file = dwarf_decl_file(&type);
  return is_record(type) && file != nullptr && std::strstr(file, "include/linux/") != nullptr;
}

bool is_array(Dwarf_Die& type) { return dwarf_tag(&type) == DW_TAG_array_type; }

// Elements of each dimension; 0 where it is open ("[]").
std::vector<uint64_t> dimensions(Dwarf_Die& array) {
  std::vector<uint64_t> result;
  Dwarf_Die die;
  if (dwarf_child(&array, &die) != 0) return result;
  do {
    if (dwarf_tag(&die) != DW_TAG_subrange_type) continue;
    if (const auto count = number(die, DW_AT_count))
      result.push_back(*count);
    else if (const auto last = number(die, DW_AT_upper_bound))
      result.push_back(*last + 1);
    else
      result.push_back(0);
  } while (dwarf_siblingof(&die, &die) == 0);
  return result;
}

// Bytes of one element when the first `depth` dimensions are indexed.
uint64_t stride(Dwarf_Die& array, const std::vector<uint64_t>& sizes, size_t depth) {
  const auto element = type_of(array);
  uint64_t bytes = element ? size_of(*element) : 0;
  for (size_t i = depth; i < sizes.size(); ++i) bytes *= sizes[i];
  return bytes;
}

struct Member {
  std::string name;  // "": anonymous
  uint64_t offset = 0;
  Dwarf_Die type{};
};

// Calls each(member) until it returns true.
template <typename F>
bool any_member(Dwarf_Die& record, F&& each) {
  Dwarf_Die die;
  if (dwarf_child(&record, &die) != 0) return false;
  do {
    const int tag = dwarf_tag(&die);
    if (tag != DW_TAG_member && tag != DW_TAG_inheritance) continue;
    const auto type = type_of(die);
    if (!type) continue;
    Member member;
    const char* const name = dwarf_diename(&die);
    if (name != nullptr) member.name = name;
    member.type = *type;
    member.offset = number(die, DW_AT_data_member_location).value_or(0);
    if (const auto bit = number(die, DW_AT_data_bit_offset)) member.offset = *bit / 8;
    if (each(member)) return true;
  } while (dwarf_siblingof(&die, &die) == 0);
  return false;
}

// One level in: the text of the step, the part's type; offset becomes its own.
std::optional<std::pair<std::string, Dwarf_Die>> enter(Dwarf_Die type, uint64_t& offset,
                                                       uint64_t size) {
  std::optional<std::pair<std::string, Dwarf_Die>> found;
  if (is_array(type)) {
    const auto element = type_of(type);
    const std::vector<uint64_t> sizes = dimensions(type);
    std::string text;
    for (size_t depth = 1; depth <= sizes.size(); ++depth) {
      const uint64_t bytes = stride(type, sizes, depth);
      if (bytes == 0) return {};
      text += "[" + std::to_string(offset / bytes) + "]";
      offset %= bytes;
    }
    if (element) found.emplace(std::move(text), *element);
  } else if (is_record(type)) {
    // In a union the first member that is large enough.
    any_member(type, [&](const Member& member) {
      const uint64_t bytes = size_of(member.type);
      if (offset < member.offset || offset - member.offset >= bytes) return false;
      if (size != 0 && offset - member.offset + size > bytes) return false;
      found.emplace(member.name.empty() ? "" : "." + member.name, member.type);
      offset -= member.offset;
      return true;
    });
  }
  return found;
}

std::optional<Part> member_of(Dwarf_Die record, std::string_view name) {
  std::optional<Part> found;
  any_member(record, [&](const Member& member) {
    if (member.name == name) {
      found = Part{member.offset, member.type};
    } else if (member.name.empty() && is_record(const_cast<Dwarf_Die&>(member.type))) {
      found = member_of(member.type, name);
      if (found) found->offset += member.offset;
    }
    return found.has_value();
  });
  return found;
}

// "[3]" or "[3][4]" at the front of `path`, which loses it.
std::optional<Part> element_of(Dwarf_Die array, std::string_view& path) {
  const std::vector<uint64_t> sizes = dimensions(array);
  Part part;
  for (size_t depth = 1; depth <= sizes.size(); ++depth) {
    const size_t end = path.find(']');
    if (!path.starts_with('[') || end == path.npos) return {};
    uint64_t index = 0;
    const char* const last = path.data() + end;
    const auto [stop, error] = std::from_chars(path.data() + 1, last, index);
    if (error != std::errc() || stop != last || (index >= sizes[depth - 1] && sizes[depth - 1] > 0))
      return {};
    part.offset += index * stride(array, sizes, depth);
    path.remove_prefix(end + 1);
  }
  const auto element = type_of(array);
  if (!element) return {};
  part.type = *element;
  return part;
}

}  // namespace

std::optional<Dwarf_Die> type_of(Dwarf_Die die) {
  Dwarf_Attribute attribute;
  Dwarf_Die type, peeled;
  if (dwarf_formref_die(dwarf_attr_integrate(&die, DW_AT_type, &attribute), &type) == nullptr ||
      dwarf_peel_type(&type, &peeled) != 0)
    return {};
  return peeled;
}

uint64_t size_of(Dwarf_Die type) {
  if (is_array(type)) return stride(type, dimensions(type), 0);
  const int size = dwarf_bytesize(&type);
  if (size >= 0) return static_cast<uint64_t>(size);
  return is_pointer(type) ? sizeof(uint64_t) : 0;
}

std::string path_at(Dwarf_Die type, uint64_t offset, uint64_t size) {
  std::string path;
  bool named = true;  // false inside an anonymous member: no place to stop
  while (is_record(type) || is_array(type)) {
    const bool whole = size == 0 || (size_of(type) <= size && is_the_kernels(type));
    if (offset == 0 && named && whole) return path;
    const auto part = enter(type, offset, size);
    if (!part) break;
    named = !part->first.empty();
    path += part->first;
    type = part->second;
  }
  return offset == 0 ? path : path + "+" + std::to_string(offset);
}

std::optional<Part> part_of(Dwarf_Die type, std::string_view path) {
  Part part{0, type};
  while (!path.empty()) {
    std::optional<Part> next;
    if (is_array(part.type)) {
      next = element_of(part.type, path);
    } else if (is_record(part.type) && path.front() == '.') {
      const size_t end = std::min(path.find_first_of(".[", 1), path.size());
      next = member_of(part.type, path.substr(1, end - 1));
      path.remove_prefix(end);
    }
    if (!next) return {};
    part = {part.offset + next->offset, next->type};
  }
  return part;
}

bool is_signed(Dwarf_Die type) {
  if (dwarf_tag(&type) == DW_TAG_enumeration_type) return false;
  const auto encoding = number(type, DW_AT_encoding);
  return encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
}

bool is_pointer(Dwarf_Die type) {
  const int tag = dwarf_tag(&type);
  return tag == DW_TAG_pointer_type || tag == DW_TAG_reference_type;
}

}  // namespace run

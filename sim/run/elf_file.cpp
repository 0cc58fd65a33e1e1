// SPDX-License-Identifier: MIT
#include "sim/run/elf_file.h"

#include <algorithm>
#include <cstring>

#include "cpu/hw.h"
#include "sim/core/error.h"
#include "sim/run/file.h"
#include "sim/run/hash.h"

namespace run {

ElfFile::ElfFile(const std::filesystem::path& path) : path_(path), bytes_(read_file(path)) {
  const auto headers = table<Elf64_Ehdr>(0, sizeof(Elf64_Ehdr));
  const Elf64_Ehdr& header = headers.front();
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) fail("it is no ELF file");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != EM_X86_64)
    fail("it is not for x86-64");
  if (header.e_type != ET_DYN) fail("it is no shared object");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_shentsize != sizeof(Elf64_Shdr))
    fail("its headers have an unknown size");
  read_segments(header);
  const auto sections =
      table<Elf64_Shdr>(header.e_shoff, header.e_shnum * uint64_t{sizeof(Elf64_Shdr)});
  for (const Elf64_Shdr& section : sections) read_section(section, sections);
  read_section_names(header, sections);
  refuse_constructors(sections);
}

void ElfFile::fail(const std::string& why) const {
  throw sim::UserError(path_.string() + " is not a guest image: " + why);
}

template <typename T>
std::vector<T> ElfFile::table(uint64_t offset, uint64_t bytes) const {
  if (offset > bytes_.size() || bytes > bytes_.size() - offset) fail("it is truncated");
  std::vector<T> result(bytes / sizeof(T));
  if (!result.empty())
    std::memcpy(result.data(), bytes_.data() + offset, result.size() * sizeof(T));
  return result;
}

void ElfFile::read_segments(const Elf64_Ehdr& header) {
  for (const Elf64_Phdr& p :
       table<Elf64_Phdr>(header.e_phoff, header.e_phnum * uint64_t{sizeof(Elf64_Phdr)})) {
    if (p.p_type == PT_TLS) fail("it has thread-local variables of its own");
    if (p.p_type != PT_LOAD) continue;
    if (p.p_filesz > p.p_memsz || p.p_offset > bytes_.size() ||
        p.p_filesz > bytes_.size() - p.p_offset)
      fail("it is truncated");
    if (p.p_vaddr < HW_WINDOW_START || p.p_vaddr >= HW_PERCPU_BASE ||
        p.p_memsz > HW_PERCPU_BASE - p.p_vaddr)
      fail("it is not linked at an address for images");
    loads_.push_back(p);
  }
  if (loads_.empty()) fail("it has nothing to load");
}

void ElfFile::read_section(const Elf64_Shdr& section, const std::vector<Elf64_Shdr>& all) {
  switch (section.sh_type) {
    case SHT_DYNSYM:
      if (section.sh_link >= all.size()) fail("its symbols have no names");
      read_symbols(section, all[section.sh_link]);
      break;
    case SHT_RELA:
      if ((section.sh_flags & SHF_ALLOC) != 0)
        for (const Elf64_Rela& r : table<Elf64_Rela>(section.sh_offset, section.sh_size))
          relocations_.push_back(r);
      break;
    default:
      break;
  }
}

void ElfFile::read_section_names(const Elf64_Ehdr& header, const std::vector<Elf64_Shdr>& all) {
  if (header.e_shstrndx >= all.size()) fail("its sections have no names");
  for (const Elf64_Shdr& section : all)
    if (section.sh_size != 0) sections_.emplace(string_at(all[header.e_shstrndx], section.sh_name));
}

std::string_view ElfFile::string_at(const Elf64_Shdr& strings, uint64_t offset) const {
  if (strings.sh_offset > bytes_.size() || strings.sh_size > bytes_.size() - strings.sh_offset)
    fail("it is truncated");
  const std::string_view names(bytes_.data() + strings.sh_offset, strings.sh_size);
  const size_t end = names.find('\0', offset);
  if (end == names.npos) fail("a name in it does not end");
  return names.substr(offset, end - offset);
}

void ElfFile::read_symbols(const Elf64_Shdr& section, const Elf64_Shdr& strings) {
  for (const Elf64_Sym& s : table<Elf64_Sym>(section.sh_offset, section.sh_size)) {
    Symbol symbol;
    symbol.name = string_at(strings, s.st_name);
    symbol.value = s.st_value;
    symbol.size = s.st_size;
    symbol.defined = s.st_shndx != SHN_UNDEF;
    symbol.weak = ELF64_ST_BIND(s.st_info) == STB_WEAK;
    symbol.local = ELF64_ST_BIND(s.st_info) == STB_LOCAL;
    symbol.thread_local_ = ELF64_ST_TYPE(s.st_info) == STT_TLS;
    symbols_.push_back(symbol);
  }
}

void ElfFile::refuse_constructors(const std::vector<Elf64_Shdr>& all) const {
  for (const Elf64_Shdr& section : all) {
    if (section.sh_type != SHT_INIT_ARRAY && section.sh_type != SHT_FINI_ARRAY) continue;
    for (const Elf64_Rela& r : relocations_)
      if (r.r_offset >= section.sh_addr && r.r_offset - section.sh_addr < section.sh_size &&
          !is_tsan_init(static_cast<uint64_t>(r.r_addend), all))
        fail("it has static constructors or destructors");
  }
}

bool ElfFile::is_tsan_init(uint64_t function, const std::vector<Elf64_Shdr>& all) const {
  for (const Elf64_Shdr& section : all) {
    if (section.sh_type != SHT_SYMTAB || section.sh_link >= all.size()) continue;
    for (const Elf64_Sym& s : table<Elf64_Sym>(section.sh_offset, section.sh_size)) {
      if (s.st_value != function || ELF64_ST_TYPE(s.st_info) != STT_FUNC) continue;
      const std::string_view name = string_at(all[section.sh_link], s.st_name);
      // gcc's and clang's names; gcc's carries the priority that only tsan uses.
      if (name.starts_with("_sub_I_00099_") || name.starts_with("tsan.module_ctor")) return true;
    }
  }
  return false;
}

bool ElfFile::has_section(const std::string& name) const { return sections_.contains(name); }

std::string ElfFile::loaded_hash() const {
  Hash hash;
  for (size_t i = 0; i < loads_.size(); ++i) {
    // The file's header lies in the first segment and tells where unloaded
    // parts are.
    const auto part = contents(loads_[i]);
    const size_t skip = i == 0 ? std::min(sizeof(Elf64_Ehdr), part.size()) : 0;
    hash.add(std::to_string(loads_[i].p_vaddr));
    hash.add({reinterpret_cast<const char*>(part.data()) + skip, part.size() - skip});
  }
  return hash.hex();
}

std::span<const std::byte> ElfFile::contents(const Elf64_Phdr& load) const {
  return std::as_bytes(std::span(bytes_)).subspan(load.p_offset, load.p_filesz);
}

}  // namespace run

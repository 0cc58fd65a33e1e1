// SPDX-License-Identifier: MIT
// The file of a guest image, read and checked: an x86-64 shared object, linked
// at its final address, that wants nothing of a dynamic linker but relocations.
//
// Everything is copied out of the file when it is opened, so that a file that
// changes later (a cache, a rebuild) changes nothing here. A file that is not
// such an image is a sim::UserError with the reason.
#pragma once

#include <elf.h>

#include <cstddef>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace run {

class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path& path);
  ElfFile(const ElfFile&) = delete;  // names point into it
  ElfFile& operator=(const ElfFile&) = delete;

  // A dynamic symbol; the index in symbols() is the one that relocations use.
  struct Symbol {
    std::string_view name;
    uintptr_t value = 0;
    uint64_t size = 0;
    bool defined = false, weak = false, thread_local_ = false, local = false;
    bool exported() const { return defined && !local && !name.empty(); }
    // Somebody else must define it.
    bool wanted() const { return !defined && !weak && !name.empty(); }
  };

  const std::filesystem::path& path() const { return path_; }
  const std::vector<Elf64_Phdr>& loads() const { return loads_; }  // PT_LOAD
  const std::vector<Symbol>& symbols() const { return symbols_; }
  const std::vector<Elf64_Rela>& relocations() const { return relocations_; }
  bool has_section(const std::string& name) const;  // one with something in it
  // Of what is loaded, wherever it was built: debug information does not count.
  std::string loaded_hash() const;
  std::span<const std::byte> contents(const Elf64_Phdr& load) const;

  [[noreturn]] void fail(const std::string& why) const;

 private:
  template <typename T>
  std::vector<T> table(uint64_t offset, uint64_t bytes) const;
  void read_segments(const Elf64_Ehdr& header);
  void read_section(const Elf64_Shdr& section, const std::vector<Elf64_Shdr>& all);
  void read_section_names(const Elf64_Ehdr& header, const std::vector<Elf64_Shdr>& all);
  std::string_view string_at(const Elf64_Shdr& strings, uint64_t offset) const;
  // The compiler's own call of __tsan_init() is no constructor: it does nothing.
  void refuse_constructors(const std::vector<Elf64_Shdr>& all) const;
  bool is_tsan_init(uint64_t function, const std::vector<Elf64_Shdr>& all) const;
  void read_symbols(const Elf64_Shdr& section, const Elf64_Shdr& strings);

  std::filesystem::path path_;
  std::string bytes_;
  std::vector<Elf64_Phdr> loads_;
  std::vector<Symbol> symbols_;
  std::vector<Elf64_Rela> relocations_;
  std::set<std::string> sections_;
};

}  // namespace run

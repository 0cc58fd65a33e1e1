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
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace run {

class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path& path);

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
  std::span<const std::byte> contents(const Elf64_Phdr& load) const;

  [[noreturn]] void fail(const std::string& why) const;

 private:
  template <typename T>
  std::vector<T> table(uint64_t offset, uint64_t bytes) const;
  void read_segments(const Elf64_Ehdr& header);
  void read_section(const Elf64_Shdr& section, const std::vector<Elf64_Shdr>& all);
  void read_symbols(const Elf64_Shdr& section, const Elf64_Shdr& strings);

  std::filesystem::path path_;
  std::string bytes_;
  std::vector<Elf64_Phdr> loads_;
  std::vector<Symbol> symbols_;
  std::vector<Elf64_Rela> relocations_;
};

}  // namespace run

// SPDX-License-Identifier: MIT
#include "sim/run/image.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "sim/core/error.h"
#include "sim/run/elf_file.h"

namespace run {
namespace {

constexpr uintptr_t kPage = 4096;

uintptr_t page_down(uintptr_t a) { return a & ~(kPage - 1); }
uintptr_t page_up(uintptr_t a) { return page_down(a + kPage - 1); }

std::vector<std::string> names_of(const std::filesystem::path& image,
                                  bool (ElfFile::Symbol::*which)() const) {
  const ElfFile file(image);
  std::vector<std::string> names;
  for (const ElfFile::Symbol& symbol : file.symbols())
    if ((symbol.*which)()) names.emplace_back(symbol.name);
  std::sort(names.begin(), names.end());
  return names;
}

// One symbol's address, or its offset for thread-locals: S of the ELF ABI.
uintptr_t value_of(const ElfFile& file, const ElfFile::Symbol& symbol, const Resolver& resolver) {
  if (symbol.defined) return symbol.value;
  if (symbol.thread_local_) {
    const auto offset =
        resolver.tls_offset ? resolver.tls_offset(symbol.name) : std::optional<intptr_t>();
    if (offset) return static_cast<uintptr_t>(*offset);
  } else {
    const uintptr_t address = resolver.symbol ? resolver.symbol(symbol.name) : 0;
    if (address != 0 || symbol.weak) return address;
  }
  file.fail("it needs " + std::string(symbol.name) + ", which nothing provides");
}

}  // namespace

Image Image::load(const std::filesystem::path& path, const Resolver& resolver, Window window) {
  const ElfFile file(path);
  Image image;
  image.window_ = window;
  image.map(file);
  image.relocate(file, resolver);
  image.protect(file);
  for (const ElfFile::Symbol& symbol : file.symbols())
    if (symbol.exported()) image.exports_.emplace(symbol.name, symbol.value);
  return image;
}

void Image::map(const ElfFile& file) {
  for (const Elf64_Phdr& p : file.loads()) {
    const uintptr_t start = page_down(p.p_vaddr), end = page_up(p.p_vaddr + p.p_memsz);
    if (!segments_.empty() && start < segments_.back().address + segments_.back().size)
      file.fail("its segments overlap");
    void* const wanted = reinterpret_cast<void*>(start);
    const int fixed = window_ == Window::kReserved ? MAP_FIXED : MAP_FIXED_NOREPLACE;
    void* const got = mmap(wanted, end - start, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | fixed, -1, 0);
    if (got != wanted) {
      const int error = errno;
      if (got != MAP_FAILED) munmap(got, end - start);
      throw sim::UserError("cannot load " + file.path().string() +
                           " at its address: " + std::strerror(error));
    }
    segments_.push_back({start, end - start, (p.p_flags & PF_W) != 0});
    const auto contents = file.contents(p);
    std::memcpy(reinterpret_cast<void*>(p.p_vaddr), contents.data(), contents.size());
  }
}

void Image::relocate(const ElfFile& file, const Resolver& resolver) {
  for (const Elf64_Rela& r : file.relocations()) {
    const auto inside = [&](const Segment& s) {
      return s.writable && r.r_offset >= s.address &&
             r.r_offset + sizeof(uint64_t) <= s.address + s.size;
    };
    const uint64_t index = ELF64_R_SYM(r.r_info);
    if (std::none_of(segments_.begin(), segments_.end(), inside) || index >= file.symbols().size())
      file.fail("it has a relocation outside of its data");
    const uint64_t addend = static_cast<uint64_t>(r.r_addend);
    uint64_t value = 0;
    switch (ELF64_R_TYPE(r.r_info)) {
      case R_X86_64_RELATIVE:  // linked at its final address: the base is 0
        value = addend;
        break;
      case R_X86_64_64:
      case R_X86_64_TPOFF64:
        value = value_of(file, file.symbols()[index], resolver) + addend;
        break;
      case R_X86_64_GLOB_DAT:
      case R_X86_64_JUMP_SLOT:
        value = value_of(file, file.symbols()[index], resolver);
        break;
      default:
        file.fail("it has a relocation of unknown type " + std::to_string(ELF64_R_TYPE(r.r_info)));
    }
    std::memcpy(reinterpret_cast<void*>(r.r_offset), &value, sizeof value);
  }
}

void Image::protect(const ElfFile& file) {
  for (size_t i = 0; i < segments_.size(); ++i) {
    const Elf64_Word flags = file.loads()[i].p_flags;
    const int protection =
        PROT_READ | ((flags & PF_W) != 0 ? PROT_WRITE : 0) | ((flags & PF_X) != 0 ? PROT_EXEC : 0);
    mprotect(reinterpret_cast<void*>(segments_[i].address), segments_[i].size, protection);
  }
}

void Image::unmap() {
  for (const Segment& s : segments_) {
    void* const address = reinterpret_cast<void*>(s.address);
    if (window_ == Window::kReserved)
      mmap(address, s.size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
           0);
    else
      munmap(address, s.size);
  }
  segments_.clear();
}

Image::Image(Image&& other) noexcept { *this = std::move(other); }

Image& Image::operator=(Image&& other) noexcept {
  std::swap(window_, other.window_);
  std::swap(segments_, other.segments_);
  std::swap(exports_, other.exports_);
  return *this;
}

Image::~Image() { unmap(); }

uintptr_t Image::symbol(std::string_view name) const {
  const auto found = exports_.find(std::string(name));
  return found == exports_.end() ? 0 : found->second;
}

std::vector<std::string> Image::exports() const {
  std::vector<std::string> names;
  for (const auto& [name, address] : exports_) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> exports_of(const std::filesystem::path& image) {
  return names_of(image, &ElfFile::Symbol::exported);
}

std::vector<std::string> undefined_in(const std::filesystem::path& image) {
  return names_of(image, &ElfFile::Symbol::wanted);
}

}  // namespace run

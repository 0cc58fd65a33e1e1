// SPDX-License-Identifier: MIT
// A guest image in memory: our own small loader, because the guest's addresses
// must be the same in every process and no dynamic linker promises that.
//
// An image is a shared object linked at its final address inside the guest
// window (kernel/guest.cmake has the flags). Loading puts each segment there
// (private, zero-filled behind the file's part), applies the relocations, and
// takes write permission from text and constants. Code of the image is not
// run: there are no constructors. Files are read whole; changing or removing
// one later does not touch a loaded image.
//
// Names are looked up in the image itself first, then asked of the Resolver.
//
//   Image kernel = Image::load(program.kernel_image, hardware, Window::kReserved);
//   Image module = Image::load(program.module_image, {[&](std::string_view name) {
//     return kernel.symbol(name);
//   }, tls_offset}, Window::kReserved);
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace run {

class ElfFile;

struct Resolver {
  // Address of what the image does not define itself; 0: there is none.
  std::function<uintptr_t(std::string_view)> symbol;
  // Of a thread-local variable of the host (hw_current): its address minus the
  // thread pointer, the same in every thread. Nothing: there is none.
  std::function<std::optional<intptr_t>(std::string_view)> tls_offset;
};

// Whether the caller has the guest window reserved already (PROT_NONE): then
// images are mapped over the reservation, and go back to it. If it is free,
// mapping over anything that lies there already is refused.
enum class Window { kReserved, kFree };

class Image {
 public:
  // Throws sim::UserError: no image, a name that nobody defines.
  static Image load(const std::filesystem::path& path, const Resolver& resolver,
                    Window window = Window::kFree);
  Image(Image&&) noexcept;
  Image& operator=(Image&&) noexcept;
  ~Image();  // unmaps

  struct Segment {
    uintptr_t address;  // whole pages
    size_t size;
    bool writable;
  };
  const std::vector<Segment>& segments() const { return segments_; }

  uintptr_t symbol(std::string_view name) const;  // exported; 0: there is none
  std::vector<std::string> exports() const;       // sorted

 private:
  Image() = default;
  void map(const ElfFile& file);
  void relocate(const ElfFile& file, const Resolver& resolver);
  void protect(const ElfFile& file);
  void unmap();

  Window window_ = Window::kFree;
  std::vector<Segment> segments_;
  std::unordered_map<std::string, uintptr_t> exports_;
};

// Of a file, without loading it; sorted.
std::vector<std::string> exports_of(const std::filesystem::path& image);
std::vector<std::string> undefined_in(const std::filesystem::path& image);

}  // namespace run

// SPDX-License-Identifier: MIT
// The loader, on images made by hand: no kernel needed.
#include "sim/run/image.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "cpu/hw.h"
#include "guest_build.h"
#include "sim/core/error.h"
#include "sim/run/cache.h"
#include "sim/run/file.h"

namespace {

using run::Image;
using run::Window;

constexpr const char* kModule = R"(
struct task_struct;
extern __thread struct task_struct *hw_current __attribute__((tls_model("initial-exec")));
extern int elsewhere(int);
extern int optional(void) __attribute__((weak));
int counter = 3;
int *pointer = &counter;
int zeroes[5000];
int (*function)(int) = elsewhere;
int (*maybe)(void) = optional;
static int hidden(int a) { return a + counter; }
int call(int a) { return elsewhere(a) + hidden(1); }
void *self(void) { return hw_current; }
)";

__thread uintptr_t fake_current = 42;

int plus_hundred(int a) { return a + 100; }

class ImageTest : public testing::Test {
 protected:
  std::filesystem::path build(const std::string& c, const std::string& more = "") {
    const auto source = folder_ / "m.c", image = folder_ / "m.so";
    run::write_file(source, c);
    const std::string command =
        std::string(GUEST_CC) +
        " -std=gnu11 -O1 -ffreestanding -fno-stack-protector -fPIC -fno-plt " GUEST_LDFLAGS
        " -Wl,-Ttext-segment=0x11000000 " +
        more + " " + source.string() + " -o " + image.string();
    EXPECT_EQ(std::system(command.c_str()), 0);
    return image;
  }

  static run::Resolver resolver() {
    return {[](std::string_view name) -> uintptr_t {
              return name == "elsewhere" ? reinterpret_cast<uintptr_t>(&plus_hundred) : 0;
            },
            [](std::string_view name) -> std::optional<intptr_t> {
              if (name != "hw_current") return {};
              return reinterpret_cast<intptr_t>(&fake_current) -
                     reinterpret_cast<intptr_t>(__builtin_thread_pointer());
            }};
  }

  template <typename F>
  static std::string error_of(F&& f) {
    try {
      f();
    } catch (const sim::UserError& e) {
      return e.what();
    }
    return "no error";
  }

  const run::ScratchFolder scratch_{std::filesystem::temp_directory_path()};
  const std::filesystem::path folder_ = scratch_.path();
};

template <typename T>
T* at(const Image& image, const char* name) {
  return reinterpret_cast<T*>(image.symbol(name));
}

TEST_F(ImageTest, lies_at_its_linked_address_and_runs) {
  const Image image = Image::load(build(kModule), resolver());
  EXPECT_EQ(image.symbol("counter") & 0xff000000, HW_MODULE_BASE);
  EXPECT_EQ(at<int(int)>(image, "call")(5), 105 + 4);
  EXPECT_EQ(*at<int*>(image, "pointer"), at<int>(image, "counter"));
  EXPECT_EQ((*at<int (*)(int)>(image, "function"))(1), 101);
  EXPECT_EQ(*at<void*>(image, "maybe"), nullptr) << "an undefined weak symbol is 0";
}

TEST_F(ImageTest, bss_is_zero_and_writable) {
  const Image image = Image::load(build(kModule), resolver());
  int* const zeroes = at<int>(image, "zeroes");
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(zeroes[i], 0);
  zeroes[4999] = 1;
  EXPECT_EQ(zeroes[4999], 1);
}

TEST_F(ImageTest, thread_local_current_is_the_hosts) {
  const Image image = Image::load(build(kModule), resolver());
  EXPECT_EQ(at<uintptr_t()>(image, "self")(), 42u);
}

TEST_F(ImageTest, text_and_constants_are_read_only) {
  const Image image = Image::load(build(kModule), resolver());
  unsigned writable = 0;
  for (const Image::Segment& s : image.segments()) writable += s.writable ? 1 : 0;
  EXPECT_EQ(writable, 1u);
  EXPECT_DEATH(*at<char>(image, "call") = 0, "");
}

TEST_F(ImageTest, exports_are_the_global_names_only) {
  const auto file = build(kModule);
  const Image image = Image::load(file, resolver());
  const std::vector<std::string> expected{"call",    "counter", "function", "maybe",
                                          "pointer", "self",    "zeroes"};
  EXPECT_EQ(image.exports(), expected);
  EXPECT_EQ(run::exports_of(file), expected);
  EXPECT_EQ(image.symbol("hidden"), 0u);
}

TEST_F(ImageTest, undefined_names_are_told_without_loading) {
  EXPECT_EQ(run::undefined_in(build(kModule)),
            (std::vector<std::string>{"elsewhere", "hw_current"}));
}

TEST_F(ImageTest, a_name_that_nobody_defines_is_an_error_and_leaves_nothing_mapped) {
  const auto file = build(kModule);
  run::Resolver nobody = resolver();
  nobody.symbol = [](std::string_view) { return uintptr_t{0}; };
  EXPECT_EQ(error_of([&] { Image::load(file, nobody); }),
            file.string() + " is not a guest image: it needs elsewhere, which nothing provides");
  Image::load(file, resolver());  // kFree: would fail if anything were left there
}

TEST_F(ImageTest, refuses_an_address_that_is_taken_unless_reserved) {
  const auto file = build(kModule);
  const Image first = Image::load(file, resolver());
  EXPECT_NE(error_of([&] { Image::load(file, resolver()); }).find("cannot load"),
            std::string::npos);
}

TEST_F(ImageTest, goes_back_to_the_reservation) {
  void* const window = mmap(reinterpret_cast<void*>(HW_MODULE_BASE), 1 << 20, PROT_NONE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  ASSERT_EQ(window, reinterpret_cast<void*>(HW_MODULE_BASE));
  const auto file = build(kModule);
  {
    const Image image = Image::load(file, resolver(), Window::kReserved);
    *at<int>(image, "counter") = 7;
  }
  unsigned char resident;
  EXPECT_EQ(mincore(window, 4096, &resident), 0) << "still mapped, as a reservation";
  EXPECT_NE(error_of([&] { Image::load(file, resolver()); }), "no error");
  EXPECT_EQ(*at<int>(Image::load(file, resolver(), Window::kReserved), "counter"), 3);
  munmap(window, 1 << 20);
}

TEST_F(ImageTest, survives_its_file) {
  const auto file = build(kModule);
  const Image image = Image::load(file, resolver());
  std::filesystem::resize_file(file, 0);
  EXPECT_EQ(at<int(int)>(image, "call")(0), 104);
}

TEST_F(ImageTest, every_truncation_is_an_error_and_no_crash) {
  const auto file = build(kModule);
  const std::string whole = run::read_file(file);
  for (size_t length = 0; length < whole.size(); length += 37) {
    run::write_file(file, whole.substr(0, length));
    ASSERT_NE(error_of([&] { Image::load(file, resolver()); }), "no error") << length;
  }
}

TEST_F(ImageTest, constructors_and_own_thread_locals_are_refused) {
  EXPECT_NE(error_of([&] {
              Image::load(
                  build("int n; __attribute__((constructor)) static void c(void) { n = 1; }"),
                  resolver());
            }).find("constructors"),
            std::string::npos);
  EXPECT_NE(error_of([&] {
              Image::load(build("__thread int mine = 1;"), resolver());
            }).find("thread-local"),
            std::string::npos);
}

TEST_F(ImageTest, other_files_are_refused_with_the_reason) {
  const auto text = folder_ / "text";
  run::write_file(text, std::string(200, 'x'));
  EXPECT_EQ(error_of([&] { Image::load(text, resolver()); }),
            text.string() + " is not a guest image: it is no ELF file");
  EXPECT_EQ(error_of([&] { Image::load(folder_ / "none", resolver()); }),
            "cannot read " + (folder_ / "none").string() + ": No such file or directory");
  EXPECT_EQ(error_of([&] { Image::load(folder_, resolver()); }),
            "cannot read " + folder_.string() + ": Is a directory");
}

}  // namespace

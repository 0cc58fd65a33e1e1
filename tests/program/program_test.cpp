// SPDX-License-Identifier: MIT
// Users' files: compiled, cached, and refused in one sentence each.
#include "sim/run/program.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "sim/core/error.h"
#include "sim/run/cache.h"
#include "sim/run/file.h"
#include "sim/run/image.h"

namespace {

namespace fs = std::filesystem;

// The least that is a module, without the kernel's headers.
const std::string kInit = R"(
static int start(void) { return 0; }
static int (*const entry)(void) __attribute__((section("lockstep_init"), used)) = start;
)";

class ProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::current_path(folder_);
    setenv("XDG_CACHE_HOME", (folder_ / "cache").c_str(), 1);
  }
  void TearDown() override {
    fs::current_path(before_);
    unsetenv("TMPDIR");
  }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    run::write_file(folder_ / name, text);
  }

  static sim::UserError error_of(const std::vector<fs::path>& files) {
    try {
      run::build_program(files);
    } catch (const sim::UserError& e) {
      return e;
    }
    return sim::UserError("no error");
  }
  static std::string sentence_of(const std::vector<fs::path>& files) {
    return error_of(files).what();
  }

  const run::ScratchFolder scratch_{fs::temp_directory_path()};
  const fs::path folder_ = scratch_.path();
  fs::path before_;
};

TEST_F(ProgramTest, a_module_is_compiled_and_linked_at_its_address) {
  write("lost.c", kInit + "int counter;\nint bump(void) { return counter++; }\n");
  const run::Program program = run::build_program({"lost.c"});
  EXPECT_EQ(program.name, "lost");
  EXPECT_EQ(program.sources, std::vector<fs::path>{"lost.c"});
  EXPECT_EQ(program.id.size(), 16u);
  const auto exports = run::exports_of(program.module_image);
  EXPECT_NE(std::find(exports.begin(), exports.end(), "counter"), exports.end());
  const auto undefined = run::undefined_in(program.module_image);
  for (const std::string& name : undefined) EXPECT_TRUE(name.starts_with("hw_")) << name;
  EXPECT_NE(std::find(undefined.begin(), undefined.end(), "hw_access"), undefined.end())
      << "accesses are hooked";
}

TEST_F(ProgramTest, several_files_and_options_make_one_module) {
  write("a.c", "#include \"shared.h\"\n" + kInit + "int f(void) { return g() + N; }\n");
  write("sub/b.c", "#include \"shared.h\"\nint g(void) { return 1; }\n");
  write("inc/shared.h", "int g(void);\n");
  run::CompileOptions options;
  options.include_dirs = {"inc"};
  options.defines = {"N=4"};
  options.name = "pair/broken";
  const run::Program program = run::build_program({"a.c", "sub/b.c"}, options);
  EXPECT_EQ(program.name, "pair/broken");
  const auto exports = run::exports_of(program.module_image);
  EXPECT_NE(std::find(exports.begin(), exports.end(), "g"), exports.end());
}

TEST_F(ProgramTest, the_image_does_not_depend_on_the_working_directory) {
  write("one/m.c", kInit + "const char *here(void) { return __FILE__ __DATE__ __TIME__; }\n");
  write("two/m.c", run::read_file("one/m.c"));
  fs::current_path(folder_ / "one");
  const run::Program first = run::build_program({"m.c"});
  fs::current_path(folder_ / "two");
  setenv("XDG_CACHE_HOME", (folder_ / "other").c_str(), 1);
  const run::Program second = run::build_program({"m.c"});
  EXPECT_NE(first.module_image, second.module_image) << "compiled twice";
  EXPECT_EQ(first.id, second.id);
  EXPECT_EQ(run::read_file(first.module_image).find(folder_.string()), std::string::npos);
}

TEST_F(ProgramTest, compiled_once_for_the_same_text_and_again_for_another) {
  write("part.h", "#define N 1\n");
  write("m.c", "#include \"part.h\"\n" + kInit + "int n = N;\n");
  const run::Program first = run::build_program({"m.c"});
  const auto time = fs::last_write_time(folder_ / "m.c");
  write("part.h", "#define N 2\n");
  fs::last_write_time(folder_ / "m.c", time);
  const run::Program second = run::build_program({"m.c"});
  EXPECT_NE(second.id, first.id) << "an included file counts";
  write("part.h", "#define N 1\n");
  EXPECT_EQ(run::build_program({"m.c"}).id, first.id);
  run::CompileOptions options;
  options.defines = {"n=m"};
  EXPECT_NE(run::build_program({"m.c"}, options).id, first.id) << "an option counts";
}

TEST_F(ProgramTest, a_kept_module_is_not_compiled_again) {
  write("m.c", kInit);
  const run::Program first = run::build_program({"m.c"});
  const auto inode = [&] {
    struct stat status {};
    EXPECT_EQ(stat(first.module_image.c_str(), &status), 0);
    return status.st_ino;
  };
  const auto before = inode();
  EXPECT_EQ(run::build_program({"m.c"}).module_image, first.module_image);
  EXPECT_EQ(inode(), before) << "storing it again would have made a new file";
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "cache/lockstep"), {}), 2)
      << "the image and its entry, no scratch left";
}

TEST_F(ProgramTest, a_damaged_cache_is_made_anew) {
  write("m.c", kInit);
  const run::Program first = run::build_program({"m.c"});
  run::write_file(first.module_image, "damaged");
  EXPECT_EQ(run::build_program({"m.c"}).id, first.id);
  for (const auto& entry : fs::directory_iterator(folder_ / "cache/lockstep"))
    fs::resize_file(entry.path(), 5);
  EXPECT_EQ(run::build_program({"m.c"}).id, first.id);
}

TEST_F(ProgramTest, works_without_a_cache_that_can_be_written) {
  write("m.c", kInit);
  run::write_file(folder_ / "file", "in the way");
  setenv("XDG_CACHE_HOME", (folder_ / "file").c_str(), 1);
  setenv("TMPDIR", folder_.c_str(), 1);
  const run::Program program = run::build_program({"m.c"});
  EXPECT_EQ(program.module_image.parent_path(),
            folder_ / ("lockstep-" + std::to_string(geteuid())));
}

TEST_F(ProgramTest, many_at_once_do_not_disturb_each_other) {
  write("m.c", kInit);
  std::vector<std::string> ids(6);
  std::vector<std::thread> threads;
  for (std::string& id : ids) threads.emplace_back([&] { id = run::build_program({"m.c"}).id; });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& id : ids) EXPECT_EQ(id, ids[0]);
}

TEST_F(ProgramTest, the_longest_unused_images_go) {
  const run::CompileCache cache;
  write("image", "0");
  for (unsigned i = 0; i <= run::CompileCache::kImagesMax; ++i) {
    write("image", std::to_string(i));
    cache.store("key" + std::to_string(i), folder_ / "image", {});
  }
  unsigned images = 0;
  for (const auto& entry : fs::directory_iterator(cache.folder()))
    images += entry.path().extension() == ".so" ? 1 : 0;
  EXPECT_EQ(images, run::CompileCache::kImagesMax / 2);
  EXPECT_TRUE(cache.find("key" + std::to_string(run::CompileCache::kImagesMax)));
  EXPECT_FALSE(cache.find("key0"));
}

TEST_F(ProgramTest, files_that_cannot_be_c_are_refused) {
  EXPECT_EQ(sentence_of({"none.c"}), "there is no file none.c");
  fs::create_directory(folder_ / "dir.c");
  EXPECT_EQ(sentence_of({"dir.c"}), "dir.c is a folder; name its C files");
  write("text.txt", "x");
  EXPECT_EQ(sentence_of({"text.txt"}), "text.txt is not a C file; its name must end in .c");
  write("empty.c", " \n\t\n");
  EXPECT_EQ(sentence_of({"empty.c"}), "empty.c is empty; a C file with a module_init() is needed");
  write("binary.c", std::string("int a;\0\x7f", 8));
  EXPECT_EQ(sentence_of({"binary.c"}), "binary.c is a binary file; a C file is needed");
  EXPECT_EQ(sentence_of({}), "no C file was named");
  EXPECT_EQ(sentence_of({"m.c", "none.c"}), "there is no file m.c");
}

TEST_F(ProgramTest, an_unreadable_file_is_refused) {
  write("shut.c", "int a;");
  fs::permissions(folder_ / "shut.c", fs::perms::none);
  if (access("shut.c", R_OK) == 0) return;  // root reads everything
  EXPECT_EQ(sentence_of({"shut.c"}), "cannot read shut.c: Permission denied");
}

TEST_F(ProgramTest, the_compilers_messages_are_shown_as_they_are) {
  write("wrong.c", kInit + "int f(void) { return missing; }\n");
  const sim::UserError error = error_of({"wrong.c"});
  EXPECT_STREQ(error.what(), "wrong.c cannot be compiled; the compiler says why");
  EXPECT_NE(error.detail().find("wrong.c:4:22: error: "), std::string::npos) << error.detail();
  EXPECT_FALSE(fs::exists(folder_ / "wrong.o"));
}

TEST_F(ProgramTest, all_files_that_do_not_compile_are_named) {
  write("a.c", "int f(void) { return missing; }\n");
  write("b.c", kInit);
  write("c.c", "}\n");
  EXPECT_EQ(sentence_of({"a.c", "b.c", "c.c"}),
            "a.c, c.c cannot be compiled; the compiler says why");
}

TEST_F(ProgramTest, a_call_of_what_does_not_exist_is_told_with_the_nearest_name) {
  write("lost.c", kInit +
                      "int my_helper(void) { return 1; }\n"
                      "int g(void) { return my_hepler(); }\n");
  const sim::UserError error = error_of({"lost.c"});
  EXPECT_STREQ(error.what(),
               "lost.c calls my_hepler(), which does not exist; the nearest is my_helper()");
  EXPECT_NE(error.detail().find("lost.c:5:22: warning"), std::string::npos) << error.detail();
}

// With the kernel's headers, as users write it.
std::string module_that(const std::string& statement, const std::string& includes = "") {
  return includes +
         "#include <linux/module.h>\n"
         "static int __init start(void) { " +
         statement +
         " return 0; }\n"
         "module_init(start);\n"
         "MODULE_LICENSE(\"GPL\");\n";
}

TEST_F(ProgramTest, the_nearest_of_the_kernels_names_is_told) {
  write("lost.c",
        module_that("static spinlock_t l; spin_lok(&l);", "#include <linux/spinlock.h>\n"));
  EXPECT_EQ(sentence_of({"lost.c"}),
            "lost.c calls spin_lok(), which does not exist; the nearest is spin_lock()");
}

TEST_F(ProgramTest, a_name_whose_header_is_missing_is_told_with_the_header) {
  write("lost.c", module_that("kmalloc(8, 0);"));
  EXPECT_EQ(sentence_of({"lost.c"}),
            "lost.c calls kmalloc(), which <linux/slab.h> declares; include it");
}

TEST_F(ProgramTest, a_module_of_the_kernels_headers_needs_nothing_else) {
  write("lost.c", module_that("pr_info(\"%s %s\", KBUILD_MODNAME, __FILE__);"));
  const run::Program program = run::build_program({"lost.c"});
  EXPECT_EQ(run::read_file(program.module_image).find(run::home().string()), std::string::npos)
      << "no path of this machine";
}

TEST_F(ProgramTest, the_first_missing_name_in_the_text_is_told) {
  write("lost.c", kInit +
                      "extern int zzqqzzqq;\n/* aaqqaaqq() */\n"
                      "int f(void) { return zzqqzzqq + aaqqaaqq(); }\n");
  EXPECT_EQ(sentence_of({"lost.c"}), "lost.c uses zzqqzzqq, which does not exist");
}

TEST_F(ProgramTest, a_file_without_module_init_is_refused) {
  write("still.c", "int counter;\n");
  EXPECT_EQ(sentence_of({"still.c"}),
            "still.c never uses module_init(), so nothing of it would run; add "
            "module_init(your_function);");
}

TEST_F(ProgramTest, a_missing_compiler_is_named_with_its_package) {
  write("m.c", kInit);
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  const std::string sentence = sentence_of({"m.c"});
  setenv("PATH", path.c_str(), 1);
  EXPECT_NE(sentence.find("is not installed; install the package"), std::string::npos) << sentence;
}

TEST_F(ProgramTest, names_with_blanks_and_quotes_work) {
  write("my dir/it's mine.c", "#include \"a b.h\"\n" + kInit);
  write("my dir/a b.h", "#define B 1\n");
  const run::Program first = run::build_program({"my dir/it's mine.c"});
  EXPECT_EQ(run::build_program({"my dir/it's mine.c"}).id, first.id);
  write("my dir/a b.h", "int b;\n");
  EXPECT_NE(run::build_program({"my dir/it's mine.c"}).id, first.id);
}

}  // namespace

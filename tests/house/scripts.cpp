// SPDX-License-Identifier: MIT
// ./lockstep and ./check on an imagined machine: a copy of the scripts, with
// stand-ins for apt, dpkg and cmake that write down how they were called.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/house/tree.h"

namespace house {
namespace {

namespace fs = std::filesystem;

class Scripts : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(TEST_BINARY_DIR) / "tests" / ("scripts." + std::to_string(getpid()));
    fs::remove_all(root_);
    for (const char* folder : {"bin", "tree/.ci", "tree/sim", "tree/cpu", "tree/irq", "tree/kernel",
                               "tree/locks", "tree/gui"}) {
      fs::create_directories(root_ / folder);
    }
    for (const char* script :
         {"lockstep", "check", ".ci/prepare", ".ci/run", "CMakeLists.txt", "CMakePresets.json"}) {
      fs::copy(fs::path(TEST_SOURCE_DIR) / script, root_ / "tree" / script);
    }
    stand_in("apt-get", "");
    stand_in("apt-cache", "echo 'Candidate: 1.0'\n");
    stand_in("sudo", "shift\nexec \"$@\"\n");
    stand_in("ctest", "echo '100% tests passed'\n");
    // Builds a program that says its arguments.
    stand_in("cmake",
             "mkdir -p build/release/sim/cli && touch build/release/build.ninja\n"
             "printf '#!/bin/sh\\necho ran \"$@\"\\n' >build/release/sim/cli/lockstep\n"
             "chmod +x build/release/sim/cli/lockstep\n");
    install_all_but("");
  }
  void TearDown() override { fs::remove_all(root_); }

  // A command that notes its call, then does `body`.
  void stand_in(const std::string& name, const std::string& body) {
    const fs::path path = root_ / "bin" / name;
    std::ofstream(path) << "#!/bin/sh\necho \"" << name << " $*\" >>'" << log().string() << "'\n"
                        << body;
    fs::permissions(path, fs::perms::owner_all);
  }

  // A dpkg-query that finds every package installed but one.
  void install_all_but(const std::string& missing) {
    stand_in("dpkg-query", "for p in \"$@\"; do case $p in -*|'" + missing +
                               "') ;; *) printf '%s=installed ' \"$p\" ;; esac; done\n");
  }

  // What the script said, on either stream.
  std::string call(const std::string& script, int* status = nullptr) {
    fs::remove(log());
    return run("cd / && PATH='" + (root_ / "bin").string() + "':\"$PATH\" '" +
                   (root_ / "tree").string() + "'/" + script + " </dev/null",
               status);
  }

  std::string calls() const {
    std::ostringstream text;
    text << std::ifstream(log()).rdbuf();
    return text.str();
  }

  fs::path log() const { return root_ / "log"; }

  fs::path root_;
};

TEST_F(Scripts, the_first_start_builds_and_passes_its_arguments_on) {
  int status = -1;
  const std::string said = call("lockstep run 'a b'", &status);
  EXPECT_EQ(status, 0) << said;
  EXPECT_NE(said.find("ran run a b\n"), std::string::npos) << said;
  EXPECT_NE(calls().find("cmake --preset release"), std::string::npos) << calls();
  EXPECT_EQ(calls().find("apt-get"), std::string::npos) << "nothing was missing";
}

TEST_F(Scripts, the_second_start_only_runs_the_program) {
  call("lockstep");
  EXPECT_EQ(call("lockstep list"), "ran list\n");
  EXPECT_EQ(calls(), "") << "no package or build tool is asked";
}

TEST_F(Scripts, an_edited_source_is_built_again) {
  call("lockstep");
  sleep(1);  // beyond the granularity of file times
  std::ofstream(root_ / "tree/sim/new.cpp") << "int x;\n";
  call("lockstep");
  EXPECT_NE(calls().find("cmake --build"), std::string::npos);
  sleep(1);
  fs::remove(root_ / "tree/sim/new.cpp");
  call("lockstep");
  EXPECT_NE(calls().find("cmake --build"), std::string::npos) << "a removed one as well";
}

TEST_F(Scripts, what_is_missing_is_named_and_installed) {
  install_all_but("libdw-dev");
  const std::string said = call("lockstep");
  EXPECT_NE(said.find("installing through apt: libdw-dev"), std::string::npos) << said;
  EXPECT_NE(calls().find("install --no-install-recommends libdw-dev"), std::string::npos);
}

TEST_F(Scripts, a_system_without_the_windows_library_builds_without_it) {
  install_all_but("libimgui-dev");
  stand_in("apt-cache", "echo 'Candidate: (none)'\n");
  int status = -1;
  const std::string said = call("lockstep", &status);
  EXPECT_EQ(status, 0) << said;
  EXPECT_NE(said.find("without the window"), std::string::npos) << said;
  EXPECT_EQ(calls().find(" install "), std::string::npos) << calls();
}

TEST_F(Scripts, a_failed_build_is_told_and_is_status_2) {
  stand_in("cmake", "exit 1\n");
  int status = -1;
  const std::string said = call("lockstep", &status);
  EXPECT_EQ(status, 2);
  EXPECT_NE(said.find("could not be built"), std::string::npos) << said;
}

TEST_F(Scripts, check_tests_the_presets_and_ends_with_the_closing_line) {
  int status = -1;
  const std::string said = call(".ci/run", &status);
  EXPECT_EQ(status, 0) << said;
  EXPECT_TRUE(said.ends_with("100% tests passed\n")) << said;
  EXPECT_NE(calls().find("ctest --test-dir build/release"), std::string::npos);
  call("check release debug asan tsan clang", &status);
  EXPECT_EQ(status, 0);
  for (const char* preset : {"release", "debug", "asan", "tsan", "clang"}) {
    EXPECT_NE(calls().find(std::string("ctest --test-dir build/") + preset), std::string::npos);
  }
}

TEST_F(Scripts, check_stops_at_a_preset_that_fails) {
  stand_in("ctest", "echo '1 test failed'\nexit 8\n");
  int status = -1;
  EXPECT_TRUE(call("check release debug", &status).ends_with("1 test failed\n"));
  EXPECT_EQ(status, 1);
  EXPECT_EQ(calls().find("build/debug"), std::string::npos);
}

}  // namespace
}  // namespace house

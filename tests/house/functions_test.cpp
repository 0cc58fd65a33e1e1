// SPDX-License-Identifier: MIT
#include "tests/house/functions.h"

#include <gtest/gtest.h>

namespace house {
namespace {

TEST(Functions, bodies_are_found_and_measured) {
  const auto found = functions_of(
      "namespace a {\n"
      "struct S {\n"
      "  int f() const { return 1; }\n"
      "};\n"
      "int g(int a) {\n"
      "  if (a) {\n"
      "    return '}';\n"
      "  }\n"
      "  return \"}\"[0];\n"
      "}\n"
      "}\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].head, "int f() const ");
  EXPECT_EQ(found[0].lines, 1u);
  EXPECT_EQ(found[1].line, 4u);
  EXPECT_EQ(found[1].lines, 6u);
}

TEST(Functions, initialisers_directives_and_comments_are_not_bodies) {
  EXPECT_TRUE(functions_of("#define M(x) do { \\\n} while (0)\n"
                           "// f() {\n/* g() { */\n"
                           "static int table[] = {F(1), F(2)};\nenum E { A, B };\n")
                  .empty());
}

}  // namespace
}  // namespace house

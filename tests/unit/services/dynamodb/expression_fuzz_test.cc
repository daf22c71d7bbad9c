#include <gtest/gtest.h>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutate.h"

namespace cumulite::fuzz {
namespace {

TEST(ExpressionFuzzTest, ExpressionsAreUsedOrRefused) {
  const std::string_view kSeeds[] = {
      "n = :n AND begins_with(s, :s)",
      "NOT (a.b[1] < :n OR size(#a) BETWEEN :n AND n) AND #s IN (:s, t) AND attribute_type(s, :s)",
      "a.b[0], #s, a.b[1].c",
      "SET a.b[5] = if_not_exists(a.x, :n) + n, x = list_append(:l, a.b) REMOVE a.b[0] ADD t :t DELETE a.y "
      ":t",
  };
  for (char kind = 0; kind < 5; ++kind) {
    for (const std::string_view seed : kSeeds) Mutate(std::string(1, kind).append(seed), FuzzExpression);
  }
}

TEST(ExpressionFuzzTest, StatementsAreUsedOrRefused) {
  const std::string_view kSeeds[] = {
      R"(SELECT a.b[0], "c" FROM "t"."i" WHERE p IN ['x', ?] AND r BETWEEN 1 AND 2e1 ORDER BY p DESC, r ASC)",
      R"(INSERT INTO t VALUE {'p': 'it''s', 'n': -1.5, 'l': [1, <<'a','b'>>, {'m': NULL}], 't': true})",
      R"(UPDATE t SET a = a + 1 SET s = set_add(s, <<'x'>>) REMOVE b[1] WHERE p = ? AND r = 1 RETURNING ALL NEW *)",
      R"(DELETE FROM t WHERE p = 'x' AND r = 1 AND size(p) > 0 AND NOT contains(p, 'y') RETURNING ALL OLD *)",
      R"(EXISTS(SELECT * FROM t WHERE p = 'x' AND (r = 1 OR r = 2) AND x IS NOT MISSING -- end
))",
  };
  for (const std::string_view seed : kSeeds) Mutate(seed, FuzzPartiql);
}

}  // namespace
}  // namespace cumulite::fuzz

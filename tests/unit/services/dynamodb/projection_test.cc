#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

class ProjectionTest : public ExpressionTest {};

TEST_F(ProjectionTest, ShowsWhatThePathsLeadTo) {
  constexpr std::string_view kItem =
      R"({"a":{"S":"x"},"l":{"L":[{"N":"0"},{"N":"1"},{"M":{"x":{"N":"2"},"y":{"N":"3"}}},{"N":"4"}]},)"
      R"("m":{"M":{"k":{"M":{"z":{"BOOL":true}}},"o":{"N":"1"}}}})";
  const std::pair<const char*, const char*> kCases[] = {
      {"a", R"({"a":{"S":"x"}})"},
      {"nope, a.b, l.x, m[0]", "{}"},
      {"m.nope.z, a[0]", "{}"},
      {"m.k.z, a", R"({"a":{"S":"x"},"m":{"M":{"k":{"M":{"z":{"BOOL":true}}}}}})"},
      {"l[3], l[0], l[9]", R"({"l":{"L":[{"N":"0"},{"N":"4"}]}})"},
      {"l[2].y, l[1]", R"({"l":{"L":[{"N":"1"},{"M":{"y":{"N":"3"}}}]}})"},
      {"m.k, m.o", R"({"m":{"M":{"k":{"M":{"z":{"BOOL":true}}},"o":{"N":"1"}}}})"},
  };
  for (const auto& [text, shown] : kCases) EXPECT_EQ(Projected(text, kItem), shown) << text;
}

TEST_F(ProjectionTest, NamesAreReplacedAsAWhole) {
  SetNames({{"#a", "x.y"}, {"#b", "l[0]"}, {"#s", "status"}});
  EXPECT_EQ(Projected("#a, #b, m.#s", R"({"x.y":{"N":"1"},"l[0]":{"N":"2"},"m":{"M":{"status":{"N":"3"}}}})"),
            R"({"l[0]":{"N":"2"},"m":{"M":{"status":{"N":"3"}}},"x.y":{"N":"1"}})");
}

TEST_F(ProjectionTest, RefusesInAwsWords) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "The expression can not be empty;"},
      {"a,", R"(Syntax error; token: "<EOF>", near: ",")"},
      {"(a)", "Syntax error; token: \"(\", near: \"(a\""},
      {"a, b.abort", "Attribute name is a reserved keyword; reserved keyword: abort"},
      {"#x", "An expression attribute name used in the document path is not defined; attribute name: #x"},
      {"a, b, a",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: "
       "[a], path "
       "two: [a]"},
      {"a.b, c, a",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, "
       "b], "
       "path two: [a]"},
      {"a[0], a.b",
       "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: "
       "[a, [0]], "
       "path two: [a, b]"},
  };
  for (const auto& [text, problem] : kCases) {
    EXPECT_EQ(ProjectionRefusal(text), "Invalid ProjectionExpression: " + std::string(problem)) << text;
  }
}

TEST_F(ProjectionTest, TwoThousandPathsTakeNoTime) {
  std::string text;
  std::string item = "{";
  for (int i = 0; i < 800; ++i) {
    const std::string name = "x" + std::to_string(i);
    text += (i > 0 ? "," : "") + name;
    item += (i > 0 ? ",\"" : "\"") + name + R"(":{"N":"1"})";
  }
  EXPECT_EQ(Projected(text, item + "}").size(), item.size() + 1);
}

}  // namespace
}  // namespace cumulite::dynamodb

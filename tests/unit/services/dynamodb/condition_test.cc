#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kInvalid = "Invalid ConditionExpression: ";

class ConditionTest : public ExpressionTest {
 protected:
  ConditionTest() {
    SetNames({{"#a", "a"}, {"#b", "[3]"}, {"#dot", "x.y"}});
    SetValues(
        R"({":s":{"S":"abc"},":t":{"S":"b"},":n":{"N":"5"},":m":{"N":"3"},":bool":{"BOOL":true},)"
        R"(":ss":{"SS":["a","b"]},":b":{"B":"YmM="},":map":{"M":{"x":{"N":"1"}}},":list":{"L":[{"N":"1"}]},)"
        R"(":dog":{"S":"DOG"},":type":{"S":"S"},":null":{"NULL":true},":one":{"N":"1"}})");
  }
  /// What is wrong with a condition, without regard to what it leaves unused.
  std::string Problem(std::string_view text) {
    const std::string refusal = Refusal([&] {
      auto substitutions = Substitute(ExpressionKind::kCondition);
      Condition::Compile(cache_, ExpressionKind::kCondition, text, substitutions);
    });
    EXPECT_TRUE(refusal.empty() || refusal.starts_with(kInvalid)) << refusal;
    return refusal.empty() ? "" : refusal.substr(kInvalid.size());
  }
  bool IsTrue(std::string_view text, std::string_view item) {
    auto substitutions = Substitute(ExpressionKind::kCondition);
    return Condition::Compile(cache_, ExpressionKind::kCondition, text, substitutions).Holds(Item(item));
  }
};

TEST_F(ConditionTest, SyntaxErrorsShowTheTokenBetweenItsNeighbours) {
  const std::pair<const char*, const char*> kCases[] = {
      {"INVALID SYNTAX HERE", R"(Syntax error; token: "SYNTAX", near: "INVALID SYNTAX HERE")"},
      {":n a", R"(Syntax error; token: "a", near: ":n a")"},
      {"a = ", R"(Syntax error; token: "<EOF>", near: "=")"},
      {"attribute_exists(foo", R"(Syntax error; token: "<EOF>", near: "foo")"},
      {"a == :n", R"(Syntax error; token: "=", near: "== :n")"},
      {"a = : b", R"(Syntax error; token: ":", near: "= : b")"},
      {"a = #", R"(Syntax error; token: "#", near: "= #")"},
      {"_a = :n", R"(Syntax error; token: "_", near: "_a")"},
      {"a", R"(Syntax error; token: "<EOF>", near: "a")"},
      {"a AND b", R"(Syntax error; token: "AND", near: "a AND b")"},
      {"a = :n = :m", R"(Syntax error; token: "=", near: ":n = :m")"},
      {"(a = :n) = :m", "Syntax error; token: \"=\", near: \") = :m\""},
      {"a IN :n", R"(Syntax error; token: ":n", near: "IN :n")"},
      {"a IN ()", "Syntax error; token: \")\", near: \"()\""},
      {"a = NOT b", R"(Syntax error; token: "NOT", near: "= NOT b")"},
      {"a[-1] = :n", R"(Syntax error; token: "-", near: "[-1")"},
      {"a = 5", R"(Syntax error; token: "5", near: "= 5")"},
      {"a = \xC3\xA9", "Syntax error; token: \"\xC3\xA9\", near: \"= \xC3\xA9\""},
      {" ", R"(Syntax error; token: "<EOF>", near: "")"},
  };
  for (const auto& [text, problem] : kCases) EXPECT_EQ(Problem(text), problem) << text;
}

TEST_F(ConditionTest, ChecksThatNeedNoValuesComeInAwsOrder) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "The expression can not be empty;"},
      {"((a = :n))", "The expression has redundant parentheses;"},
      {"a > ((:n))", "The expression has redundant parentheses;"},
      {"((a = :n)) AND nope(a) AND abort = :x", "The expression has redundant parentheses;"},
      {"attRIbute_exIsts(a) AND abort = :x", "Invalid function name; function: attRIbute_exIsts"},
      {"if_not_exists(a, :n) = :n",
       "The function is not allowed in a condition expression; function: if_not_exists"},
      {"size(a)", "The function is not allowed to be used this way in an expression; function: size"},
      {"contains(a, :n) > :n AND abort = :x",
       "The function is not allowed to be used this way in an expression; function: contains"},
      {"contains(size(a), size(b)) OR NOT size(a)",
       "The function is not allowed to be used this way in an expression; function: size"},
      {"attribute_exists(attribute_exists(a))",
       "The function is not allowed to be used this way in an expression; function: attribute_exists"},
      {"abOrT = :x AND #x = :y", "Attribute name is a reserved keyword; reserved keyword: abOrT"},
      {"a.b[1].status = :n", "Attribute name is a reserved keyword; reserved keyword: status"},
      {"a[99999999999] = :n", "List index is not within the allowable range; index: [99999999999]"},
  };
  for (const auto& [text, problem] : kCases) EXPECT_EQ(Problem(text), problem) << text;
  for (const char* good :
       {"(a = :n)", "((a <> :n) and a <> :m)", "a > (:n)", "(size(a)) > :n", "NOT NOT a = :n"}) {
    EXPECT_EQ(Problem(good), "") << good;
  }
}

TEST_F(ConditionTest, ChecksThatNeedValuesComeInAwsOrder) {
  const std::pair<const char*, const char*> kCases[] = {
      {"begins_with(a) AND :x = #y",
       "An expression attribute value used in expression is not defined; attribute value: :x"},
      {"#y = :x",
       "An expression attribute name used in the document path is not defined; attribute name: #y"},
      {"a < :bool AND begins_with(a)",
       "Incorrect number of operands for operator or function; operator or function: begins_with, number of "
       "operands: 1"},
      {"attribute_exists(:n) AND begins_with(a, :n)",
       "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
      {"a <= :bool",
       "Incorrect operand type for operator or function; operator or function: <=, operand type: BOOL"},
      {"attribute_type(a, :n)",
       "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: "
       "N"},
      {"size(:n) > :n",
       "Incorrect operand type for operator or function; operator or function: size, operand type: N"},
      {"a BETWEEN :ss AND :n",
       "Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: SS"},
      {"attribute_type(a, :dog)",
       "Invalid attribute type name found; type: DOG, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
      {"attribute_exists(:n)",
       "Operator or function requires a document path; operator or function: attribute_exists"},
      {"a = a",
       "The first operand must be distinct from the remaining operands for this operator or function; "
       "operator: "
       "=, first operand: [a]"},
      {"contains(a[1].#b, a[1].#b)",
       "The first operand must be distinct from the remaining operands for this operator or function; "
       "operator: "
       "contains, first operand: [a, [1], [3]]"},
      {"a BETWEEN :s AND :n",
       "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
       "AttributeValue: {S:abc}, upper bound operand: AttributeValue: {N:5}"},
      {"a BETWEEN :n AND :m",
       "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
       "operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:3}"},
  };
  for (const auto& [text, problem] : kCases) EXPECT_EQ(Problem(text), problem) << text;
}

TEST_F(ConditionTest, LimitsAreAwsOwn) {
  const std::string long_name(4096 - 5, 'a');
  EXPECT_EQ(Problem(long_name + " = :n"), "");
  EXPECT_EQ(Problem(long_name + "a = :n"),
            "Expression size has exceeded the maximum allowed size; expression size: 4097");
  std::string many = "a = :n";
  for (int i = 0; i < 150; ++i) many += " OR a = :n";  // 301 operators
  EXPECT_EQ(Problem(many), "The expression contains too many operators; operator count: 301");
  EXPECT_EQ(Problem(many.substr(0, many.rfind(" OR"))), "");
  std::string in = "a IN (:n";
  for (int i = 1; i < 100; ++i) in += ",:n";
  EXPECT_EQ(Problem(in + ")"), "");
  EXPECT_EQ(Problem(in + ",:n)"),
            "The IN operator is provided with too many operands; number of operands: 101");
  std::string path = "a";
  for (int i = 1; i < 32; ++i) path += ".b";
  EXPECT_EQ(Problem(path + " = :n"), "");
  EXPECT_EQ(Problem(path + "[0] = :n"), "The document path has too many nesting levels; nesting levels: 33");
}

TEST_F(ConditionTest, HostileNestingIsRefusedWithoutRecursion) {
  const std::string open(2000, '(');
  const std::string close(2000, ')');
  EXPECT_EQ(Problem(open + "a=:n" + close), "The expression has redundant parentheses;");
  std::string nots;
  for (int i = 0; i < 1000; ++i) nots += "NOT ";
  EXPECT_EQ(Problem(nots + "a=:n"), "The expression contains too many operators; operator count: 1001");
  EXPECT_NE(Problem(open), "");
  std::string calls;
  for (int i = 0; i < 800; ++i) calls += "size(";
  EXPECT_NE(Problem(calls), "");
}

TEST_F(ConditionTest, PrecedenceIsComparisonNotAndOr) {
  constexpr std::string_view kItem = R"({"a":{"N":"5"},"c":{"N":"1"}})";
  EXPECT_TRUE(IsTrue("a = :n OR a = :n AND a = :m", kItem));
  EXPECT_FALSE(IsTrue("(a = :n OR a = :n) AND a = :m", kItem));
  EXPECT_TRUE(IsTrue("NOT a = :m AND a = :n", kItem));
  EXPECT_FALSE(IsTrue("NOT (a = :m OR a = :n)", kItem));
  EXPECT_TRUE(IsTrue("a BETWEEN :m AND :n AND c = :one", kItem));
  EXPECT_TRUE(IsTrue("a = :m oR Not a < :m aNd c IN (:m, :one)", kItem));
}

TEST_F(ConditionTest, ComparesValuesOfOneType) {
  struct Case {
    const char* text;
    const char* item;
    bool holds;
  };
  const Case kCases[] = {
      {"a = :n", R"({"a":{"N":"5.0"}})", true},
      {"a = :n", R"({"a":{"S":"5"}})", false},
      {"a <> :n", R"({"a":{"S":"5"}})", true},
      {"a <> :n", "{}", true},
      {"a = :n", "{}", false},
      {"a <> b", "{}", true},
      {"a = b", "{}", false},
      {"a >= b", "{}", false},
      {"a > :m", R"({"a":{"N":"10"}})", true},
      {"a < :n", R"({"a":{"S":"1"}})", false},
      {"a < :t", R"({"a":{"S":"B"}})", true},
      {":t < a", R"({"a":{"S":"c"}})", true},
      {"a = :ss", R"({"a":{"SS":["b","a"]}})", true},
      {"a = :map", R"({"a":{"M":{"x":{"N":"1.0"}}}})", true},
      {"a BETWEEN :m AND :n", R"({"a":{"N":"5"}})", true},
      {"a BETWEEN :m AND :n", R"({"a":{"N":"5.1"}})", false},
      {":n BETWEEN a AND b", R"({"a":{"N":"9"},"b":{"N":"1"}})", false},
      {"a IN (:m, :n)", R"({"a":{"N":"5"}})", true},
      {"a IN (b, :n)", R"({"b":{"N":"5"}})", false},
      {"#a = :n", R"({"a":{"N":"5"}})", true},
      {"#b = :n", R"({"[3]":{"N":"5"}})", true},
      {"#dot = :n", R"({"x.y":{"N":"5"}})", true},
      {"a[1].b = :n", R"({"a":{"L":[{"N":"1"},{"M":{"b":{"N":"5"}}}]}})", true},
      {"a[2].b = :n", R"({"a":{"L":[{"N":"1"}]}})", false},
      {"a.b = :n", R"({"a":{"L":[{"N":"1"}]}})", false},
  };
  for (const auto& [text, item, holds] : kCases) EXPECT_EQ(IsTrue(text, item), holds) << text << ' ' << item;
}

TEST_F(ConditionTest, FunctionsLookAtItems) {
  struct Case {
    const char* text;
    const char* item;
    bool holds;
  };
  const Case kCases[] = {
      {"attribute_exists(a.b)", R"({"a":{"M":{"b":{"NULL":true}}}})", true},
      {"attribute_exists(a.b)", R"({"a":{"M":{}}})", false},
      {"attribute_not_exists(a)", "{}", true},
      {"attribute_type(a, :type)", R"({"a":{"S":""}})", true},
      {"attribute_type(a, :type)", R"({"a":{"N":"1"}})", false},
      {"attribute_type(a, :type)", "{}", false},
      {"begins_with(a, :s)", R"({"a":{"S":"abcd"}})", true},
      {"begins_with(a, :s)", R"({"a":{"S":"ab"}})", false},
      {"begins_with(:s, a)", R"({"a":{"S":"ab"}})", true},
      {"begins_with(a, :b)", R"({"a":{"B":"YmNk"}})", true},
      {"begins_with(a, :s)", R"({"a":{"N":"5"}})", false},
      {"contains(a, :t)", R"({"a":{"S":"abc"}})", true},
      {"contains(a, :t)", R"({"a":{"SS":["b"]}})", true},
      {"contains(a, :n)", R"({"a":{"NS":["5.0"]}})", true},
      {"contains(a, :n)", R"({"a":{"L":[{"S":"5"},{"N":"5"}]}})", true},
      {"contains(a, :list)", R"({"a":{"L":[{"L":[{"N":"1"}]}]}})", true},
      {"contains(a, :n)", R"({"a":{"S":"5"}})", false},
      {"contains(:ss, a)", R"({"a":{"S":"b"}})", true},
      {"size(a) = :m", R"({"a":{"S":"abc"}})", true},
      {"size(a) = :m", R"({"a":{"B":"YWJj"}})", true},
      {"size(a) > :m", R"({"a":{"L":[{"N":"1"},{"N":"1"},{"N":"1"},{"N":"1"}]}})", true},
      {"size(a) = :one", R"({"a":{"M":{"x":{"N":"1"}}}})", true},
      {"size(a) < :n", R"({"a":{"N":"1"}})", false},
      {"size(a) < :n", "{}", false},
  };
  for (const auto& [text, item, holds] : kCases) EXPECT_EQ(IsTrue(text, item), holds) << text << ' ' << item;
}

TEST_F(ConditionTest, AbsentItemsHaveNoAttributes) {
  auto substitutions = Substitute(ExpressionKind::kCondition);
  const auto absent =
      Condition::Compile(cache_, ExpressionKind::kCondition, "attribute_not_exists(a)", substitutions);
  EXPECT_TRUE(absent.Holds(nullptr));
}

TEST_F(ConditionTest, KeysAreScalarsAndNoMatterForFilters) {
  auto substitutions = Substitute(ExpressionKind::kFilter);
  const auto filter =
      Condition::Compile(cache_, ExpressionKind::kFilter, "c = :n AND #a[1] = :n", substitutions);
  EXPECT_EQ(
      Refusal([&] { RefuseNestedKeys(filter.Paths(), {"a"}); }),
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: a");
  EXPECT_EQ(Refusal([&] { RefuseNestedKeys(filter.Paths(), {"c"}, {"a"}); }),
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
            "IndexKey: a");
  EXPECT_EQ(Refusal([&] {
              RefuseKeysInFilter(filter.Paths(), {"z", "c"});
            }),
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: c");
  EXPECT_EQ(Refusal([&] { RefuseKeysInFilter(filter.Paths(), {"z"}); }), "");
}

}  // namespace
}  // namespace cumulite::dynamodb

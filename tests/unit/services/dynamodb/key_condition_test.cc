#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

const KeyShape kTable{{{"a", AttributeType::kS}}, {{"b", AttributeType::kN}}};
const KeyShape kHashOnly{{{"a", AttributeType::kS}}, {}};
const KeyShape kTextRange{{{"a", AttributeType::kS}}, {{"b", AttributeType::kS}}};
const KeyShape kMany{{{"h1", AttributeType::kS}, {"h2", AttributeType::kN}},
                     {{"r1", AttributeType::kS}, {"r2", AttributeType::kN}, {"r3", AttributeType::kN}}};

class KeyConditionTest : public ExpressionTest {
 protected:
  KeyConditionTest() {
    SetNames({{"#a", "a"}});
    SetValues(R"({":s":{"S":"abc"},":n":{"N":"5"},":m":{"N":"3"},":e":{"S":""}})");
  }
  /// "a=abc b<5": what is read, or the words of the refusal.
  std::string Read(std::string_view text, const KeyShape& keys) {
    std::string shown;
    const std::string refusal = Refusal([&] {
      auto substitutions = Substitute(ExpressionKind::kKeyCondition);
      const auto condition = KeyCondition::Compile(cache_, text, substitutions);
      const KeyRange range = condition.Resolve(keys);
      for (const AttributeValue* value : range.hash) AppendJson(*value, shown);
      shown += '|';
      for (const AttributeValue* value : range.range) AppendJson(*value, shown);
      if (range.bound == nullptr) return;
      shown += std::string(range.bound->attribute) + "@" + std::to_string(static_cast<int>(range.bound->op));
      AppendJson(*range.bound->value, shown);
      if (range.bound->high != nullptr) AppendJson(*range.bound->high, shown);
    });
    return refusal.empty() ? shown : refusal;
  }
};

TEST_F(KeyConditionTest, GivesAPartitionAndBounds) {
  const std::pair<const char*, const char*> kCases[] = {
      {"a = :s", R"({"S":"abc"}|)"},
      {":s = #a", R"({"S":"abc"}|)"},
      {"(a = :s) AND (b = :n)", R"({"S":"abc"}|{"N":"5"})"},
      {"b < :n AND a = :s", R"({"S":"abc"}|b@1{"N":"5"})"},
      {"a = :s AND :n < b", R"({"S":"abc"}|b@3{"N":"5"})"},
      {"a = :s AND :n >= b", R"({"S":"abc"}|b@2{"N":"5"})"},
      {"a = :s AND b between :m and :n", R"({"S":"abc"}|b@5{"N":"3"}{"N":"5"})"},
  };
  for (const auto& [text, read] : kCases) EXPECT_EQ(Read(text, kTable), read) << text;
  EXPECT_EQ(Read("a = :s AND begins_with(b, :s)", kTextRange), R"({"S":"abc"}|b@6{"S":"abc"})");
}

TEST_F(KeyConditionTest, RefusesInAwsWords) {
  const std::pair<const char*, const char*> kCases[] = {
      {"a = :s OR b = :n", "Invalid operator used in KeyConditionExpression: OR"},
      {"NOT a = :s", "Invalid operator used in KeyConditionExpression: NOT"},
      {"a <> :s", "Invalid operator used in KeyConditionExpression: <>"},
      {"a IN (:s)", "Invalid operator used in KeyConditionExpression: IN"},
      {"attribute_exists(a)", "Invalid operator used in KeyConditionExpression: attribute_exists"},
      {"a = :s AND a = :s", "KeyConditionExpressions must only contain one condition per key"},
      {"a.b = :s", "KeyConditionExpressions cannot have conditions on nested attributes"},
      {":s = :s", "Invalid condition in KeyConditionExpression: No key attribute specified"},
      {"a = b",
       "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"},
      {":m BETWEEN b AND :n",
       "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its "
       "first "
       "operand"},
      {"b = :n", "Query condition missed key schema element: a"},
      {"a = :s AND c = :n", "Query condition missed key schema element: b"},
      {"a > :s", "Query key condition not supported"},
      {"a = :n",
       "One or more parameter values were invalid: Condition parameter type does not match schema type"},
      {"a = :s AND b = :s",
       "One or more parameter values were invalid: Condition parameter type does not match schema type"},
      {"a = :e",
       "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
       "empty "
       "string value. Key: a"},
      {"a = :s AND abort = :n",
       "Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved keyword: abort"},
      {"a = ", R"(Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "=")"},
  };
  for (const auto& [text, refusal] : kCases) EXPECT_EQ(Read(text, kTable), refusal) << text;
  EXPECT_EQ(Read("a = :s AND b = :n", kHashOnly), "Query key condition not supported");
}

TEST_F(KeyConditionTest, KeysOfManyAttributesAreGivenFromTheLeft) {
  constexpr std::string_view kHash = "h1 = :s AND h2 = :n";
  const auto read = [&](std::string_view rest) { return Read(std::string(kHash).append(rest), kMany); };
  EXPECT_EQ(read(""), R"({"S":"abc"}{"N":"5"}|)");
  EXPECT_EQ(read(" AND r1 = :s AND r2 > :m"), R"({"S":"abc"}{"N":"5"}|{"S":"abc"}r2@3{"N":"3"})");
  EXPECT_EQ(read(" AND r3 = :n AND r2 = :m AND r1 = :s"),
            R"({"S":"abc"}{"N":"5"}|{"S":"abc"}{"N":"3"}{"N":"5"})");
  EXPECT_EQ(Read("h1 = :s", kMany),
            "Query key condition must give every HASH key attribute by equality; key attribute: h2");
  const std::string gap =
      "Query key condition must give RANGE key attributes in the order of the key, all but the last by "
      "equality";
  EXPECT_EQ(read(" AND r2 = :n"), gap);
  EXPECT_EQ(read(" AND r1 > :s AND r2 = :n"), gap) << "a range operator ends it";
}

}  // namespace
}  // namespace cumulite::dynamodb

#include "services/dynamodb/expressions/reserved_words.h"
#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

using Given = Substitutions::Given;

class SubstitutionsTest : public ExpressionTest {
 protected:
  std::string Problem(std::initializer_list<Given> expressions) {
    return Refusal([&] { Substitutions(names_, values_, expressions); });
  }
};

TEST_F(SubstitutionsTest, NeedAnExpression) {
  constexpr Given kNoCondition{ExpressionKind::kCondition, false};
  constexpr Given kNoFilter{ExpressionKind::kFilter, false};
  SetNames({{"#a", "a"}});
  EXPECT_EQ(Problem({kNoCondition}), "ExpressionAttributeNames can only be specified when using expressions");
  EXPECT_EQ(Problem({{ExpressionKind::kProjection, true}}), "");
  SetValues(R"({":a":{"S":"a"}})");
  EXPECT_EQ(Problem({kNoFilter, {ExpressionKind::kKeyCondition, false}, {ExpressionKind::kProjection, true}}),
            "ExpressionAttributeValues can only be specified when using expressions: FilterExpression and "
            "KeyConditionExpression are null");
  names_.reset();
  EXPECT_EQ(
      Problem({kNoCondition}),
      "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null");
  EXPECT_EQ(Problem({{ExpressionKind::kUpdate, false}, kNoCondition}),
            "ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and "
            "ConditionExpression are null");
}

TEST_F(SubstitutionsTest, KeysHaveASignAndLetters) {
  constexpr Given kCondition{ExpressionKind::kCondition, true};
  SetNames({});
  EXPECT_EQ(Problem({kCondition}), "ExpressionAttributeNames must not be empty");
  SetNames({{"a", "a"}});
  EXPECT_EQ(Problem({kCondition}),
            R"(ExpressionAttributeNames contains invalid key: Syntax error; key: "a")");
  SetNames({{"#", "a"}});
  EXPECT_EQ(Problem({kCondition}),
            R"(ExpressionAttributeNames contains invalid key: Syntax error; key: "#")");
  SetNames({{"#a", "x"}});
  SetValues("{}");
  EXPECT_EQ(Problem({kCondition}), "ExpressionAttributeValues must not be empty");
  SetValues(R"({":a-b":{"S":"a"}})");
  EXPECT_EQ(Problem({kCondition}),
            R"(ExpressionAttributeValues contains invalid key: Syntax error; key: ":a-b")");
  values_->problem = "Supplied AttributeValue is empty";
  values_->problem_name = ":b";
  EXPECT_EQ(Problem({kCondition}),
            "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty for key :b");
}

TEST_F(SubstitutionsTest, WhatNoExpressionMentionsIsRefused) {
  SetNames({{"#a", "a"}, {"#b", "b"}, {"#c", "c"}});
  SetValues(R"({":a":{"S":"a"},":b":{"S":"b"}})");
  EXPECT_EQ(ConditionRefusal("#c = :a"),
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}");
  EXPECT_EQ(ConditionRefusal("#c = :a AND (#a = :a OR #b = :a OR #a = :a)"),
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}");
  Substitutions both(names_, values_, {{ExpressionKind::kUpdate, true}, {ExpressionKind::kCondition, true}});
  Update::Compile(cache_, "SET #a = :a", both);
  Condition::Compile(cache_, ExpressionKind::kCondition, "#a = :b OR #b = :b OR #c = :b", both);
  EXPECT_EQ(Refusal([&] { both.RefuseUnused(); }), "") << "used in any expression of the request";
}

TEST(ReservedWordsTest, CaseDoesNotMatter) {
  for (const char* word : {"ABORT", "zone", "Status", "asensitive", "AsYmMeTrIc"})
    EXPECT_TRUE(IsReservedWord(word)) << word;
  for (const char* word : {"", "a", "abor", "aborts", "zones", "id", "averyverylongwordindeed", "#status"}) {
    EXPECT_FALSE(IsReservedWord(word)) << word;
  }
}

TEST_F(SubstitutionsTest, OneTextServesManyRequests) {
  SetValues(R"({":a":{"N":"1"}})");
  EXPECT_TRUE(Holds("a = :a", R"({"a":{"N":"1"}})"));
  SetValues(R"({":a":{"N":"2"}})");
  EXPECT_FALSE(Holds("a = :a", R"({"a":{"N":"1"}})")) << "the text is kept, not its values";
  for (int i = 0; i < 5000; ++i) {
    cache_.Parse(ExpressionKind::kCondition, "a = :a OR b" + std::to_string(i) + " = :a");
  }
  EXPECT_TRUE(Holds("a = :a", R"({"a":{"N":"2"}})"));
}

}  // namespace
}  // namespace cumulite::dynamodb

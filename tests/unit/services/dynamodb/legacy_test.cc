#include "services/dynamodb/legacy/legacy_parameters.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/update_item.h"
#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

class LegacyTest : public ExpressionTest {
 protected:
  /// A value as DynamoDB JSON.
  static ValueInput Value(const std::string& json) {
    return {.value = *Item("{\"v\":" + json + "}").Find("v")};
  }
  static std::vector<ValueInput> Values(std::initializer_list<const char*> values) {
    std::vector<ValueInput> list;
    for (const char* value : values) list.push_back(Value(value));
    return list;
  }
  static AttributeConditions Where(const char* op, std::initializer_list<const char*> values) {
    return {{"a", {.attribute_value_list = Values(values), .comparison_operator = op}}};
  }
  static bool Holds(const char* op, std::initializer_list<const char*> values, std::string_view item) {
    const AttributeConditions filter = Where(op, values);
    return ConditionOf(filter, std::nullopt).Holds(Item(item));
  }
  static std::string ExpectedProblem(const ExpectedAttributeValue& entry) {
    const std::string refusal = Refusal([&] {
      const Expected expected = {{"a", entry}};
      ConditionOf(expected, std::nullopt);
    });
    EXPECT_TRUE(refusal.empty() || refusal.starts_with(kInvalid)) << refusal;
    return refusal.empty() ? "" : refusal.substr(kInvalid.size());
  }
  static std::string Updated(const AttributeUpdates& updates, std::string_view item) {
    std::string json;
    const std::string refusal = Refusal([&] {
      const AttributeMap old = Item(item);
      json = ToJson(UpdateOf(updates).Apply(&old, AttributeMap()));
    });
    return refusal.empty() ? json : refusal;
  }
};

constexpr const char* kOne = R"({"N":"1"})";
constexpr const char* kTwo = R"({"N":"2"})";
constexpr const char* kText = R"({"S":"x"})";
constexpr const char* kSet = R"({"SS":["x"]})";

TEST_F(LegacyTest, ExpectedEntriesMustNotContradictThemselves) {
  EXPECT_EQ(ExpectedProblem({}), "Value must be provided when Exists is null for Attribute: a");
  EXPECT_EQ(ExpectedProblem({.exists = true}), "Value must be provided when Exists is true for Attribute: a");
  EXPECT_EQ(ExpectedProblem({.value = Value(kOne), .exists = false}),
            "Value cannot be used when Exists is false for Attribute: a");
  EXPECT_EQ(ExpectedProblem({.comparison_operator = "LT"}),
            "Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a");
  EXPECT_EQ(ExpectedProblem({.value = Value(kOne), .exists = true, .comparison_operator = "LT"}),
            "Exists and ComparisonOperator cannot be used together for Attribute: a");
  EXPECT_EQ(ExpectedProblem(
                {.value = Value(kOne), .comparison_operator = "LT", .attribute_value_list = Values({kOne})}),
            "Value and AttributeValueList cannot be used together for Attribute: a");
  EXPECT_EQ(ExpectedProblem({.attribute_value_list = Values({kOne})}),
            "AttributeValueList can only be used with a ComparisonOperator for Attribute: a");
  EXPECT_EQ(ExpectedProblem({.exists = false}), "");
  EXPECT_EQ(ExpectedProblem({.comparison_operator = "NULL"}), "");
}

TEST_F(LegacyTest, OperatorsTakeTheirArguments) {
  const auto problem = [](const char* op, std::initializer_list<const char*> values) {
    const AttributeConditions filter = Where(op, values);
    const std::string refusal = Refusal([&] { ConditionOf(filter, std::nullopt); });
    return refusal.empty() ? "" : refusal.substr(kInvalid.size());
  };
  for (const char* op : {"EQ", "NE", "LE", "LT", "GE", "GT", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH"}) {
    const std::string words =
        "Invalid number of argument(s) for the " + std::string(op) + " ComparisonOperator";
    EXPECT_EQ(problem(op, {}), words);
    EXPECT_EQ(problem(op, {kText, kText}), words);
    EXPECT_EQ(problem(op, {kText}), "");
  }
  EXPECT_EQ(problem("BETWEEN", {kOne}), "Invalid number of argument(s) for the BETWEEN ComparisonOperator");
  EXPECT_EQ(problem("IN", {}), "Invalid number of argument(s) for the IN ComparisonOperator");
  EXPECT_EQ(problem("NULL", {kOne}), "Invalid number of argument(s) for the NULL ComparisonOperator");
  EXPECT_EQ(problem("LT", {kSet}), "ComparisonOperator LT is not valid for SS AttributeValue type");
  EXPECT_EQ(problem("BEGINS_WITH", {kOne}),
            "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
  EXPECT_EQ(problem("IN", {kOne, kText}), "AttributeValues inside AttributeValueList must be of same type");
  EXPECT_EQ(
      problem("BETWEEN", {kTwo, kOne}),
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
}

TEST_F(LegacyTest, OperatorsLookAtItems) {
  constexpr std::string_view kItem = R"({"a":{"N":"1"}})";
  EXPECT_TRUE(Holds("EQ", {kOne}, kItem));
  EXPECT_TRUE(Holds("NE", {kTwo}, kItem));
  EXPECT_TRUE(Holds("NE", {kTwo}, "{}"));
  EXPECT_TRUE(Holds("BETWEEN", {kOne, kTwo}, kItem));
  EXPECT_TRUE(Holds("IN", {kTwo, kOne}, kItem));
  EXPECT_TRUE(Holds("NULL", {}, "{}"));
  EXPECT_TRUE(Holds("NOT_NULL", {}, kItem));
  EXPECT_TRUE(Holds("LT", {kTwo}, kItem));
  EXPECT_FALSE(Holds("LT", {kTwo}, "{}"));
  EXPECT_TRUE(Holds("CONTAINS", {kText}, R"({"a":{"SS":["x","y"]}})"));
  EXPECT_FALSE(Holds("NOT_CONTAINS", {kText}, R"({"a":{"S":"yxy"}})"));
  EXPECT_TRUE(Holds("NOT_CONTAINS", {kText}, R"({"a":{"S":"y"}})"));
  EXPECT_FALSE(Holds("NOT_CONTAINS", {kText}, "{}")) << "there is nothing to look into";
  EXPECT_TRUE(Holds("BEGINS_WITH", {kText}, R"({"a":{"S":"xy"}})"));
}

TEST_F(LegacyTest, ConditionsAreJoinedByAndUnlessOrIsAskedFor) {
  const Expected expected = {{"a", {.value = Value(kOne)}}, {"b", {.exists = false}}};
  constexpr std::string_view kItem = R"({"a":{"N":"2"}})";
  EXPECT_FALSE(ConditionOf(expected, std::nullopt).Holds(Item(kItem)));
  EXPECT_FALSE(ConditionOf(expected, "AND").Holds(Item(kItem)));
  EXPECT_TRUE(ConditionOf(expected, "OR").Holds(Item(kItem)));
  const Expected none;
  EXPECT_TRUE(ConditionOf(none, "OR").Holds(Item(kItem)));
  EXPECT_EQ(Refusal([] { CheckConditionalOperator("AND", false); }),
            "One or more parameter values were invalid: ConditionalOperator cannot be used without Filter or "
            "Expected");
}

TEST_F(LegacyTest, AttributeUpdates) {
  const auto update = [](const char* action, const char* value) {
    ValueInputUpdate entry{.action = action};
    if (value != nullptr) entry.value = Value(value);
    return AttributeUpdates{{"a", entry}};
  };
  EXPECT_EQ(Updated({{"a", {.value = Value(kOne)}}}, "{}"), R"({"a":{"N":"1"}})") << "PUT is the default";
  EXPECT_EQ(Updated(update("ADD", kOne), R"({"a":{"N":"1"}})"), R"({"a":{"N":"2"}})");
  EXPECT_EQ(Updated(update("ADD", R"({"L":[{"N":"2"}]})"), R"({"a":{"L":[{"N":"1"}]}})"),
            R"({"a":{"L":[{"N":"1"},{"N":"2"}]}})");
  EXPECT_EQ(Updated(update("DELETE", nullptr), R"({"a":{"N":"1"}})"), "{}");
  EXPECT_EQ(Updated(update("DELETE", kSet), R"({"a":{"SS":["x"]}})"), "{}");
  EXPECT_EQ(Updated(update("ADD", kSet), R"({"a":{"N":"1"}})"), "Type mismatch for attribute to update");
  EXPECT_EQ(
      Updated(update("PUT", nullptr), "{}"),
      "One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is "
      "specified");
  EXPECT_EQ(
      Updated(update("DELETE", kText), "{}"),
      "One or more parameter values were invalid: DELETE action with value is not supported for the type S");
  EXPECT_EQ(Updated(update("ADD", kText), "{}"),
            "One or more parameter values were invalid: ADD action is not supported for the type S");
}

TEST_F(LegacyTest, KeyConditions) {
  const KeyShape keys{{{"a", AttributeType::kN}}, {}};
  const auto refusal = [&](const AttributeConditions& conditions) {
    return Refusal([&] { KeyConditionOf(conditions).Resolve(keys); });
  };
  EXPECT_EQ(refusal(Where("EQ", {kOne})), "");
  EXPECT_EQ(refusal({}), "Conditions can be of length 1 or 2 only");
  EXPECT_EQ(refusal(Where("NE", {kOne})), "Attempted conditional constraint is not an indexable operation");
  EXPECT_EQ(refusal(Where("LT", {kOne})), "Query key condition not supported");
  EXPECT_EQ(refusal(Where("EQ", {kText})),
            "One or more parameter values were invalid: Condition parameter type does not match schema type");
  EXPECT_EQ(Refusal([&] { RefuseKeysInQueryFilter(Where("EQ", {kOne}), {"a"}); }),
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: a");
}

TEST_F(LegacyTest, StylesMustNotMix) {
  EXPECT_EQ(Refusal([] {
              RefuseMixedStyles({{"AttributesToGet", true}, {"QueryFilter", false}, {"KeyConditions", true}},
                                {{"ProjectionExpression", false}, {"FilterExpression", true}});
            }),
            "Can not use both expression and non-expression parameters in the same request: Non-expression "
            "parameters: {AttributesToGet, KeyConditions} Expression parameters: {FilterExpression}");
  EXPECT_EQ(Refusal([] { RefuseMixedStyles({{"Expected", true}}, {{"ConditionExpression", false}}); }), "");
}

}  // namespace
}  // namespace cumulite::dynamodb

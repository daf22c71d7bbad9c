#pragma once
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/expression_cache.h"
#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

/// One request's names and values, and what its expressions come to.
class ExpressionTest : public ::testing::Test {
 protected:
  using Names = Substitutions::Names;

  void SetNames(Names names) { names_ = std::move(names); }
  /// DynamoDB JSON.
  void SetValues(std::string_view json) {
    values_.emplace();
    values_->attributes = Item(json);
  }
  static AttributeMap Item(std::string_view json) {
    padded_ = std::string(json) + std::string(64, ' ');
    return ParseStoredItem(std::string_view(padded_).substr(0, json.size()));
  }

  /// Runs what may be refused; the words of the refusal, or "".
  template <typename Run>
  static std::string Refusal(Run run) {
    try {
      run();
    } catch (const protocol::AwsError& error) {
      EXPECT_EQ(error.kind().code, "ValidationException");
      return error.message();
    }
    return {};
  }

  Substitutions Substitute(ExpressionKind kind) const {
    return Substitutions(names_, values_, {{kind, true}});
  }

  std::string ConditionRefusal(std::string_view text) {
    return Refusal([&] { Holds(text, "{}"); });
  }
  bool Holds(std::string_view text, std::string_view item) {
    auto substitutions = Substitute(ExpressionKind::kCondition);
    const auto condition = Condition::Compile(cache_, ExpressionKind::kCondition, text, substitutions);
    substitutions.RefuseUnused();
    return condition.Holds(Item(item));
  }

  std::string UpdateRefusal(std::string_view text, std::string_view item = "{}") {
    return Refusal([&] { Updated(text, item); });
  }
  std::string Updated(std::string_view text, std::string_view item) {
    auto substitutions = Substitute(ExpressionKind::kUpdate);
    const auto update = Update::Compile(cache_, text, substitutions);
    substitutions.RefuseUnused();
    const AttributeMap old = Item(item);
    return ToJson(update.Apply(&old, AttributeMap()));
  }

  std::string ProjectionRefusal(std::string_view text) {
    return Refusal([&] { Projected(text, "{}"); });
  }
  std::string Projected(std::string_view text, std::string_view item) {
    auto substitutions = Substitute(ExpressionKind::kProjection);
    const auto projection = Projection::Compile(cache_, text, substitutions);
    substitutions.RefuseUnused();
    return ToJson(projection.Project(Item(item)));
  }

  ExpressionCache cache_;
  std::optional<Names> names_;
  std::optional<ItemInput> values_;

 private:
  static inline std::string padded_;
};

}  // namespace cumulite::dynamodb

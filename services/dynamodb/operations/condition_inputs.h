#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/legacy/legacy_parameters.h"
#include "services/dynamodb/operations/expression_inputs.h"

namespace cumulite::dynamodb {

/// All names of a key.
std::vector<std::string_view> KeyNames(const KeySchema& keys);

/// Errors: ValidationException when the condition looks below a key, which is a scalar.
void RefuseKeysBelow(const Table& table, const std::optional<Condition>& condition);

/// Errors: ValidationException "Duplicate value in attribute name: a".
void RefuseDuplicateNames(const std::vector<std::string>& names);

/// The condition of a request that takes no other expression: PutItem, DeleteItem, actions of transactions.
template <class Request>
std::optional<Condition> ReadConditionExpression(DynamoDbService& dynamodb, const Request& request) {
  std::optional<Condition> condition;
  Substitutions substitutions(request.expression_attribute_names, request.expression_attribute_values,
                              {{ExpressionKind::kCondition, request.condition_expression.has_value()}});
  if (request.condition_expression) {
    condition = Condition::Compile(dynamodb.expressions(), ExpressionKind::kCondition,
                                   *request.condition_expression, substitutions);
  }
  substitutions.RefuseUnused();
  return condition;
}

/// What a request says with Expected and ConditionalOperator.
template <class Request>
std::optional<Condition> ReadExpected(const Request& request) {
  CheckConditionalOperator(request.conditional_operator, request.expected && !request.expected->empty());
  if (!request.expected) return std::nullopt;
  return ConditionOf(*request.expected, request.conditional_operator);
}

/// The condition of a request that may say Expected instead.
template <class Request>
std::optional<Condition> ReadCondition(DynamoDbService& dynamodb, const Request& request) {
  std::optional<Condition> expected = ReadExpected(request);
  std::optional<Condition> condition = ReadConditionExpression(dynamodb, request);
  return expected ? std::move(expected) : std::move(condition);
}

/// The projection of a GetItem, or of one table of a BatchGetItem.
template <class Request>
std::optional<Projection> ReadProjection(DynamoDbService& dynamodb, const Request& request) {
  std::optional<Projection> projection;
  static const std::optional<ItemInput> kNoValues;
  Substitutions substitutions(request.expression_attribute_names, kNoValues,
                              {{ExpressionKind::kProjection, request.projection_expression.has_value()}});
  if (request.projection_expression) {
    projection = Projection::Compile(dynamodb.expressions(), *request.projection_expression, substitutions);
  }
  substitutions.RefuseUnused();
  if constexpr (requires { request.attributes_to_get; }) {
    if (request.attributes_to_get) {
      RefuseDuplicateNames(*request.attributes_to_get);
      projection = Projection::OfNames(*request.attributes_to_get);
    }
  }
  return projection;
}

}  // namespace cumulite::dynamodb

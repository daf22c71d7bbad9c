#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/operations/condition_inputs.h"

namespace cumulite::dynamodb {

/// What a Query or Scan says of the items it wants.
struct ReadExpressions {
  std::optional<KeyCondition> keys;
  std::optional<Condition> filter;
  std::optional<Projection> projection;
  std::string_view projection_name = "ProjectionExpression";
};

/// What KeyConditions and QueryFilter or ScanFilter say instead.
struct LegacyRead {
  std::optional<KeyCondition> keys;
  std::optional<Condition> filter;
};
LegacyRead ReadLegacy(const std::optional<AttributeConditions>& filter,
                      const std::optional<std::string>& conditional_operator);

/// Errors: ValidationException, in AWS's order, for all that is wrong whatever the table is.
template <class Request>
ReadExpressions CompileRead(DynamoDbService& dynamodb, const Request& request,
                            const std::optional<std::string>& key_condition, LegacyRead legacy) {
  ReadExpressions read{.keys = std::move(legacy.keys), .filter = std::move(legacy.filter)};
  // A Query names the filter before the key condition where it has values without either.
  Substitutions substitutions = requires { request.key_condition_expression; }
  ? Substitutions(request.expression_attribute_names, request.expression_attribute_values,
                  {{ExpressionKind::kFilter, request.filter_expression.has_value()},
                   {ExpressionKind::kKeyCondition, key_condition.has_value()},
                   {ExpressionKind::kProjection, request.projection_expression.has_value()}})
  : Substitutions(request.expression_attribute_names, request.expression_attribute_values,
                  {{ExpressionKind::kFilter, request.filter_expression.has_value()},
                   {ExpressionKind::kProjection, request.projection_expression.has_value()}});
  ExpressionCache& cache = dynamodb.expressions();
  if (key_condition) read.keys = KeyCondition::Compile(cache, *key_condition, substitutions);
  if (request.filter_expression) {
    read.filter =
        Condition::Compile(cache, ExpressionKind::kFilter, *request.filter_expression, substitutions);
  }
  if (request.projection_expression) {
    read.projection = Projection::Compile(cache, *request.projection_expression, substitutions);
  }
  substitutions.RefuseUnused();
  if (request.attributes_to_get) {
    RefuseDuplicateNames(*request.attributes_to_get);
    read.projection = Projection::OfNames(*request.attributes_to_get);
    read.projection_name = "AttributesToGet";
  }
  return read;
}

enum class FilterOnKeys : std::uint8_t { kAllowed, kRefused };

/// Errors: ValidationException for paths below keys, and for a filter of a Query on keys.
void RefuseKeysInRead(const Table& table, const Index* index, const ReadExpressions& read, FilterOnKeys keys);

/// Errors: ValidationException for faults inside an ExclusiveStartKey.
void RefuseStartKeyValues(const ItemInput& key);

}  // namespace cumulite::dynamodb

#include "services/dynamodb/operations/query.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/expressions/operand_checks.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/key_rows.h"
#include "services/dynamodb/operations/read_expressions.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

/// "{p=AttributeValue: {S:x}}"
std::string ShownKey(const AttributeMap& key) {
  std::string text;
  for (const auto& [name, value] : key) {
    text.append(text.empty() ? "{" : ", ").append(name).append("=").append(Shown(value));
  }
  return text + "}";
}

/// The row behind which a page goes on.
std::string StartRow(const Table& table, const Index* index, const KeyRange& wanted, const RowRange& range,
                     const AttributeMap& key) {
  const std::string row = RowOfStartKey(table, index, key);
  if (index == nullptr && table.keys.range.empty()) {
    throw Invalid("The provided exclusive start key is invalid: ExclusiveStartKey: " + ShownKey(key));
  }
  const bool single = index == nullptr && wanted.range.size() == table.keys.range.size();
  if (single) {
    throw Invalid(
        "The provided starting key is invalid: The query can return at most one row and cannot be restarted");
  }
  const std::string partition = BeginningOf({.hash = wanted.hash, .range = {}, .bound = nullptr});
  if (!row.starts_with(partition)) {
    throw Invalid("The provided starting key is outside query boundaries based on provided conditions");
  }
  if (row < range.first || (!range.end.empty() && row >= range.end)) {
    throw Invalid("The provided starting key does not match the range key predicate");
  }
  return row;
}

void RefuseMixture(const QueryRequest& request) {
  // KeyConditions go with the other expressions, but not with that of the key.
  const bool mixes_keys = request.key_conditions && request.key_condition_expression;
  const bool any_legacy = request.attributes_to_get || request.query_filter || request.conditional_operator;
  if (!mixes_keys && !any_legacy) return;
  RefuseMixedStyles({{"AttributesToGet", request.attributes_to_get.has_value()},
                     {"QueryFilter", request.query_filter.has_value()},
                     {"ConditionalOperator", request.conditional_operator.has_value()},
                     {"KeyConditions", request.key_conditions.has_value()}},
                    {{"ProjectionExpression", request.projection_expression.has_value()},
                     {"FilterExpression", request.filter_expression.has_value()},
                     {"KeyConditionExpression", request.key_condition_expression.has_value()}});
}

}  // namespace

protocol::Members QueryRequest::Describe() {
  using T = QueryRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::index_name>("IndexName").Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::select>("Select").Values(kSelect),
      Wire<&T::attributes_to_get>("AttributesToGet").Length(1, protocol::kNoMaximum),
      Wire<&T::limit>("Limit").Range(1, protocol::kNoMaximum),
      Wire<&T::consistent_read>("ConsistentRead"),
      Wire<&T::key_conditions>("KeyConditions"),
      Wire<&T::query_filter>("QueryFilter"),
      Wire<&T::conditional_operator>("ConditionalOperator").Values(kConditionalOperator),
      Wire<&T::scan_index_forward>("ScanIndexForward"),
      Wire<&T::exclusive_start_key>("ExclusiveStartKey"),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::projection_expression>("ProjectionExpression"),
      Wire<&T::filter_expression>("FilterExpression"),
      Wire<&T::key_condition_expression>("KeyConditionExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
      Wire<&T::expression_attribute_values>("ExpressionAttributeValues"),
  };
  return kMembers;
}

protocol::Members QueryResponse::Describe() {
  using T = QueryResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::items>("Items"),
      Wire<&T::count>("Count"),
      Wire<&T::scanned_count>("ScannedCount"),
      Wire<&T::last_evaluated_key>("LastEvaluatedKey"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<QueryResponse> Query(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                   QueryRequest request) {
  RefuseMixture(request);
  if (request.exclusive_start_key) RefuseStartKeyValues(*request.exclusive_start_key);
  LegacyRead legacy = ReadLegacy(request.query_filter, request.conditional_operator);
  if (request.key_conditions) legacy.keys = KeyConditionOf(*request.key_conditions);
  const ReadExpressions read =
      CompileRead(dynamodb, request, request.key_condition_expression, std::move(legacy));
  if (!read.keys) {
    throw Invalid(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  }
  const bool consistent = request.consistent_read.value_or(false);
  const TablePtr table =
      RequireTable(dynamodb, context, request.table_name, {.index = request.index_name.value_or("")});
  const Index* index = RequireIndex(*table, request.index_name, consistent);
  const Selected selected =
      ReadSelect(request.select, read.projection.has_value(), index != nullptr, read.projection_name);
  const KeySchema& keys = index == nullptr ? table->keys : index->keys;
  const KeyRange wanted = read.keys->Resolve(ShapeOf(keys));
  if (request.query_filter) RefuseKeysInQueryFilter(*request.query_filter, KeyNames(keys));
  RefuseKeysInRead(*table, index, read, FilterOnKeys::kRefused);
  PageRequest page{
      .table = table.get(),
      .index = index,
      .range = RangeOf(wanted),
      .limit = request.limit,
      .filter = read.filter ? &*read.filter : nullptr,
      .projection = read.projection ? &*read.projection : nullptr,
      .count_only = selected == Selected::kCount,
      .whole_items = FetchesFromTable(index, selected, read.projection ? &*read.projection : nullptr),
      .consistent = consistent};
  page.range.forward = request.scan_index_forward.value_or(true);
  if (request.exclusive_start_key) {
    page.range.after = StartRow(*table, index, wanted, page.range, request.exclusive_start_key->attributes);
  }
  RequireReadCapacity(dynamodb, *table, index);
  const Page result = ReadPage(dynamodb.items(), page);
  QueryResponse response;
  if (!page.count_only) response.items = RawJson{result.items};
  response.count = static_cast<std::int32_t>(result.count);
  response.scanned_count = static_cast<std::int32_t>(result.scanned);
  if (result.last_key) response.last_evaluated_key = RawJson{ToJson(*result.last_key)};
  const ReadCost cost = CostOf(page, result, 0);
  ChargeRead(dynamodb, *table, cost);
  response.consumed_capacity = ShowReadCost(request.table_name, cost, request.return_consumed_capacity);
  co_return response;
}

}  // namespace cumulite::dynamodb

#include "services/dynamodb/operations/scan.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/items/key_encoding.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/read_expressions.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

void CheckSegments(const ScanRequest& request) {
  if (request.segment && !request.total_segments) {
    throw Invalid(
        "The TotalSegments parameter is required but was not present in the request when Segment "
        "parameter is present");
  }
  if (!request.segment && request.total_segments) {
    throw Invalid(
        "The Segment parameter is required but was not present in the request when parameter TotalSegments "
        "is present");
  }
  if (request.segment && *request.segment >= *request.total_segments) {
    throw Invalid(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: " +
        std::to_string(*request.segment) +
        " is not less than TotalSegments: " + std::to_string(*request.total_segments));
  }
}

/// The rows of the segment behind the start key; false when it can have none.
bool LimitToSegment(const ScanRequest& request, const Table& table, const Index* index, RowRange& range) {
  if (request.exclusive_start_key) {
    range.after = RowOfStartKey(table, index, request.exclusive_start_key->attributes);
  }
  if (!request.segment) return true;
  SegmentRange segment = RangeOfSegment(*request.segment, *request.total_segments);
  range.first = std::move(segment.first);
  range.end = std::move(segment.end);
  const bool outside =
      !range.after.empty() && (range.after < range.first || (!range.end.empty() && range.after >= range.end));
  if (outside) {
    throw Invalid(
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
        "correct Segment. TotalSegments: " +
        std::to_string(*request.total_segments) + " Segment: " + std::to_string(*request.segment));
  }
  return !segment.empty;
}

}  // namespace

protocol::Members ScanRequest::Describe() {
  using T = ScanRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::index_name>("IndexName").Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::attributes_to_get>("AttributesToGet").Length(1, protocol::kNoMaximum),
      Wire<&T::limit>("Limit").Range(1, protocol::kNoMaximum),
      Wire<&T::select>("Select").Values(kSelect),
      Wire<&T::scan_filter>("ScanFilter"),
      Wire<&T::conditional_operator>("ConditionalOperator").Values(kConditionalOperator),
      Wire<&T::exclusive_start_key>("ExclusiveStartKey"),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::total_segments>("TotalSegments").Range(1, 1'000'000),
      Wire<&T::segment>("Segment").Range(0, 999'999),
      Wire<&T::projection_expression>("ProjectionExpression"),
      Wire<&T::filter_expression>("FilterExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
      Wire<&T::expression_attribute_values>("ExpressionAttributeValues"),
      Wire<&T::consistent_read>("ConsistentRead"),
  };
  return kMembers;
}

protocol::Members ScanResponse::Describe() {
  using T = ScanResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::items>("Items"),
      Wire<&T::count>("Count"),
      Wire<&T::scanned_count>("ScannedCount"),
      Wire<&T::last_evaluated_key>("LastEvaluatedKey"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<ScanResponse> Scan(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                 ScanRequest request) {
  RefuseMixedStyles({{"AttributesToGet", request.attributes_to_get.has_value()},
                     {"ScanFilter", request.scan_filter.has_value()},
                     {"ConditionalOperator", request.conditional_operator.has_value()}},
                    {{"ProjectionExpression", request.projection_expression.has_value()},
                     {"FilterExpression", request.filter_expression.has_value()}});
  if (request.exclusive_start_key) RefuseStartKeyValues(*request.exclusive_start_key);
  LegacyRead legacy = ReadLegacy(request.scan_filter, request.conditional_operator);
  CheckSegments(request);
  const ReadExpressions read = CompileRead(dynamodb, request, std::nullopt, std::move(legacy));
  const bool consistent = request.consistent_read.value_or(false);
  const TablePtr table =
      RequireTable(dynamodb, context, request.table_name, {.index = request.index_name.value_or("")});
  const Index* index = RequireIndex(*table, request.index_name, consistent);
  const Selected selected =
      ReadSelect(request.select, read.projection.has_value(), index != nullptr, read.projection_name);
  RefuseKeysInRead(*table, index, read, FilterOnKeys::kAllowed);
  PageRequest page{
      .table = table.get(),
      .index = index,
      .range = {},
      .limit = request.limit,
      .filter = read.filter ? &*read.filter : nullptr,
      .projection = read.projection ? &*read.projection : nullptr,
      .count_only = selected == Selected::kCount,
      .whole_items = FetchesFromTable(index, selected, read.projection ? &*read.projection : nullptr),
      .consistent = consistent};
  const bool nothing = !LimitToSegment(request, *table, index, page.range);
  RequireReadCapacity(dynamodb, *table, index);
  const Page result = nothing ? Page{.items = "[]"} : ReadPage(dynamodb.items(), page);
  ScanResponse response;
  if (!page.count_only) response.items = RawJson{result.items};
  response.count = static_cast<std::int32_t>(result.count);
  response.scanned_count = static_cast<std::int32_t>(result.scanned);
  if (result.last_key) response.last_evaluated_key = RawJson{ToJson(*result.last_key)};
  // A table on demand has four partitions from the start, and a Scan visits each.
  const double partitions = table->on_demand() && index == nullptr && !request.segment ? 4 : 0;
  const double minimum = consistent ? partitions : partitions / 2;
  const ReadCost cost = CostOf(page, result, minimum);
  ChargeRead(dynamodb, *table, cost);
  response.consumed_capacity = ShowReadCost(request.table_name, cost, request.return_consumed_capacity);
  co_return response;
}

}  // namespace cumulite::dynamodb

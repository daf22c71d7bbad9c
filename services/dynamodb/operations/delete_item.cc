#include "services/dynamodb/operations/delete_item.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members DeleteItemRequest::Describe() {
  using T = DeleteItemRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::key>("Key").Required(),
      Wire<&T::expected>("Expected"),
      Wire<&T::conditional_operator>("ConditionalOperator").Values(kConditionalOperator),
      Wire<&T::return_values>("ReturnValues").Values(kReturnValue),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::return_item_collection_metrics>("ReturnItemCollectionMetrics")
          .Values(kReturnItemCollectionMetrics),
      Wire<&T::condition_expression>("ConditionExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
      Wire<&T::expression_attribute_values>("ExpressionAttributeValues"),
      Wire<&T::return_values_on_condition_check_failure>("ReturnValuesOnConditionCheckFailure")
          .Values(kReturnValuesOnConditionCheckFailure),
  };
  return kMembers;
}

protocol::Members DeleteItemResponse::Describe() {
  using T = DeleteItemResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
      Wire<&T::item_collection_metrics>("ItemCollectionMetrics"),
  };
  return kMembers;
}

runtime::Task<DeleteItemResponse> DeleteItem(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             DeleteItemRequest request) {
  const auto& wanted = request.return_values;
  RefuseMixedStyles({{"Expected", request.expected.has_value()},
                     {"ConditionalOperator", request.conditional_operator.has_value()}},
                    {{"ConditionExpression", request.condition_expression.has_value()}});
  RefuseBadValues(request.key);
  if (wanted && *wanted != "ALL_OLD" && *wanted != "NONE")
    throw Invalid("ReturnValues can only be ALL_OLD or NONE");
  const std::optional<Condition> condition = ReadCondition(dynamodb, request);
  const TablePtr table = RequireTable(dynamodb, context, request.table_name);
  RefuseKeysBelow(*table, condition);
  WriteAction action = KeyAction(WriteKind::kDelete, table, std::move(request.key.attributes));
  if (condition) action.condition = &*condition;
  runtime::Task<WriteResult> run =
      RunWrite(dynamodb, action, request.return_values_on_condition_check_failure == "ALL_OLD");
  WriteResult result = co_await run;
  DeleteItemResponse response;
  response.attributes = ShowValues(action, result, wanted);
  response.consumed_capacity = ShowCost(request.table_name, result.cost, request.return_consumed_capacity);
  response.item_collection_metrics =
      ShowCollection(*table, action.item, request.return_item_collection_metrics);
  co_return response;
}

}  // namespace cumulite::dynamodb

#include "services/dynamodb/operations/update_item.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kAttributeAction[] = {"ADD", "PUT", "DELETE"};

}  // namespace

protocol::Members ValueInputUpdate::Describe() {
  using T = ValueInputUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::value>("Value"),
      Wire<&T::action>("Action").Values(kAttributeAction),
  };
  return kMembers;
}

protocol::Members UpdateItemRequest::Describe() {
  using T = UpdateItemRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::key>("Key").Required(),
      Wire<&T::attribute_updates>("AttributeUpdates"),
      Wire<&T::expected>("Expected"),
      Wire<&T::conditional_operator>("ConditionalOperator").Values(kConditionalOperator),
      Wire<&T::return_values>("ReturnValues").Values(kReturnValue),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::return_item_collection_metrics>("ReturnItemCollectionMetrics")
          .Values(kReturnItemCollectionMetrics),
      Wire<&T::update_expression>("UpdateExpression"),
      Wire<&T::condition_expression>("ConditionExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
      Wire<&T::expression_attribute_values>("ExpressionAttributeValues"),
      Wire<&T::return_values_on_condition_check_failure>("ReturnValuesOnConditionCheckFailure")
          .Values(kReturnValuesOnConditionCheckFailure),
  };
  return kMembers;
}

protocol::Members UpdateItemResponse::Describe() {
  using T = UpdateItemResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
      Wire<&T::item_collection_metrics>("ItemCollectionMetrics"),
  };
  return kMembers;
}

runtime::Task<UpdateItemResponse> UpdateItem(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             UpdateItemRequest request) {
  RefuseMixedStyles({{"AttributeUpdates", request.attribute_updates.has_value()},
                     {"Expected", request.expected.has_value()},
                     {"ConditionalOperator", request.conditional_operator.has_value()}},
                    {{"UpdateExpression", request.update_expression.has_value()},
                     {"ConditionExpression", request.condition_expression.has_value()}});
  RefuseBadValues(request.key);
  std::optional<Update> update;
  // Without any, an item is made of its key.
  if (request.attribute_updates && !request.attribute_updates->empty()) {
    update = UpdateOf(*request.attribute_updates);
  }
  std::optional<Condition> condition = ReadExpected(request);
  Substitutions substitutions(request.expression_attribute_names, request.expression_attribute_values,
                              {{ExpressionKind::kUpdate, request.update_expression.has_value()},
                               {ExpressionKind::kCondition, request.condition_expression.has_value()}});
  if (request.update_expression) {
    update = Update::Compile(dynamodb.expressions(), *request.update_expression, substitutions);
  }
  if (request.condition_expression) {
    condition = Condition::Compile(dynamodb.expressions(), ExpressionKind::kCondition,
                                   *request.condition_expression, substitutions);
  }
  substitutions.RefuseUnused();
  const TablePtr table = RequireTable(dynamodb, context, request.table_name);
  if (update) RefuseKeysInUpdate(update->Targets(), KeyNames(table->keys));
  if (update) RefuseNestedKeys(update->Paths(), KeyNames(table->keys));
  RefuseKeysBelow(*table, condition);
  WriteAction action = KeyAction(WriteKind::kUpdate, table, std::move(request.key.attributes));
  if (condition) action.condition = &*condition;
  if (update) action.update = &*update;
  runtime::Task<WriteResult> run =
      RunWrite(dynamodb, action, request.return_values_on_condition_check_failure == "ALL_OLD");
  WriteResult result = co_await run;
  UpdateItemResponse response;
  response.attributes = ShowValues(action, result, request.return_values);
  response.consumed_capacity = ShowCost(request.table_name, result.cost, request.return_consumed_capacity);
  response.item_collection_metrics =
      ShowCollection(*table, action.item, request.return_item_collection_metrics);
  co_return response;
}

}  // namespace cumulite::dynamodb

#include "services/dynamodb/operations/get_item.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members GetItemRequest::Describe() {
  using T = GetItemRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::key>("Key").Required(),
      Wire<&T::attributes_to_get>("AttributesToGet").Length(1, protocol::kNoMaximum),
      Wire<&T::consistent_read>("ConsistentRead"),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::projection_expression>("ProjectionExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
  };
  return kMembers;
}

protocol::Members GetItemResponse::Describe() {
  using T = GetItemResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::item>("Item"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<GetItemResponse> GetItem(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                       GetItemRequest request) {
  RefuseMixedStyles({{"AttributesToGet", request.attributes_to_get.has_value()}},
                    {{"ProjectionExpression", request.projection_expression.has_value()}});
  RefuseBadValues(request.key);
  const std::optional<Projection> projection = ReadProjection(dynamodb, request);
  const TablePtr table = RequireTable(dynamodb, context, request.table_name);
  if (projection) RefuseNestedKeys(projection->Paths(), KeyNames(table->keys));
  const std::string key = KeyOfRequest(*table, request.key.attributes);
  RequireReadCapacity(dynamodb, *table, nullptr);
  const auto item = dynamodb.items().Get(table->id, key);
  GetItemResponse response;
  if (item)
    response.item =
        RawJson{projection ? ToJson(projection->Project(ParseStoredItem(item->body))) : item->body};
  ReadCost cost;
  cost.table = ReadUnits(item ? item->size : 0, request.consistent_read.value_or(false));
  ChargeRead(dynamodb, *table, cost);
  response.consumed_capacity = ShowReadCost(request.table_name, cost, request.return_consumed_capacity);
  co_return response;
}

}  // namespace cumulite::dynamodb

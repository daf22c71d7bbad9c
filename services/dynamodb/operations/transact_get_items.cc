#include "services/dynamodb/operations/transact_get_items.h"

#include <set>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/operations/transaction.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

struct Row {
  TablePtr table;
  std::string key = {};
};

void RefuseSameItems(const std::vector<Row>& rows) {
  std::set<std::pair<std::int64_t, std::string_view>> seen;
  for (const Row& row : rows) {
    if (!seen.emplace(row.table->id, row.key).second) {
      throw Invalid("Transaction request cannot include multiple operations on one item");
    }
  }
}

}  // namespace

protocol::Members Get::Describe() {
  using T = Get;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required(),
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::projection_expression>("ProjectionExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
  };
  return kMembers;
}

protocol::Members TransactGetItem::Describe() {
  using T = TransactGetItem;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::get>("Get").Required(),
  };
  return kMembers;
}

protocol::Members TransactGetItemsRequest::Describe() {
  using T = TransactGetItemsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::transact_items>("TransactItems").Required().Length(1, 100),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
  };
  return kMembers;
}

protocol::Members TransactGetItemsResponse::Describe() {
  using T = TransactGetItemsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
      Wire<&T::responses>("Responses").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<TransactGetItemsResponse> TransactGetItems(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         TransactGetItemsRequest request) {
  std::vector<std::optional<Projection>> projections;
  for (const TransactGetItem& item : request.transact_items) {
    RefuseBadValues(item.get.key);
    projections.push_back(ReadProjection(dynamodb, item.get));
  }
  std::vector<Row> rows;
  Cancellation cancellation(request.transact_items.size());
  for (std::size_t i = 0; i < request.transact_items.size(); ++i) {
    const Get& get = request.transact_items[i].get;
    rows.push_back({.table = RequireTable(dynamodb, context, get.table_name, {.action = "GetItem"})});
    cancellation.Try(i, [&] { rows.back().key = KeyOfRequest(*rows.back().table, get.key.attributes); });
  }
  cancellation.ThrowIfAny();
  RefuseSameItems(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    cancellation.Try(i, [&] { RequireReadCapacity(dynamodb, *rows[i].table, nullptr); });
  }
  cancellation.ThrowIfAny();
  TransactGetItemsResponse response;
  std::map<std::string, WriteCost> costs;
  const storage::ReadTransaction one_moment(dynamodb.database());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto item = dynamodb.items().Get(rows[i].table->id, rows[i].key);
    ItemResponse& answer = response.responses.emplace_back();
    if (item) {
      answer.item =
          RawJson{projections[i] ? ToJson(projections[i]->Project(ParseStoredItem(item->body))) : item->body};
    }
    // Transactional reads cost twice the units of consistent ones.
    const ReadCost cost{.table = 2 * ReadUnits(item ? item->size : 0, true)};
    costs[request.transact_items[i].get.table_name].Add(cost);
    ChargeRead(dynamodb, *rows[i].table, cost);
  }
  for (const auto& [name, cost] : costs) {
    auto shown = ShowReadCost(name, cost, request.return_consumed_capacity);
    if (!shown) continue;
    shown->read_capacity_units = shown->capacity_units;
    if (shown->table) shown->table->read_capacity_units = shown->table->capacity_units;
    response.consumed_capacity.push_back(std::move(*shown));
  }
  co_return response;
}

}  // namespace cumulite::dynamodb

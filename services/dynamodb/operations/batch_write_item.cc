#include "services/dynamodb/operations/batch_write_item.h"

#include <algorithm>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/sizes.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::size_t kMaxWrites = 25;

void CheckRequests(const BatchWriteItemRequest& request) {
  std::size_t count = 0;
  for (const auto& [name, writes] : request.request_items) {
    count += writes.size();
    if (!writes.empty() && writes.size() <= kMaxWrites) continue;
    throw Invalid(
        "1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Map value must "
        "satisfy constraint: [Member must have length less than or equal to 25, Member must have length "
        "greater than or equal to 1]");
  }
  if (count > kMaxWrites) throw Invalid("Too many items requested for the BatchWriteItem call");
  for (const auto& [name, writes] : request.request_items) {
    for (const WriteRequest& write : writes) {
      if (write.put_request.has_value() == write.delete_request.has_value()) {
        throw Invalid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
            "supported datatypes");
      }
      RefuseBadValues(write.put_request ? write.put_request->item : write.delete_request->key);
      if (write.put_request && SizeOf(write.put_request->item.attributes) > kMaxItemSize) {
        throw Invalid("Item size has exceeded the maximum allowed size");
      }
    }
  }
}

struct Batch {
  std::vector<WriteAction> actions;
  std::vector<const std::string*> names;  // of each action's table, as the request names it
};

Batch MakeBatch(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                BatchWriteItemRequest& request) {
  Batch batch;
  for (auto& [name, writes] : request.request_items) {
    const TablePtr table = RequireTable(dynamodb, context, name);
    for (WriteRequest& write : writes) {
      batch.actions.push_back(
          write.put_request
              ? PutAction(table, std::move(write.put_request->item.attributes))
              : KeyAction(WriteKind::kDelete, table, std::move(write.delete_request->key.attributes)));
      batch.names.push_back(&name);
    }
  }
  std::vector<std::pair<std::int64_t, std::string_view>> keys;
  for (const WriteAction& action : batch.actions) keys.emplace_back(action.table->id, action.key);
  std::ranges::sort(keys);
  if (std::ranges::adjacent_find(keys) != keys.end()) {
    throw Invalid("Provided list of item keys contains duplicates");
  }
  return batch;
}

/// An action as the request that it was.
WriteRequest RequestOf(const WriteAction& action) {
  WriteRequest request;
  if (action.kind == WriteKind::kPut) {
    request.put_request.emplace().item.attributes = action.item;
  } else {
    request.delete_request.emplace().key.attributes = action.item;
  }
  return request;
}

}  // namespace

protocol::Members PutRequest::Describe() {
  using T = PutRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::item>("Item").Required(),
  };
  return kMembers;
}

protocol::Members DeleteRequest::Describe() {
  using T = DeleteRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required(),
  };
  return kMembers;
}

protocol::Members WriteRequest::Describe() {
  using T = WriteRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::put_request>("PutRequest"),
      Wire<&T::delete_request>("DeleteRequest"),
  };
  return kMembers;
}

protocol::Members BatchWriteItemRequest::Describe() {
  using T = BatchWriteItemRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::request_items>("RequestItems").Required().Length(1, 25),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::return_item_collection_metrics>("ReturnItemCollectionMetrics")
          .Values(kReturnItemCollectionMetrics),
  };
  return kMembers;
}

protocol::Members BatchWriteItemResponse::Describe() {
  using T = BatchWriteItemResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::unprocessed_items>("UnprocessedItems").KeepEmpty(),
      Wire<&T::item_collection_metrics>("ItemCollectionMetrics"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<BatchWriteItemResponse> BatchWriteItem(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     BatchWriteItemRequest request) {
  CheckRequests(request);
  Batch batch = MakeBatch(dynamodb, context, request);
  runtime::Task<WriteRun> run = RunWrites(dynamodb, batch.actions, Atomicity::kEach);
  const WriteRun done = co_await run;
  const std::vector<WriteResult>& results = done.results;
  // Only throttling refuses some of them; all of them, and it is the answer.
  const bool none = std::ranges::all_of(
      results, [](const WriteResult& result) { return result.decision.error.has_value(); });
  if (none) throw *results.front().decision.error;
  std::map<std::string, WriteCost> costs;
  BatchWriteItemResponse response;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string& name = *batch.names[i];
    if (results[i].decision.error) {
      response.unprocessed_items[name].push_back(RequestOf(batch.actions[i]));
      continue;
    }
    costs[name].Add(results[i].cost);
    const WriteAction& action = batch.actions[i];
    auto metrics = ShowCollection(*action.table, action.item, request.return_item_collection_metrics);
    if (metrics) response.item_collection_metrics[name].push_back(std::move(*metrics));
  }
  for (const auto& [name, cost] : costs) {
    auto shown = ShowCost(name, cost, request.return_consumed_capacity);
    if (shown) response.consumed_capacity.push_back(std::move(*shown));
  }
  co_return response;
}

}  // namespace cumulite::dynamodb

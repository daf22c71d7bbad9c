#include "services/dynamodb/operations/batch_get_item.h"

#include <set>

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
namespace {

constexpr std::size_t kMaxKeys = 100;
constexpr std::int64_t kMaxBytes = 16 * 1024 * 1024;

void CheckRequests(const BatchGetItemRequest& request) {
  std::size_t count = 0;
  for (const auto& [name, wanted] : request.request_items) {
    count += wanted.keys.size();
    RefuseMixedStyles({{"AttributesToGet", wanted.attributes_to_get.has_value()}},
                      {{"ProjectionExpression", wanted.projection_expression.has_value()}});
  }
  if (count > kMaxKeys) throw Invalid("Too many items requested for the BatchGetItem call");
  for (const auto& [name, wanted] : request.request_items) {
    for (const ItemInput& key : wanted.keys) RefuseBadValues(key);
  }
}

/// What is read of one table.
struct TableRead {
  const std::string* name = nullptr;
  const KeysAndAttributes* wanted = nullptr;
  std::optional<Projection> projection;
  TablePtr table = nullptr;
  std::vector<std::string> rows = {};
};

void FindRows(DynamoDbService& dynamodb, const protocol::RequestContext& context, TableRead& read) {
  read.table = RequireTable(dynamodb, context, *read.name);
  if (read.projection) RefuseNestedKeys(read.projection->Paths(), KeyNames(read.table->keys));
  std::set<std::string_view> seen;
  read.rows.reserve(read.wanted->keys.size());
  for (const ItemInput& key : read.wanted->keys) {
    read.rows.push_back(KeyOfRequest(*read.table, key.attributes));
    if (!seen.insert(read.rows.back()).second)
      throw Invalid("Provided list of item keys contains duplicates");
  }
}

/// Leaves a key to a later request.
void LeaveKey(const TableRead& read, std::size_t key, BatchGetItemResponse& response) {
  auto [left, is_new] = response.unprocessed_keys.try_emplace(*read.name, *read.wanted);
  if (is_new) left->second.keys.clear();
  left->second.keys.push_back(read.wanted->keys[key]);
}

/// Adds what was found to the answer, or the keys to what is left once it is full; gives the units.
double ReadRows(DynamoDbService& dynamodb, const TableRead& read, std::int64_t& bytes,
                std::optional<AwsError>& throttled, BatchGetItemResponse& response) {
  const bool consistent = read.wanted->consistent_read.value_or(false);
  std::string& list = response.responses[*read.name].text;
  list = "[";
  double units = 0;
  for (std::size_t i = 0; i < read.rows.size(); ++i) {
    if (auto refusal = dynamodb.throttle().RefuseRead(*read.table, nullptr, dynamodb.NowMs())) {
      LeaveKey(read, i, response);
      throttled = std::move(refusal);
      continue;
    }
    const auto item = dynamodb.items().Get(read.table->id, read.rows[i]);
    if (item && bytes + item->size > kMaxBytes) {
      LeaveKey(read, i, response);
      continue;
    }
    const ReadCost cost{.table = ReadUnits(item ? item->size : 0, consistent)};
    ChargeRead(dynamodb, *read.table, cost);
    units += cost.table;
    if (!item) continue;
    bytes += item->size;
    if (list.size() > 1) list += ',';
    if (read.projection) {
      AppendJson(read.projection->Project(ParseStoredItem(item->body)), list);
    } else {
      list += item->body;
    }
  }
  list += ']';
  return units;
}

}  // namespace

protocol::Members KeysAndAttributes::Describe() {
  using T = KeysAndAttributes;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::keys>("Keys").Required().Length(1, 100),
      Wire<&T::attributes_to_get>("AttributesToGet").Length(1, protocol::kNoMaximum),
      Wire<&T::consistent_read>("ConsistentRead"),
      Wire<&T::projection_expression>("ProjectionExpression"),
      Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
  };
  return kMembers;
}

protocol::Members BatchGetItemRequest::Describe() {
  using T = BatchGetItemRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::request_items>("RequestItems").Required().Length(1, 100),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
  };
  return kMembers;
}

protocol::Members BatchGetItemResponse::Describe() {
  using T = BatchGetItemResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::responses>("Responses").KeepEmpty(),
      Wire<&T::unprocessed_keys>("UnprocessedKeys").KeepEmpty(),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<BatchGetItemResponse> BatchGetItem(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 BatchGetItemRequest request) {
  CheckRequests(request);
  std::vector<TableRead> reads;
  for (const auto& [name, wanted] : request.request_items) {
    reads.push_back({.name = &name, .wanted = &wanted, .projection = ReadProjection(dynamodb, wanted)});
  }
  for (TableRead& read : reads) FindRows(dynamodb, context, read);
  BatchGetItemResponse response;
  std::int64_t bytes = 0;
  std::optional<AwsError> throttled;
  bool any = false;
  for (const TableRead& read : reads) {
    const double units = ReadRows(dynamodb, read, bytes, throttled, response);
    any = any || units > 0;
    ReadCost cost;
    cost.table = units;
    auto shown = ShowReadCost(*read.name, cost, request.return_consumed_capacity);
    if (shown) response.consumed_capacity.push_back(std::move(*shown));
  }
  if (throttled && !any) throw *throttled;  // nothing was read at all
  co_return response;
}

}  // namespace cumulite::dynamodb

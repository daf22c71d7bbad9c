#include "services/dynamodb/operations/transact_write_items.h"

#include <array>
#include <memory>
#include <set>
#include <utility>

#include "protocol/json_codec.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/items/sizes.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/transaction.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::size_t kMaxTransactionBytes = 4 * 1024 * 1024;

/// One action as far as it can be read without its table. Looks into the request.
struct Step {
  WriteKind kind = WriteKind::kCheck;
  const std::string* table_name = nullptr;
  ItemInput* input = nullptr;  // the item or the key
  const ItemInput* values = nullptr;
  std::optional<std::string> shows_item;
  std::unique_ptr<Condition> condition;
  std::unique_ptr<Update> update;
};

template <class Action>
Step ReadAction(DynamoDbService& dynamodb, WriteKind kind, Action& action, ItemInput& input) {
  Step step{.kind = kind, .table_name = &action.table_name, .input = &input};
  step.shows_item = action.return_values_on_condition_check_failure.value_or("NONE");
  if (action.expression_attribute_values) step.values = &*action.expression_attribute_values;
  RefuseBadValues(input);
  const std::optional<std::string> condition(action.condition_expression);
  if constexpr (requires { action.update_expression; }) {
    Substitutions substitutions(
        action.expression_attribute_names, action.expression_attribute_values,
        {{ExpressionKind::kUpdate, true}, {ExpressionKind::kCondition, condition.has_value()}});
    step.update = std::make_unique<Update>(
        Update::Compile(dynamodb.expressions(), action.update_expression, substitutions));
    if (condition) {
      step.condition = std::make_unique<Condition>(
          Condition::Compile(dynamodb.expressions(), ExpressionKind::kCondition, *condition, substitutions));
    }
    substitutions.RefuseUnused();
  } else {
    Substitutions substitutions(action.expression_attribute_names, action.expression_attribute_values,
                                {{ExpressionKind::kCondition, condition.has_value()}});
    if (condition) {
      step.condition = std::make_unique<Condition>(
          Condition::Compile(dynamodb.expressions(), ExpressionKind::kCondition, *condition, substitutions));
    }
    substitutions.RefuseUnused();
  }
  return step;
}

Step ReadStep(DynamoDbService& dynamodb, TransactWriteItem& item) {
  const int given = item.condition_check.has_value() + item.put.has_value() + item.delete_.has_value() +
                    item.update.has_value();
  if (given != 1) {
    throw Invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  if (item.put) return ReadAction(dynamodb, WriteKind::kPut, *item.put, item.put->item);
  if (item.delete_) return ReadAction(dynamodb, WriteKind::kDelete, *item.delete_, item.delete_->key);
  if (item.update) return ReadAction(dynamodb, WriteKind::kUpdate, *item.update, item.update->key);
  return ReadAction(dynamodb, WriteKind::kCheck, *item.condition_check, item.condition_check->key);
}

/// What IAM calls it.
std::string_view PermissionFor(WriteKind kind) {
  switch (kind) {
    case WriteKind::kPut:
      return "PutItem";
    case WriteKind::kDelete:
      return "DeleteItem";
    case WriteKind::kUpdate:
      return "UpdateItem";
    case WriteKind::kCheck:
      break;
  }
  return "ConditionCheckItem";
}

WriteAction MakeAction(const TablePtr& table, Step& step) {
  if (step.kind == WriteKind::kPut) {
    if (SizeOf(step.input->attributes) > kMaxItemSize) {
      throw Invalid("Item size has exceeded the maximum allowed size");
    }
    return PutAction(table, step.input->attributes);
  }
  const auto keys = KeyNames(table->keys);
  if (step.update) RefuseKeysInUpdate(step.update->Targets(), keys);
  return KeyAction(step.kind, table, step.input->attributes);
}

std::vector<WriteAction> MakeActions(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                     std::vector<Step>& steps) {
  std::vector<TablePtr> tables;
  for (const Step& step : steps) {
    tables.push_back(RequireTable(dynamodb, context, *step.table_name, {.action = PermissionFor(step.kind)}));
  }
  std::vector<WriteAction> actions(steps.size());
  Cancellation cancellation(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    cancellation.Try(i, [&] { actions[i] = MakeAction(tables[i], steps[i]); });
    actions[i].condition = steps[i].condition.get();
    actions[i].update = steps[i].update.get();
  }
  std::set<std::pair<std::int64_t, std::string_view>> seen;
  for (const WriteAction& action : actions) {
    if (action.table != nullptr && !seen.emplace(action.table->id, action.key).second) {
      throw Invalid("Transaction request cannot include multiple operations on one item");
    }
  }
  cancellation.ThrowIfAny();
  return actions;
}

}  // namespace

namespace {

/// The members of an action in AWS's order: its own, then those that every action has.
template <class T, std::size_t N>
constexpr auto WithOwn(const std::array<protocol::Member, N>& own, const protocol::Member& condition) {
  const std::array<protocol::Member, 5> common{
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      condition, Wire<&T::expression_attribute_names>("ExpressionAttributeNames"),
      Wire<&T::expression_attribute_values>("ExpressionAttributeValues"),
      Wire<&T::return_values_on_condition_check_failure>("ReturnValuesOnConditionCheckFailure")
          .Values(kReturnValuesOnConditionCheckFailure)};
  return [&]<std::size_t... I, std::size_t... J>(std::index_sequence<I...>, std::index_sequence<J...>) {
    return std::array<protocol::Member, N + 5>{own[I]..., common[J]...};
  }
  (std::make_index_sequence<N>(), std::make_index_sequence<5>());
}

template <class T>
constexpr protocol::Member kCondition = Wire<&T::condition_expression>("ConditionExpression");

}  // namespace

protocol::Members ConditionCheck::Describe() {
  using T = ConditionCheck;
  static constexpr auto kMembers =
      WithOwn<T>(std::array{Wire<&T::key>("Key").Required()}, kCondition<T>.Required());
  return kMembers;
}

protocol::Members TransactPut::Describe() {
  using T = TransactPut;
  static constexpr auto kMembers = WithOwn<T>(std::array{Wire<&T::item>("Item").Required()}, kCondition<T>);
  return kMembers;
}

protocol::Members TransactDelete::Describe() {
  using T = TransactDelete;
  static constexpr auto kMembers = WithOwn<T>(std::array{Wire<&T::key>("Key").Required()}, kCondition<T>);
  return kMembers;
}

protocol::Members TransactUpdate::Describe() {
  using T = TransactUpdate;
  static constexpr auto kMembers = WithOwn<T>(
      std::array{Wire<&T::key>("Key").Required(), Wire<&T::update_expression>("UpdateExpression").Required()},
      kCondition<T>);
  return kMembers;
}

protocol::Members TransactWriteItem::Describe() {
  using T = TransactWriteItem;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::condition_check>("ConditionCheck"),
      Wire<&T::put>("Put"),
      Wire<&T::delete_>("Delete"),
      Wire<&T::update>("Update"),
  };
  return kMembers;
}

protocol::Members TransactWriteItemsRequest::Describe() {
  using T = TransactWriteItemsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::transact_items>("TransactItems").Required().Length(1, 100),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::return_item_collection_metrics>("ReturnItemCollectionMetrics")
          .Values(kReturnItemCollectionMetrics),
      Wire<&T::client_request_token>("ClientRequestToken").Length(1, 36),
  };
  return kMembers;
}

protocol::Members TransactWriteItemsResponse::Describe() {
  using T = TransactWriteItemsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
      Wire<&T::item_collection_metrics>("ItemCollectionMetrics"),
  };
  return kMembers;
}

runtime::Task<TransactWriteItemsResponse> TransactWriteItems(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             TransactWriteItemsRequest request) {
  std::optional<TransactionToken> token;
  if (request.client_request_token) {
    std::string text;
    protocol::EncodeJson(&request, TransactWriteItemsRequest::Describe(), text);
    token = MakeToken(context.identity, *request.client_request_token, text);
  }
  std::vector<Step> steps;
  steps.reserve(request.transact_items.size());
  std::size_t size = 0;
  for (TransactWriteItem& item : request.transact_items) {
    steps.push_back(ReadStep(dynamodb, item));
    size += SizeOf(steps.back().input->attributes);
    if (steps.back().values != nullptr) size += SizeOf(steps.back().values->attributes);
  }
  if (size > kMaxTransactionBytes) throw Invalid("Transaction request size cannot exceed 4 MB");
  std::vector<WriteAction> actions = MakeActions(dynamodb, context, steps);
  runtime::Task<WriteRun> run = RunWrites(dynamodb, actions, Atomicity::kAll, token ? &*token : nullptr);
  const WriteRun result = co_await run;
  if (result.use == TokenUse::kOther) {
    throw AwsError(kIdempotentParameterMismatch,
                   "An error occurred because the same token was used with different parameters");
  }
  Cancellation cancellation(actions.size());
  for (std::size_t i = 0; i < result.results.size(); ++i) {
    cancellation.Note(i, result.results[i].decision, *steps[i].shows_item == "ALL_OLD");
  }
  cancellation.ThrowIfAny();
  TransactWriteItemsResponse response;
  std::map<std::string, WriteCost> costs;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    WriteCost& cost = costs[*steps[i].table_name];
    if (i < result.results.size()) {
      cost.Add(result.results[i].cost);
      cost.Add(result.results[i].cost);  // a transactional write costs twice as much
    }
    auto metrics = ShowCollection(*actions[i].table, actions[i].item, request.return_item_collection_metrics);
    if (metrics) response.item_collection_metrics[*steps[i].table_name].push_back(std::move(*metrics));
  }
  for (const auto& [name, cost] : costs) {
    auto shown = ShowCost(name, cost, request.return_consumed_capacity);
    if (!shown) continue;
    shown->write_capacity_units = shown->capacity_units;
    if (shown->table) shown->table->write_capacity_units = shown->table->capacity_units;
    response.consumed_capacity.push_back(std::move(*shown));
  }
  co_return response;
}

}  // namespace cumulite::dynamodb

#include "services/dynamodb/operations/write_items.h"

#include <algorithm>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/items/item_key.h"

namespace cumulite::dynamodb {
namespace {

/// What one run of the job gave.
struct Outcome {
  std::int64_t stale_table = 0;  // a table changed since the request looked; nothing was done
  WriteRun run;
  std::optional<std::int64_t> due_ms;
};

std::int64_t FindStale(TableStore& tables, const std::vector<WriteAction>& actions) {
  std::vector<const Table*> checked;  // a request names few tables
  for (const WriteAction& action : actions) {
    const Table* const table = action.table.get();
    if (std::ranges::find(checked, table) != checked.end()) continue;
    if (!tables.IsCurrent(*table)) return table->id;
    checked.push_back(table);
  }
  return 0;
}

/// Why actions may not even be tried, one each; empty: all may.
using Refusals = std::vector<std::optional<AwsError>>;

Refusals ThrottledOf(DynamoDbService& dynamodb, const std::vector<WriteAction>& actions) {
  Refusals refusals;
  if (!dynamodb.throttle().enforces()) return refusals;
  const std::int64_t now_ms = dynamodb.NowMs();
  for (const WriteAction& action : actions) {
    refusals.push_back(dynamodb.throttle().RefuseWrite(*action.table, now_ms));
  }
  return refusals;
}

void Charge(DynamoDbService& dynamodb, const std::vector<WriteAction>& actions,
            const std::vector<WriteResult>& results, Atomicity atomicity) {
  if (!dynamodb.throttle().enforces()) return;
  const std::int64_t now_ms = dynamodb.NowMs();
  const bool all =
      std::ranges::all_of(results, [](const WriteResult& result) { return result.decision.ok(); });
  for (std::size_t i = 0; i < results.size(); ++i) {
    // What a condition refused costs as well.
    if (results[i].decision.error) continue;
    WriteCost cost = results[i].cost;
    if (cost.table == 0) cost.table = 1;
    if (atomicity == Atomicity::kAll && !all && actions.size() > 1) cost = {.table = 1};
    dynamodb.throttle().Charge(*actions[i].table, Throttle::Use::kWrite, cost, now_ms);
  }
}

Outcome Write(DynamoDbService& dynamodb, std::vector<WriteAction>& actions, Atomicity atomicity,
              const TransactionToken* token, const Refusals& refusals) {
  const std::int64_t now_ms = dynamodb.NowMs();
  Outcome outcome;
  std::vector<WriteResult>& results = outcome.run.results;
  if (token != nullptr) outcome.run.use = dynamodb.tokens().Check(*token, now_ms);
  if (outcome.run.use != TokenUse::kNew) return outcome;
  outcome.stale_table = FindStale(dynamodb.tables(), actions);
  if (outcome.stale_table != 0) return outcome;
  bool all = true;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    WriteResult& result = results.emplace_back();
    if (!refusals.empty() && refusals[i]) {
      result.decision.error = refusals[i];
    } else {
      result.decision = dynamodb.item_writer().Decide(actions[i]);
    }
    all = all && results.back().decision.ok();
  }
  if (atomicity == Atomicity::kAll && !all) return outcome;
  WriteJob work{.now_ms = now_ms};
  for (std::size_t i = 0; i < actions.size(); ++i) {
    WriteResult& result = results[i];
    if (!result.decision.ok()) continue;
    result.cost = dynamodb.item_writer().Apply(actions[i], result.decision, WrittenBy::kCaller, work);
  }
  dynamodb.item_writer().Finish(work);
  outcome.due_ms = work.due_ms;
  if (token != nullptr) dynamodb.tokens().Keep(*token, now_ms);
  return outcome;
}

/// Takes the actions to the table as it is now.
void Renew(DynamoDbService& dynamodb, std::vector<WriteAction>& actions, std::int64_t table_id) {
  dynamodb.tables().Refresh(table_id);
  const TablePtr table = dynamodb.tables().FindById(table_id);
  if (table == nullptr) throw AwsError(kResourceNotFound, "Requested resource not found");
  for (WriteAction& action : actions) {
    if (action.table->id != table_id) continue;
    action.table = table;
    if (action.kind == WriteKind::kPut) CheckIndexKeys(*table, action.item);
  }
}

AttributeMap Without(const KeySchema& keys, AttributeMap item) {
  for (const KeyAttribute& key : keys.hash) item.Erase(key.name);
  for (const KeyAttribute& key : keys.range) item.Erase(key.name);
  return item;
}

std::optional<RawJson> ShowTouched(const WriteAction& action, const AttributeMap* item) {
  if (item == nullptr || action.update == nullptr) return std::nullopt;
  const AttributeMap touched = Without(action.table->keys, action.update->Touched(*item));
  return touched.empty() ? std::nullopt : std::optional(RawJson{ToJson(touched)});
}

/// Records of streams and histories grow by a deletion, too; on a full disk it is let through.
storage::Room RoomOf(const std::vector<WriteAction>& actions) {
  const bool deletes = std::ranges::all_of(
      actions, [](const WriteAction& action) { return action.kind == WriteKind::kDelete; });
  return deletes ? storage::Room::kMakes : storage::Room::kTakes;
}

}  // namespace

runtime::Task<WriteRun> RunWrites(DynamoDbService& dynamodb, std::vector<WriteAction>& actions,
                                  Atomicity atomicity, const TransactionToken* token) {
  for (;;) {
    const Refusals refusals = ThrottledOf(dynamodb, actions);
    const auto job = [&dynamodb, &actions, atomicity, token, &refusals] {
      return Write(dynamodb, actions, atomicity, token, refusals);
    };
    runtime::Task<Outcome> run = dynamodb.writer().Run(job, RoomOf(actions));
    Outcome outcome = co_await run;
    if (outcome.stale_table != 0) {
      Renew(dynamodb, actions, outcome.stale_table);
      continue;
    }
    Charge(dynamodb, actions, outcome.run.results, atomicity);
    if (outcome.due_ms) dynamodb.ExpireAt(*outcome.due_ms);
    co_return std::move(outcome.run);
  }
}

runtime::Task<WriteResult> RunWrite(DynamoDbService& dynamodb, WriteAction& action, bool shows_item) {
  std::vector<WriteAction> actions;
  actions.push_back(std::move(action));
  runtime::Task<WriteRun> run = RunWrites(dynamodb, actions, Atomicity::kAll);
  WriteRun done = co_await run;
  action = std::move(actions.front());
  WriteResult& result = done.results.front();
  if (result.decision.error) throw *result.decision.error;
  if (result.decision.refused) {
    AwsError error(kConditionalCheckFailed, "The conditional request failed");
    if (shows_item && result.decision.old) {
      throw std::move(error).With("Item", result.decision.old->body);
    }
    throw error;
  }
  co_return std::move(result);
}

std::optional<ConsumedCapacity> ShowCost(std::string_view table_name, const WriteCost& cost,
                                         const std::optional<std::string>& wanted) {
  if (!wanted || *wanted == "NONE") return std::nullopt;
  ConsumedCapacity shown{.table_name = std::string(table_name), .capacity_units = cost.Total()};
  if (*wanted == "TOTAL") return shown;
  shown.table = Capacity{.capacity_units = cost.table};
  for (const auto& [name, units] : cost.global_indexes)
    shown.global_secondary_indexes[name].capacity_units = units;
  for (const auto& [name, units] : cost.local_indexes)
    shown.local_secondary_indexes[name].capacity_units = units;
  return shown;
}

std::optional<ItemCollectionMetrics> ShowCollection(const Table& table, const AttributeMap& item,
                                                    const std::optional<std::string>& wanted) {
  if (wanted != "SIZE" || !table.has_local_index()) return std::nullopt;
  AttributeMap key;
  const std::string& hash = table.keys.hash.front().name;
  key.Set(hash, *item.Find(hash));
  return ItemCollectionMetrics{.item_collection_key = RawJson{ToJson(key)}, .size_estimate_range_gb = {0, 1}};
}

std::optional<RawJson> ShowValues(const WriteAction& action, WriteResult& result,
                                  const std::optional<std::string>& wanted) {
  Decision& decision = result.decision;
  if (!wanted || *wanted == "NONE") return std::nullopt;
  if (*wanted == "ALL_OLD") return decision.old ? std::optional(RawJson{decision.old->body}) : std::nullopt;
  if (*wanted == "ALL_NEW") {
    if (!decision.new_item) return std::nullopt;
    return RawJson{decision.new_body};
  }
  if (*wanted == "UPDATED_OLD") return ShowTouched(action, decision.OldItem());
  return ShowTouched(action, decision.new_item ? &*decision.new_item : nullptr);
}

}  // namespace cumulite::dynamodb

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/task.h"
#include "services/dynamodb/items/token_store.h"
#include "services/dynamodb/items/write_action.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

enum class Atomicity : std::uint8_t {
  kEach,  // actions that cannot be done leave the others alone
  kAll,   // all or none
};

struct WriteResult {
  Decision decision;
  WriteCost cost;
};

/// What one job of writes gave.
struct WriteRun {
  TokenUse use = TokenUse::kNew;     // otherwise nothing was done
  std::vector<WriteResult> results;  // one an action, in order
};

/// Runs the actions in one job of the writer, each on an item of its own; gives a result for each, in order.
/// Actions are taken to the table as it is by then if it changed meanwhile. With a token, what was done once
/// is not done again. `actions` and `token` outlive the task. Errors: ResourceNotFoundException when a table
/// went; ValidationException when a new index refuses an item.
runtime::Task<WriteRun> RunWrites(DynamoDbService& dynamodb, std::vector<WriteAction>& actions,
                                  Atomicity atomicity, const TransactionToken* token = nullptr);

/// The same of one action; what it refuses is thrown.
/// Errors: ConditionalCheckFailedException, with the item that was there if `shows_item`; those of updates.
runtime::Task<WriteResult> RunWrite(DynamoDbService& dynamodb, WriteAction& action, bool shows_item);

/// Nothing unless `wanted` is INDEXES or TOTAL.
std::optional<ConsumedCapacity> ShowCost(std::string_view table_name, const WriteCost& cost,
                                         const std::optional<std::string>& wanted);

/// Nothing unless SIZE is wanted of a table with a local index.
std::optional<ItemCollectionMetrics> ShowCollection(const Table& table, const AttributeMap& item,
                                                    const std::optional<std::string>& wanted);

/// What ReturnValues shows of a write: the item before or after, or the parts that an update touched.
/// Nothing when there is nothing to show.
std::optional<RawJson> ShowValues(const WriteAction& action, WriteResult& result,
                                  const std::optional<std::string>& wanted);

}  // namespace cumulite::dynamodb

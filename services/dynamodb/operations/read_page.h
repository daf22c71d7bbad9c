#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/dynamodb/items/item_store.h"
#include "services/dynamodb/items/write_action.h"
#include "services/dynamodb/shapes.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {
class Condition;
class DynamoDbService;
class Projection;

/// What a read costs, by what it read.
using ReadCost = WriteCost;

/// A read unit is 4 KB, half of one when the read need not be consistent; at least one of them.
double ReadUnits(std::int64_t bytes, bool consistent);

/// One page of a Query or Scan. Whoever makes it keeps what it points to.
struct PageRequest {
  const Table* table = nullptr;
  const Index* index = nullptr;  // null: the table itself
  RowRange range;
  std::optional<std::int64_t> limit;
  const Condition* filter = nullptr;
  const Projection* projection = nullptr;
  bool count_only = false;
  /// An LSI whose projection lacks what is wanted: the items come from the table.
  bool whole_items = false;
  bool consistent = false;
};

struct Page {
  std::string items;  // a JSON list
  std::int64_t count = 0;
  std::int64_t scanned = 0;
  std::optional<AttributeMap> last_key;  // where the next page begins, when there may be one
  std::int64_t bytes = 0;                // of all rows read
  double fetched_units = 0;              // of the items that an LSI had fetched
};

/// Reads rows in their order until `limit` of them were read or they make 1 MB.
/// Thread: any I/O thread.
Page ReadPage(const ItemStore& items, const PageRequest& request);

/// Errors: ProvisionedThroughputExceededException, ThrottlingException when the table, or the index that is
/// read, has no capacity left and a setting wants that to count.
void RequireReadCapacity(DynamoDbService& dynamodb, const Table& table, const Index* index);
/// Takes what a read cost.
void ChargeRead(DynamoDbService& dynamodb, const Table& table, const ReadCost& cost);

/// What the page cost; `minimum` is what reading nothing costs.
ReadCost CostOf(const PageRequest& request, const Page& page, double minimum);

/// Nothing unless `wanted` is INDEXES or TOTAL.
std::optional<ConsumedCapacity> ShowReadCost(std::string_view table_name, const ReadCost& cost,
                                             const std::optional<std::string>& wanted);

/// The row of an ExclusiveStartKey, in the table or in its index.
/// Errors: ValidationException "The provided starting key is invalid ...".
std::string RowOfStartKey(const Table& table, const Index* index, const AttributeMap& key);

/// Which index a request reads; null: the table. Errors: ValidationException when there is none of that name,
/// or it is being filled, or it is global and the read is to be consistent.
const Index* RequireIndex(const Table& table, const std::optional<std::string>& name, bool consistent);

/// What a request wants of each item.
enum class Selected : std::uint8_t { kAll, kProjected, kSome, kCount };
/// Errors: ValidationException for a Select that does not go with the rest of the request.
Selected ReadSelect(const std::optional<std::string>& select, bool has_projection, bool has_index,
                    std::string_view projection_name);
/// Whether items must be fetched from the table.
/// Errors: ValidationException when a global index would have to.
bool FetchesFromTable(const Index* index, Selected selected, const Projection* projection);

}  // namespace cumulite::dynamodb

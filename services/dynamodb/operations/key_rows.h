#pragma once
#include <string>

#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/items/item_store.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {

// Which rows conditions on keys mean.

/// The keys as conditions know them. Looks into `keys`.
KeyShape ShapeOf(const KeySchema& keys);

/// Where the partition's rows with these values begin.
std::string BeginningOf(const KeyRange& wanted);

/// The rows that a key condition means.
RowRange RangeOf(const KeyRange& wanted);

}  // namespace cumulite::dynamodb

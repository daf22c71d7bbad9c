#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/partiql/statement.h"

namespace cumulite::dynamodb {

/// How a SELECT reads: the partitions that its WHERE clause names, one Query each, or a Scan. What is read is
/// then asked `filter`, which is the whole clause. Looks into the statement.
struct ReadPlan {
  std::vector<KeyCondition> partitions;  // in the order to read them; empty: scan
  std::optional<Condition> filter;       // none: all that the partitions have
  bool forward = true;
};

/// `keys` are those of the table or index that is read.
/// Errors: ValidationException for an ORDER BY that the keys do not serve, key values of a wrong type.
/// Source: DynamoDB Developer Guide "PartiQL select statements for DynamoDB".
ReadPlan PlanRead(const Statement& statement, const KeyShape& keys);

/// Which one item an UPDATE, DELETE or EXISTS is about, and what must be true of it.
struct ItemPlan {
  AttributeMap key;
  Condition condition;  // the whole WHERE clause
};

/// Whether the WHERE clause has an equality on each key attribute.
bool NamesItem(const Statement& statement, const KeyShape& keys);

/// Errors: ValidationException without an equality on each key attribute, and for values of a wrong type.
ItemPlan PlanItem(const Statement& statement, const KeyShape& keys);

}  // namespace cumulite::dynamodb

#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

enum class StatementKind : std::uint8_t { kRead, kInsert, kUpdate, kDelete, kExists };

enum class Returning : std::uint8_t { kNone, kAllOld, kAllNew, kModifiedOld, kModifiedNew };

struct OrderKey {
  std::string attribute;
  bool descending = false;
};

/// What a statement's trees look into.
struct StatementPool {
  std::deque<AttributeValue> constants;
  std::deque<std::string> names;
};

/// A PartiQL statement with its parameters filled in, in the terms of the other operations: what it says of
/// items is a Condition, what it shows a Projection, what it changes an Update.
struct Statement {
  StatementKind kind = StatementKind::kRead;
  std::string table;
  std::string index;  // empty: none

  std::shared_ptr<const StatementPool> pool;  // first: what follows looks into it
  std::optional<Projection> projection;       // SELECT; none: *
  std::optional<Binding> where;
  std::vector<OrderKey> order;
  AttributeMap item;             // INSERT
  std::optional<Update> update;  // UPDATE
  Returning returning = Returning::kNone;

  bool IsRead() const { return kind == StatementKind::kRead; }
};

/// Errors: ValidationException "Statement wasn't well formed, can't be processed: ...", and for what DynamoDB
/// does not take although it is PartiQL, and for a number of parameters other than that of `?`.
/// Thread: any. Time is linear in the text; nesting is bounded.
/// Source: DynamoDB Developer Guide "PartiQL - a SQL-compatible query language for Amazon DynamoDB".
Statement ParseStatement(std::string_view text, std::span<const AttributeValue> parameters);

}  // namespace cumulite::dynamodb

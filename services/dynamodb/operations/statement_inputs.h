#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/items/write_action.h"
#include "services/dynamodb/partiql/statement_plan.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

inline constexpr std::int64_t kMaxStatementLength = 8192;

/// A statement of ExecuteTransaction.
struct ParameterizedStatement {
  std::string statement;
  std::optional<std::vector<ValueInput>> parameters;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

/// A statement of BatchExecuteStatement.
struct BatchStatementRequest {
  std::string statement;
  std::optional<std::vector<ValueInput>> parameters;
  std::optional<bool> consistent_read;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

/// Errors: as ParseStatement; ValidationException for a parameter that is no value.
Statement ReadStatement(const std::string& text, const std::optional<std::vector<ValueInput>>& parameters);

/// The table of a statement.
/// Errors: as RequireTable; permissions name what the statement does: PartiQLSelect.
TablePtr RequireStatementTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                               const Statement& statement);

/// What a statement that writes does to its item, and an EXISTS asks of it. Looks into the statement.
struct StatementWrite {
  WriteAction action;
  std::unique_ptr<Condition> condition;
};
/// Errors: ValidationException for what names no single item, or changes its key.
StatementWrite PlanWrite(const Statement& statement, const TablePtr& table);

/// "ALL_OLD" for RETURNING ALL OLD *.
std::optional<std::string> ReturnValuesOf(Returning returning);

/// What a SELECT of a single item found.
struct StatementItem {
  std::optional<RawJson> item;
  std::int64_t size = 0;
};
/// A SELECT of a batch or transaction, which has to name a single item: its row and its condition.
struct StatementGet {
  std::string row;
  Condition condition;
};
/// `operation` is what errors call it.
StatementGet PlanGet(const Statement& statement, const Table& table, std::string_view operation);
StatementItem RunGet(DynamoDbService& dynamodb, const Statement& statement, const Table& table,
                     const StatementGet& get);

}  // namespace cumulite::dynamodb

#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/context.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {
class DynamoDbService;

/// Whose table a name or an ARN means.
struct TableAddress {
  std::string account;
  std::string region;
  std::string name;
};

/// Nothing for an ARN that is none of a table.
std::optional<TableAddress> AddressOf(const protocol::Identity& identity, std::string_view name_or_arn);

/// What a request does with a table, where that is not what its operation says.
struct TableUse {
  std::string_view action = {};  // "PutItem" of a transaction's Put
  std::string_view index = {};   // read instead of the table: permissions name it
};

/// The table of a data plane operation.
/// Errors: ResourceNotFoundException "Requested resource not found"; AccessDeniedException.
TablePtr RequireTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                      std::string_view name_or_arn, const TableUse& use = {});

/// The name or ARN that a control plane operation was given.
/// Errors: ValidationException when it is missing, too short or too long, or has other characters.
const std::string& CheckTableName(const std::optional<std::string>& name_or_arn);

/// The table of a control plane operation.
/// Errors: as CheckTableName; ResourceNotFoundException "Requested resource not found: Table: x not found";
/// AccessDeniedException.
TablePtr RequireNamedTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           const std::optional<std::string>& name_or_arn);

/// The table of an operation on backups.
/// Errors: TableNotFoundException "Table not found: x"; AccessDeniedException; ValidationException.
TablePtr RequireBackedUpTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                              const std::string& name_or_arn);

}  // namespace cumulite::dynamodb

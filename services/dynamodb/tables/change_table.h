#pragma once
#include <functional>
#include <string_view>

#include "runtime/task.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {

/// Changes what a table is, in one job of the writer; gives the table afterwards. `change` may throw what it
/// refuses, before it writes anything of its own. `table` and `change` outlive the task.
/// Errors: ResourceNotFoundException when the table went meanwhile.
runtime::Task<TablePtr> ChangeTable(DynamoDbService& dynamodb, const Table& table,
                                    const std::function<void(TableRecord& record)>& change);

/// Errors: ResourceInUseException while the table is being made, changed or deleted.
void RefuseUnlessActive(const Table& table, std::int64_t now_ms);

/// What the table is for as long as the setting says, from now on; nothing without it.
void BeginPhase(DynamoDbService& dynamodb, std::string_view phase, TableRecord& record);

/// The table that an operation on tags or policies names by its ARN.
/// Errors: ValidationException for another ARN; ResourceNotFoundException; AccessDeniedException.
TablePtr RequireTableOfArn(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           std::string_view arn);

}  // namespace cumulite::dynamodb

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

/// The table that an operation on tags or policies names by its ARN.
/// Errors: ValidationException for another ARN; ResourceNotFoundException; AccessDeniedException.
TablePtr RequireTableOfArn(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           std::string_view arn);

}  // namespace cumulite::dynamodb

#pragma once
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {
class DynamoDbService;

/// Job: ends a table, with all that follows: its stream closes, its replicas forget it, and a table with
/// point-in-time recovery leaves a backup.
void RemoveTable(DynamoDbService& dynamodb, const Table& table);

}  // namespace cumulite::dynamodb

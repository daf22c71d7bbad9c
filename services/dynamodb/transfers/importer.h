#pragma once
#include <cstdint>

#include "runtime/task.h"
#include "services/dynamodb/operations/imports.h"

namespace cumulite::dynamodb {

/// What is stored of an import.
struct ImportRecord {
  ImportTableDescription description;
  std::int64_t table = 0;
  std::string principal;  // who asked for it, and whether buckets' policies are asked
  bool strict = false;
  static protocol::Members Describe();
};

/// Reads the objects of an import into its table, from the beginning, and lets the table be ACTIVE. The table
/// of one that a crash broke off is filled again: an item that is there already is put once more.
/// Thread: any loop; the task ends early when the service stops.
runtime::Task<void> RunImport(DynamoDbService& dynamodb, std::int64_t transfer_id);

}  // namespace cumulite::dynamodb

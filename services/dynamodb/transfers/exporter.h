#pragma once
#include <cstdint>
#include <optional>

#include "runtime/task.h"
#include "services/dynamodb/operations/exports.h"

namespace cumulite::dynamodb {

/// What is stored of an export.
struct ExportRecord {
  ExportDescription description;
  /// What it reads: the items at the moment, copied as for a backup, which goes when it is done.
  std::int64_t backup_id = 0;
  std::int64_t source = 0;  // the table
  static protocol::Members Describe();
};

/// Copies the items as they were and writes the files of an export, from the beginning: file names follow
/// from the export, so that what a crash broke off is written anew over what was there.
/// Thread: any loop; the task ends early when the service stops.
runtime::Task<void> RunExport(DynamoDbService& dynamodb, std::int64_t transfer_id);

}  // namespace cumulite::dynamodb

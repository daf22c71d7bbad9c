#pragma once
#include "runtime/task.h"
#include "services/storage/outbox.h"

namespace cumulite::s3 {
class S3Service;

/// Copies the version or delete marker of `event` (see VersionTask) into the buckets that its bucket's
/// replication configuration names, and sets its replication status. Files are shared with the original.
///
/// Differs from AWS: objects of up to 32 KiB that are encrypted with a customer's key are not replicated
/// (FAILED): their bytes cannot be shared, and nobody else has the key.
/// Errors: StorageError, which is tried again. Thread: a loop.
runtime::Task<storage::OutboxVerdict> Replicate(S3Service& s3, storage::OutboxEvent event);

}  // namespace cumulite::s3

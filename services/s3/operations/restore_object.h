#pragma once
#include "services/s3/call.h"
#include "services/storage/outbox.h"

namespace cumulite::s3 {

/// Makes an archived object readable for some days; at once, where S3 takes minutes to hours. 202 the first
/// time, 200 when it is already and only stays longer.
///
/// Errors: MalformedXML, InvalidArgument (days, tier), InvalidObjectState (not archived), NotImplemented
/// (restore by SELECT), those of GetObjectTagging. Source: S3 API Reference "RestoreObject".
runtime::Task<void> RestoreObject(Call& call);

/// The end of that: the version of `event` (see VersionTask) is archived again, unless it was restored for
/// longer, or is gone. Errors: StorageError, which is tried again. Thread: a loop.
runtime::Task<storage::OutboxVerdict> EndRestore(S3Service& s3, storage::OutboxEvent event);

/// Withdrawn by AWS: MethodNotAllowed. Source: S3 API Reference "GetObjectTorrent".
runtime::Task<void> GetObjectTorrent(Call& call);

}  // namespace cumulite::s3

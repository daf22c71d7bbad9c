#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {
class EventScope;

/// Puts `object` under the call's key with `content`, which `checks` have seen; they fill in all but its
/// headers. Content files that nothing references afterwards are deleted: the new one when it is refused,
/// else those that it replaced. Errors: NoSuchBucket; those of the conditions. Everything given must outlive
/// the task.
runtime::Task<void> StoreObject(Call& call, const Bucket& bucket, Object& object, const Content& content,
                                const BodyChecks& checks, const WriteConditions& conditions,
                                EventScope& events);

/// The same where ETag and checksum are known already. Errors: also SourceGone for shared content.
runtime::Task<void> StoreContent(Call& call, const Bucket& bucket, Object& object, const Content& content,
                                 const WriteConditions& conditions, EventScope& events);

/// The same for a part. Errors: NoSuchUpload; SourceGone for a file that is shared.
runtime::Task<void> StorePart(Call& call, std::string_view upload_id, const Part& part,
                              UploadStore::PartFile file = UploadStore::PartFile::kOwn);

}  // namespace cumulite::s3

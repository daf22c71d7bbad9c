#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Puts `object` with its content under the call's key. Content files that nothing references afterwards are
/// deleted: the new one when it is refused, else those that it replaced.
/// Errors: NoSuchBucket; those of the conditions. Everything given must outlive the task.
runtime::Task<void> StoreObject(Call& call, const Bucket& bucket, const Object& object,
                                const Content& content, const WriteConditions& conditions);

/// The same for a part. Errors: NoSuchUpload.
runtime::Task<void> StorePart(Call& call, std::string_view upload_id, const Part& part);

}  // namespace cumulite::s3

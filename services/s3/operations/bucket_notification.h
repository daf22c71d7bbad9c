#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Puts a notification configuration; every queue and topic in it is sent s3:TestEvent first, and what does
/// not take that is refused, unless x-amz-skip-destination-validation says otherwise. Errors: MalformedXML,
/// InvalidArgument. Source: S3 API Reference "PutBucketNotificationConfiguration".
runtime::Task<void> PutBucketNotificationConfiguration(Call& call);

}  // namespace cumulite::s3

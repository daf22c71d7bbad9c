#pragma once
#include "services/s3/s3_service.h"

namespace cumulite::s3 {

/// Answers a request to S3 Control (ACCOUNT.s3-control.localhost): tags of buckets by ARN, the account's
/// public access block, access points; what else there is says that it is not built. Source: S3 Control API
/// Reference.
runtime::Task<void> ServeControl(S3Service& s3, protocol::Exchange& exchange);

}  // namespace cumulite::s3

#pragma once
#include "services/s3/s3_service.h"

namespace cumulite::s3 {

/// Answers a request to a website endpoint (BUCKET.s3-website.localhost): pages for browsers, and errors as
/// HTML. Who signs is nobody there: the bucket's policy or ACLs must let everybody read.
/// Source: S3 User Guide "Website endpoints", "Key differences between a website endpoint and a REST API
/// endpoint".
runtime::Task<void> ServeWebsite(S3Service& s3, protocol::Exchange& exchange, protocol::S3Host host);

}  // namespace cumulite::s3

#pragma once
#include "services/s3/call.h"
#include "services/s3/post/form.h"

namespace cumulite::s3 {

/// Who sends a form: by the fields of a V4 or a V2 signature over its policy, verified in strict mode;
/// anonymous without a policy. Errors: InvalidArgument (a field missing), InvalidAccessKeyId,
/// SignatureDoesNotMatch. Source: S3 API Reference "Authenticating Requests: Browser-Based Uploads Using
/// POST".
protocol::Identity AuthenticateForm(const Call& call, const PostForm::Fields& fields);

}  // namespace cumulite::s3

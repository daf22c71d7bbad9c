#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// An upload by a form of a web page, with a policy that says what it may be.
///
/// Errors: those of PutObject, post/form.h, post/policy.h and post/signature.h; PreconditionFailed (no form).
/// Source: S3 API Reference "POST Object".
runtime::Task<void> PostObject(Call& call);

}  // namespace cumulite::s3

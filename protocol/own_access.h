#pragma once
#include <string_view>

#include "protocol/context.h"
#include "protocol/error.h"

namespace cumulite::protocol {

/// Refuses a caller who may not do what the request asks for (context.action) with `resource`, an ARN or "*".
///
/// For services whose resources have no policies of their own: an account reaches nothing but its own. Asks
/// in strict mode only. Thread: any. Errors: AwsError of the kind `denied`, as AWS words it.
void RequireOwnAccess(const RequestContext& context, std::string_view resource, const ErrorKind& denied);

/// The same for what the request names with another action, too ("iam:PassRole").
void RequireOwnAccess(const RequestContext& context, std::string_view action, std::string_view resource,
                      const ErrorKind& denied);

}  // namespace cumulite::protocol

#pragma once
#include <string_view>

#include "protocol/context.h"

namespace cumulite::sts {

/// Refuses a caller who may not do `action` ("sts:AssumeRole") with `resource`, an ARN or "*", of account
/// `owner`. STS has no resource policies, so another account's caller may do nothing. Asks in strict mode
/// only. Errors: AwsError AccessDenied, as STS words it.
void RequireAllowed(const protocol::RequestContext& context, std::string_view action,
                    std::string_view resource, std::string_view owner);

}  // namespace cumulite::sts

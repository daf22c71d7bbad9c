#pragma once
#include <string>
#include <string_view>

#include "protocol/context.h"
#include "protocol/error.h"
#include "services/sns/records.h"

namespace cumulite::sns {

/// "000000000000/us-east-1": whose records a caller sees.
std::string OwnerOf(const protocol::RequestContext& context);

/// Errors: InvalidParameter for what is no ARN of a platform application.
void CheckApplicationArn(std::string_view arn, const protocol::RequestContext& context);
protocol::AwsError ApplicationDoesNotExist();

/// The patterns of the API Reference that sandbox numbers and passwords must match.
bool IsSandboxNumber(std::string_view text);
bool IsPassword(std::string_view text);

}  // namespace cumulite::sns

#pragma once
#include <string_view>

#include "protocol/context.h"
#include "services/sns/topic.h"

namespace cumulite::sns {

/// Lets a request go on, or refuses it: in strict mode the topic's account may do what its policy does not
/// deny, others what the policy allows.
///
/// Errors: AuthorizationError.
/// Source: SNS Developer Guide "Example cases for Amazon SNS access control".
void Authorize(const Topic& topic, const protocol::RequestContext& context, std::string_view action);

/// For what concerns no topic: an anonymous caller has no account to do it in.
/// Errors: AuthorizationError in strict mode.
void RequireAccount(const protocol::RequestContext& context, std::string_view action);

}  // namespace cumulite::sns

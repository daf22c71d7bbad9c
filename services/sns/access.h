#pragma once
#include <string_view>

#include "protocol/context.h"
#include "services/sns/topic.h"
#include "services/topic_delivery.h"

namespace cumulite::sns {

/// Lets a request go on, or refuses it: in strict mode the topic's account may do what its policy does not
/// deny, others what the policy allows. `operation`: "Publish".
///
/// Errors: AuthorizationError.
/// Source: SNS Developer Guide "Example cases for Amazon SNS access control".
void Authorize(const Topic& topic, const protocol::RequestContext& context, std::string_view operation);

/// For what has no policy and is in the caller's own account: "*", or the ARN `resource`. An anonymous caller
/// has no account to do it in. Errors: AuthorizationError in strict mode.
void AuthorizeOwn(const protocol::RequestContext& context, std::string_view operation,
                  std::string_view resource = "*");

/// Whether the topic's policy lets another service publish; asked in strict mode.
bool MayPublish(const Topic& topic, const services::TopicMessage& message, TimePoint now);

}  // namespace cumulite::sns

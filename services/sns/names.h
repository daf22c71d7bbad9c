#pragma once
#include <string>
#include <string_view>

#include "protocol/context.h"

namespace cumulite::sns {

/// Whether a topic may be called so: 1 to 256 of A-Z a-z 0-9 _ -, and ".fifo" at the end of a FIFO topic's.
bool IsTopicName(std::string_view name, bool fifo);

/// "arn:aws:sns:us-east-1:000000000000:name"
std::string TopicArn(const protocol::Identity& identity, std::string_view name);

/// Checks the ARN of a topic that `parameter` ("TopicArn") of a request names.
/// Errors: InvalidParameter for what is no topic's ARN, or one of another region.
void CheckTopicArn(std::string_view arn, std::string_view parameter, const protocol::RequestContext& context);

/// The same of a subscription: TOPIC-ARN:UUID.
void CheckSubscriptionArn(std::string_view arn, std::string_view parameter,
                          const protocol::RequestContext& context);

/// "arn:aws:sns:us-east-1:000000000000:name" of "arn:aws:sns:us-east-1:000000000000:name:uuid".
std::string_view TopicOfSubscription(std::string_view subscription_arn);

/// An ARN's fields four and five; empty for what is no ARN.
std::string_view AccountOf(std::string_view arn);
std::string_view RegionOf(std::string_view arn);
/// What stands behind the last colon.
std::string_view NameOf(std::string_view arn);

}  // namespace cumulite::sns

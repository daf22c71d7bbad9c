#pragma once
#include <string>
#include <string_view>

#include "services/sns/topic.h"

namespace cumulite::sns {

/// Checks one attribute that a request sets and gives it as it is stored ("True" as "true"). An empty value
/// of Policy or DeliveryPolicy is the default.
///
/// `where`: how AWS begins its complaint: in CreateTopic "Attributes Reason: ", in SetTopicAttributes "".
/// Errors: InvalidParameter.
/// Source: SNS API Reference "CreateTopic", "SetTopicAttributes".
std::string CheckTopicAttribute(std::string_view name, std::string value, bool fifo, std::string_view where);

/// Whether CreateTopic knows that attribute.
bool IsTopicAttribute(std::string_view name);

/// Whether a topic with `current` attributes is what a CreateTopic that gives `wanted` would make.
bool HasTopicAttributes(const AttributeMap& current, const AttributeMap& wanted);

/// How many subscriptions a topic has.
struct SubscriptionCounts {
  std::int64_t confirmed = 0;
  std::int64_t pending = 0;
  std::int64_t deleted = 0;
};

/// All that GetTopicAttributes shows.
AttributeMap ShowTopicAttributes(const Topic& topic, const SubscriptionCounts& counts);

/// The policy that holds while none is set: the owner may do everything that a policy can allow.
std::string DefaultTopicPolicy(std::string_view arn, std::string_view account);
/// The Policy attribute, or the default.
std::string PolicyText(const Topic& topic);

}  // namespace cumulite::sns

#pragma once
#include <string>
#include <string_view>

#include "services/sns/subscription.h"
#include "services/sns/topic.h"

namespace cumulite::sns {

/// Checks where a subscription wants its messages.
/// Errors: InvalidParameter for an unknown protocol or an endpoint that is none of the protocol's.
/// Source: SNS API Reference "Subscribe".
void CheckEndpoint(std::string_view protocol, std::string_view endpoint, const Topic& topic);

/// A phone number as SMS subscriptions take it: digits, with '+' before and single separators between them.
bool IsPhoneNumber(std::string_view text);

/// In which words an attribute is refused: SetSubscriptionAttributes and Subscribe differ.
enum class AttributeCall : std::uint8_t { kSet, kSubscribe };

/// Checks one attribute of a subscription to `topic` and puts it into `attributes`, as it is stored; an empty
/// value takes it away.
/// Errors: InvalidParameter.
/// Source: SNS API Reference "SetSubscriptionAttributes".
void PutSubscriptionAttribute(Subscription& subscription, const Topic& topic, const std::string& name,
                              std::string value, AttributeCall call);

/// Checks what attributes say together: a filter policy must suit its scope.
/// Errors: InvalidParameter.
void CheckFilterPolicy(const Subscription& subscription, AttributeCall call);

/// Whether a subscription has the attributes that a second Subscribe wants, defaults included.
bool HasSubscriptionAttributes(const Subscription& subscription, const AttributeMap& wanted);

/// All that GetSubscriptionAttributes shows. `topic_policy`: the topic's DeliveryPolicy.
AttributeMap ShowSubscriptionAttributes(const Subscription& subscription, std::string_view topic_policy);

/// The queue that a RedrivePolicy names; empty without one.
std::string DeadLetterTarget(const Subscription& subscription);

/// Protocols whose endpoints AWS reaches itself need no confirmation.
bool NeedsConfirmation(std::string_view protocol);

}  // namespace cumulite::sns

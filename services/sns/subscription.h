#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "services/sns/attribute_map.h"
#include "services/sns/filter_policy.h"

namespace cumulite::sns {
using base::TimePoint;

/// One subscription, as its row says. Immutable once handed out.
struct Subscription {
  std::int64_t number = 0;  // grows with each new one; what deliveries name it by
  std::string arn;
  std::string topic_arn;
  std::string account;    // the owner
  std::string region;     // of the topic
  std::string principal;  // ARN of who subscribed
  std::string protocol;   // "sqs"
  std::string endpoint;
  AttributeMap attributes;  // as they were set
  std::string token;        // by which it is, or was, confirmed
  bool confirmed = false;
  bool authenticated = false;  // confirmed by a signed request that wants unsubscribing to be signed, too
  TimePoint created;
  /// The compiled FilterPolicy; null where none is set: everything is delivered.
  std::shared_ptr<const FilterPolicy> filter;

  bool raw() const { return ValueOf(attributes, "RawMessageDelivery") == "true"; }
};
using SubscriptionPtr = std::shared_ptr<const Subscription>;
using SubscriptionList = std::vector<SubscriptionPtr>;

}  // namespace cumulite::sns

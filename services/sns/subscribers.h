#pragma once
#include <cstdint>
#include <vector>

#include "services/sns/filter_index.h"
#include "services/sns/message.h"
#include "services/sns/subscription.h"

namespace cumulite::sns {

/// A topic's subscriptions in the order of their numbers, ready to be chosen from for each message. Thread:
/// any.
class Subscribers {
 public:
  explicit Subscribers(SubscriptionList list);

  const SubscriptionList& list() const { return list_; }
  /// The numbers of those that want a message, by their filter policies; growing.
  std::vector<std::int64_t> WhoWants(const Message& message) const;

 private:
  SubscriptionList list_;
  bool filter_ = false;                // anyone does
  std::vector<std::uint64_t> always_;  // a bit for each place that is looked at whatever the message is
  filter::Index by_attributes_;
  filter::Index by_body_;
};

}  // namespace cumulite::sns

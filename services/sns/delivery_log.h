#pragma once
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "services/sns/message.h"
#include "services/sns/subscription.h"

namespace cumulite::sns {

/// One attempt to deliver a message, for those who ask what was sent and why something was not.
struct Delivery {
  enum class Outcome : std::uint8_t {
    kDelivered,
    kRecorded,  // nobody is behind this protocol here: email, text messages, push, Lambda, Firehose
    kRetrying,
    kDeadLettered,
    kDropped,
  };

  base::TimePoint at;
  MessagePtr message;
  SubscriptionPtr subscription;  // null for what was sent to a phone or device directly
  std::string protocol;          // of those; else the subscription's
  std::string endpoint;
  Outcome outcome = Outcome::kDelivered;
  std::int64_t attempt = 1;
  std::string detail;  // why it did not go well; static or short

  const std::string& Protocol() const { return subscription ? subscription->protocol : protocol; }
  const std::string& Endpoint() const { return subscription ? subscription->endpoint : endpoint; }
};

/// The latest deliveries, within bounds; gone with the process.
/// Thread: any.
class DeliveryLog {
 public:
  void Add(std::vector<Delivery> deliveries);
  /// The oldest first.
  std::vector<Delivery> List() const;
  /// Drops those of an account; all when it is empty.
  void Clear(std::string_view account);

 private:
  static constexpr std::size_t kMaxEntries = 4'096;
  static constexpr std::size_t kMaxBytes = 8U << 20U;
  static std::size_t Weight(const Delivery& delivery);

  mutable std::mutex mutex_;
  std::deque<Delivery> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace cumulite::sns

#pragma once
#include <string>
#include <string_view>

#include "services/sns/message.h"
#include "services/sns/signer.h"
#include "services/sns/subscription.h"

namespace cumulite::sns {

/// A notification's JSON document as AWS writes it, all but the subscription that it is for.
///
/// Made once a message and body, and completed for each subscriber.
/// Source: SNS Developer Guide "HTTP/HTTPS notification JSON format".
class Envelope {
 public:
  /// `signer`: null for messages that AWS does not sign (those of FIFO topics).
  Envelope(const Message& message, std::string_view body, const Signer* signer);

  std::string For(std::string_view subscription_arn) const;

 private:
  std::string head_;  // up to the subscription's ARN in UnsubscribeURL
  std::string tail_;
};

/// "2026-01-02T03:04:05.678Z": always with milliseconds.
std::string Timestamp(base::TimePoint time);

/// The documents by which an HTTP(S) endpoint confirms that it wants a subscription, or wants it back.
enum class Confirmation : std::uint8_t { kSubscription, kUnsubscribe };
std::string ConfirmationJson(Confirmation kind, const Subscription& subscription, std::string_view message_id,
                             base::TimePoint time, std::string_view address, bool version_2,
                             const Signer& signer);

}  // namespace cumulite::sns

#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "net/http_client.h"
#include "services/sns/delivery_policy.h"
#include "services/sns/envelope.h"
#include "services/sns/fan_out.h"
#include "services/storage/outbox.h"

namespace cumulite::sns {

/// What an endpoint is asked for its consent with: all that the document needs, since the subscription may be
/// gone by then.
struct ConfirmationRequest {
  Confirmation kind = Confirmation::kSubscription;
  std::string arn;
  std::string topic_arn;
  std::string endpoint;
  std::string token;
  std::string address;  // of this server, as the caller knows it
};
/// The kind of outbox rows that hold one.
inline constexpr std::string_view kConfirmationKind = "confirmation";
std::string EncodeConfirmation(const ConfirmationRequest& request);
/// Errors: std::runtime_error.
ConfirmationRequest DecodeConfirmation(std::string_view encoded);

/// Delivers to HTTP and HTTPS endpoints: one attempt a call, the outbox brings the next.
///
/// Success is 2xx. What the endpoint may overcome (no answer, 1xx, 429, 5xx) is tried again as the delivery
/// policy says; what it refuses is not. Then the message goes to the dead-letter queue, a confirmation does
/// not. An endpoint has a share of what is under way, so that one that hangs delays no other.
/// Thread: any I/O thread.
/// Source: SNS Developer Guide "Amazon SNS message delivery retries", "HTTP/HTTPS headers".
class HttpDelivery {
 public:
  HttpDelivery(const SnsStore& store, net::HttpClient& client, Signer& signer, FanOut& fan_out,
               const base::Clock& clock)
      : store_(store), client_(client), signer_(signer), fan_out_(fan_out), clock_(clock) {}

  /// A message to its one recipient.
  runtime::Task<storage::OutboxVerdict> Deliver(Shipment shipment, std::int64_t attempt);
  runtime::Task<storage::OutboxVerdict> Confirm(ConfirmationRequest request, std::int64_t attempt);

 private:
  enum class Result : std::uint8_t { kAccepted, kRefused, kUnavailable };
  struct Attempted {
    Result result;
    std::string detail;
  };
  /// Takes a place for one more attempt; the moment when there is one otherwise.
  std::optional<base::TimePoint> TakePlace(const Subscription& subscription, std::int64_t per_second);
  void GivePlace(const std::string& arn);
  runtime::Task<Attempted> Post(net::HttpCall call);

  struct Load {
    int under_way = 0;
    base::TimePoint second{};  // the second that is counted
    std::int64_t in_second = 0;
  };

  const SnsStore& store_;
  net::HttpClient& client_;
  Signer& signer_;
  FanOut& fan_out_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Load> loads_;  // by subscription ARN; those with something under way or counted
};

}  // namespace cumulite::sns

#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "net/http_client.h"
#include "services/sns/delivery_policy.h"
#include "services/sns/envelope.h"
#include "services/sns/fan_out.h"
#include "services/sns/throttle.h"
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
/// not. An endpoint has a share of what is under way, less as it does not answer, and what is beyond it is
/// held in the outbox: so one that hangs delays no other. Thread: any I/O thread. Source: SNS Developer Guide
/// "Amazon SNS message delivery retries", "HTTP/HTTPS headers".
class HttpDelivery {
 public:
  HttpDelivery(const SnsStore& store, net::HttpClient& client, Signer& signer, FanOut& fan_out,
               storage::Outbox& outbox, const base::Clock& clock)
      : store_(store), client_(client), signer_(signer), fan_out_(fan_out), outbox_(outbox), clock_(clock) {}

  /// A message to its one recipient, as the payload says.
  runtime::Task<storage::OutboxVerdict> Deliver(storage::OutboxEvent event);
  runtime::Task<storage::OutboxVerdict> Confirm(ConfirmationRequest request, std::int64_t attempt);

 private:
  enum class Result : std::uint8_t { kAccepted, kRefused, kUnavailable, kSilent };
  struct Attempted {
    Result result;
    std::string detail;
  };
  static Result ResultOf(net::HttpError::Kind kind);
  /// One attempt that is under way.
  class Place;
  /// Takes a place for one more attempt; what becomes of the event when there is none.
  std::optional<storage::OutboxVerdict> TakePlace(const storage::OutboxEvent& event,
                                                  std::int64_t subscription, std::int64_t per_second);
  void GivePlace(std::int64_t subscription, Result result);
  /// Of a subscription that is gone: those that wait for it are to find that out.
  void Forget(std::int64_t subscription);
  runtime::Task<Attempted> Post(net::HttpCall call);
  runtime::Task<storage::OutboxVerdict> Conclude(MessagePtr message, SubscriptionPtr subscription,
                                                 std::string body, RetryPolicy retry, std::int64_t attempt,
                                                 Attempted attempted);

  static constexpr int kMaxUnderWay = 32;
  struct Load {
    int under_way = 0;
    int most = kMaxUnderWay;
    Throttle throttle;
    std::deque<std::int64_t> held;  // events
  };

  const SnsStore& store_;
  net::HttpClient& client_;
  Signer& signer_;
  FanOut& fan_out_;
  storage::Outbox& outbox_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::map<std::int64_t, Load> loads_;  // by subscription number; those of which there is something to know
};

}  // namespace cumulite::sns

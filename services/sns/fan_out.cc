#include "services/sns/fan_out.h"

#include <algorithm>
#include <optional>

#include "services/sns/delivery_policy.h"
#include "services/sns/envelope.h"
#include "services/sns/filter_value.h"
#include "services/sns/subscription_attributes.h"

namespace cumulite::sns {
namespace {
using Outcome = services::QueueDelivery::Outcome;
using storage::OutboxVerdict;

/// What filter policies look at, made when the first of them asks.
class FilterView {
 public:
  explicit FilterView(const Message& message) : message_(message) {}

  bool Accepts(const FilterPolicy& policy) {
    if (policy.scope() == FilterScope::kMessageBody) {
      if (!body_read_) body_ = filter::ReadBody(message_.body);
      body_read_ = true;
      return body_ && policy.Accepts(*body_);
    }
    if (!attributes_) {
      attributes_.emplace().type = filter::Value::Type::kObject;
      for (const Message::Attribute& attribute : message_.attributes) {
        filter::AddAttribute(*attributes_, attribute.name, attribute.type, attribute.value);
      }
    }
    return policy.Accepts(*attributes_);
  }

 private:
  const Message& message_;
  std::optional<filter::Value> attributes_;
  std::optional<filter::Value> body_;
  bool body_read_ = false;
};

std::string_view Reason(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNoQueue:
      return "the queue does not exist";
    case Outcome::kDenied:
      return "the queue's policy does not allow it";
    case Outcome::kRejected:
      return "the queue does not take such a message";
    default:
      return "the queue could not store it";
  }
}

/// The envelopes of one message: one a body, since protocols may have bodies of their own.
class Envelopes {
 public:
  Envelopes(const Message& message, const Signer& signer)
      : message_(message), signer_(message.sequence == 0 ? &signer : nullptr) {}
  std::string Wrap(const Subscription& subscription) {
    if (!envelope_) envelope_.emplace(message_, message_.BodyFor(subscription.protocol), signer_);
    return envelope_->For(subscription.arn);
  }

 private:
  const Message& message_;
  const Signer* signer_;
  std::optional<Envelope> envelope_;  // of queues; they all share a body
};

}  // namespace

std::vector<std::int64_t> Recipients(const Message& message, const SubscriptionList& subscriptions) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(subscriptions.size());
  FilterView view(message);
  for (const SubscriptionPtr& subscription : subscriptions) {
    if (!subscription->filter || view.Accepts(*subscription->filter)) numbers.push_back(subscription->number);
  }
  return numbers;
}

services::QueueMessage FanOut::ForQueue(const Message& message, const Subscription& subscription,
                                        const std::string& queue, const std::string& body) const {
  services::QueueMessage to_queue;
  to_queue.queue_arn = queue;
  to_queue.body = body;
  if (subscription.raw()) {
    for (const Message::Attribute& attribute : message.attributes) {
      to_queue.attributes[attribute.name] = {attribute.type, attribute.value};
    }
  }
  to_queue.group = message.group;
  to_queue.deduplication_id = message.deduplication_id;
  to_queue.trace_header = message.trace_header;
  to_queue.service = "sns.amazonaws.com";
  to_queue.source_arn = message.topic_arn;
  to_queue.strict = message.strict;
  return to_queue;
}

void FanOut::Note(const MessagePtr& message, const SubscriptionPtr& subscription, Delivery::Outcome outcome,
                  std::int64_t attempt, std::string detail) {
  log_.Add({.at = clock_.Now(),
            .message = message,
            .subscription = subscription,
            .protocol = {},
            .endpoint = {},
            .outcome = outcome,
            .attempt = attempt,
            .detail = std::move(detail)});
}

runtime::Task<bool> FanOut::GiveUp(MessagePtr message, SubscriptionPtr subscription, std::string body,
                                   std::int64_t attempt, std::string why) {
  const std::string target = DeadLetterTarget(*subscription);
  if (!target.empty()) {
    services::QueueMessage letter = ForQueue(*message, *subscription, target, body);
    runtime::Task<Outcome> delivered = queues_.Deliver(std::move(letter));
    const Outcome outcome = co_await delivered;
    if (outcome == Outcome::kFailed) co_return false;
    if (outcome == Outcome::kDelivered) {
      Note(message, subscription, Delivery::Outcome::kDeadLettered, attempt, std::move(why));
      co_return true;
    }
    why += "; and for the dead-letter queue: ";
    why += Reason(outcome);
  }
  Note(message, subscription, Delivery::Outcome::kDropped, attempt, std::move(why));
  co_return true;
}

runtime::Task<void> FanOut::HandOn(MessagePtr message, std::vector<std::int64_t> numbers) {
  const auto add = [&] {
    for (const std::int64_t number : numbers) {
      const std::string payload = EncodeShipment(*message, {&number, 1});
      outbox_.Add({.kind = kHttpKind, .payload = payload, .due = clock_.Now()});
    }
  };
  co_await writer_.Run(add);
  outbox_.Wake();
}

runtime::Task<OutboxVerdict> FanOut::Ship(MessagePtr message, std::vector<std::int64_t> recipients,
                                          std::int64_t attempt) {
  const auto subscriptions = store_.Subscribers(message->topic_arn);
  if (message->sequence == 0 && !signer_.ready()) co_await signer_.Prepare();
  Envelopes envelopes(*message, signer_);
  std::vector<Parcel> parcels;
  std::vector<std::int64_t> endpoints;
  parcels.reserve(recipients.size());
  for (const std::int64_t number : recipients) {
    const auto found =
        std::ranges::lower_bound(*subscriptions, number, {}, [](const auto& s) { return s->number; });
    if (found == subscriptions->end() || (*found)->number != number) continue;  // unsubscribed meanwhile
    const SubscriptionPtr& subscription = *found;
    if (subscription->protocol == "http" || subscription->protocol == "https") {
      endpoints.push_back(number);
      continue;
    }
    if (subscription->protocol != "sqs") {
      Note(message, subscription, Delivery::Outcome::kRecorded, attempt);
      continue;
    }
    std::string body = subscription->raw() ? message->BodyFor("sqs") : envelopes.Wrap(*subscription);
    services::QueueMessage to_queue = ForQueue(*message, *subscription, subscription->endpoint, body);
    parcels.push_back({subscription, std::move(body), queues_.Deliver(std::move(to_queue))});
  }
  if (!endpoints.empty()) {
    runtime::Task<void> handed_on = HandOn(message, std::move(endpoints));
    co_await handed_on;
  }
  std::vector<std::int64_t> remaining;
  for (Parcel& parcel : parcels) {
    const Outcome outcome = co_await parcel.delivery;
    if (outcome == Outcome::kDelivered) {
      Note(message, parcel.subscription, Delivery::Outcome::kDelivered, attempt);
      continue;
    }
    if (outcome != Outcome::kFailed) {
      runtime::Task<bool> given_up =
          GiveUp(message, parcel.subscription, parcel.body, attempt, std::string(Reason(outcome)));
      if (co_await given_up) continue;
    }
    Note(message, parcel.subscription, Delivery::Outcome::kRetrying, attempt, std::string(Reason(outcome)));
    remaining.push_back(parcel.subscription->number);
  }
  if (remaining.empty()) co_return OutboxVerdict::Done();
  const auto delay = ManagedRetryPolicy().DelayAfter(attempt);
  if (!delay) co_return OutboxVerdict::Done();
  // At least a second: the database that could not take it needs to come to rest.
  OutboxVerdict verdict =
      OutboxVerdict::RetryAt(clock_.Now() + std::max(*delay, std::chrono::milliseconds(1'000)));
  verdict.payload = EncodeShipment(*message, remaining);
  co_return verdict;
}

}  // namespace cumulite::sns

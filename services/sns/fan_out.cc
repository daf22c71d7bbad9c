#include "services/sns/fan_out.h"

#include <algorithm>
#include <optional>

#include "services/sns/delivery_policy.h"
#include "services/sns/envelope.h"
#include "services/sns/subscription_attributes.h"

namespace cumulite::sns {
namespace {
using Outcome = services::QueueFanOut::Outcome;
using storage::OutboxVerdict;

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

services::QueueMessage ForQueue(const Message& message, const Subscription& subscription, std::string body) {
  services::QueueMessage to_queue;
  to_queue.body = std::move(body);
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

bool IsHttp(const Subscription& subscription) {
  return subscription.protocol == "http" || subscription.protocol == "https";
}

/// Whether a queue gets the message in a signed envelope; what HTTP(S) endpoints get is signed when it goes
/// out.
bool NeedsSignature(const Message& message, const SubscriptionList& recipients) {
  return message.sequence == 0 && std::ranges::any_of(recipients, [](const SubscriptionPtr& subscription) {
           return subscription->protocol == "sqs" && !subscription->raw();
         });
}

/// The subscriptions of those numbers that are there still; both in the order of numbers.
SubscriptionList Those(const SubscriptionList& subscriptions, std::span<const std::int64_t> numbers) {
  SubscriptionList found;
  found.reserve(numbers.size());
  auto at = subscriptions.begin();
  for (const std::int64_t number : numbers) {
    if (at == subscriptions.end() || (*at)->number != number) {  // not the one behind the last one found
      at = std::ranges::lower_bound(subscriptions, number, {}, [](const auto& s) { return s->number; });
    }
    if (at == subscriptions.end() || (*at)->number != number) continue;  // unsubscribed meanwhile
    found.push_back(*at++);
  }
  return found;
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

void FanOut::Note(const MessagePtr& message, const SubscriptionPtr& subscription, Delivery::Outcome outcome,
                  std::int64_t attempt, std::string detail) {
  std::vector<Delivery> one;
  one.push_back({.at = clock_.Now(),
                 .message = message,
                 .subscription = subscription,
                 .protocol = {},
                 .endpoint = {},
                 .outcome = outcome,
                 .attempt = attempt,
                 .detail = std::move(detail)});
  log_.Add(std::move(one));
}

runtime::Task<bool> FanOut::GiveUp(MessagePtr message, SubscriptionPtr subscription, std::string body,
                                   std::int64_t attempt, std::string why) {
  const std::string target = DeadLetterTarget(*subscription);
  if (!target.empty()) {
    services::QueueMessage letter = ForQueue(*message, *subscription, std::move(body));
    letter.queue_arn = target;
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

FanOut::Sorted FanOut::Sort(const Message& message, const SubscriptionList& recipients) const {
  Sorted sorted;
  sorted.queues.reserve(recipients.size());
  Envelopes envelopes(message, signer_);
  std::shared_ptr<const services::QueueMessage> raw;
  for (const SubscriptionPtr& subscription : recipients) {
    if (IsHttp(*subscription)) {
      sorted.endpoints.push_back(subscription->number);
    } else if (subscription->protocol != "sqs") {
      sorted.others.push_back(subscription);
    } else if (!subscription->raw()) {
      auto enveloped = std::make_shared<const services::QueueMessage>(
          ForQueue(message, *subscription, envelopes.Wrap(*subscription)));
      sorted.queues.push_back({subscription, std::move(enveloped)});
    } else {
      if (!raw) {
        raw = std::make_shared<const services::QueueMessage>(
            ForQueue(message, *subscription, message.BodyFor("sqs")));
      }
      sorted.queues.push_back({subscription, raw});
    }
  }
  return sorted;
}

runtime::Task<std::vector<std::int64_t>> FanOut::Deliver(MessagePtr message, std::vector<ToQueue> queues,
                                                         std::int64_t attempt) {
  std::vector<std::int64_t> remaining;
  if (queues.empty()) co_return remaining;
  std::vector<services::QueueFanOut::Parcel> parcels;
  parcels.reserve(queues.size());
  for (const ToQueue& queue : queues) parcels.push_back({queue.message, queue.subscription->endpoint});
  runtime::Task<std::vector<Outcome>> delivery = queues_.DeliverEach(std::move(parcels));
  const std::vector<Outcome> outcomes = co_await delivery;
  const base::TimePoint now = clock_.Now();
  std::vector<Delivery> delivered;
  delivered.reserve(queues.size());
  for (std::size_t i = 0; i < queues.size(); ++i) {
    const SubscriptionPtr& subscription = queues[i].subscription;
    const Outcome outcome = outcomes[i];
    if (outcome == Outcome::kDelivered) {
      delivered.push_back({.at = now,
                           .message = message,
                           .subscription = subscription,
                           .protocol = {},
                           .endpoint = {},
                           .outcome = Delivery::Outcome::kDelivered,
                           .attempt = attempt,
                           .detail = {}});
      continue;
    }
    if (outcome != Outcome::kFailed) {
      runtime::Task<bool> given_up =
          GiveUp(message, subscription, queues[i].message->body, attempt, std::string(Reason(outcome)));
      if (co_await given_up) continue;
    }
    Note(message, subscription, Delivery::Outcome::kRetrying, attempt, std::string(Reason(outcome)));
    remaining.push_back(subscription->number);
  }
  log_.Add(std::move(delivered));
  co_return remaining;
}

runtime::Task<OutboxVerdict> FanOut::Ship(MessagePtr message, std::vector<std::int64_t> recipients,
                                          std::int64_t attempt) {
  const auto subscriptions = store_.SubscribersOf(message->topic_arn);
  const SubscriptionList those = Those(subscriptions->list(), recipients);
  if (!signer_.ready() && NeedsSignature(*message, those)) co_await signer_.Prepare();
  Sorted sorted = Sort(*message, those);
  for (const SubscriptionPtr& other : sorted.others) {
    Note(message, other, Delivery::Outcome::kRecorded, attempt);
  }
  // Begun before anything is waited for, so that a queue has it when the publisher has its answer.
  runtime::Task<std::vector<std::int64_t>> delivery = Deliver(message, std::move(sorted.queues), attempt);
  bool failed = false;
  if (!sorted.endpoints.empty()) {
    try {
      runtime::Task<void> handed_on = HandOn(message, sorted.endpoints);
      co_await handed_on;
    } catch (const std::exception&) {
      failed = true;
    }
  }
  std::vector<std::int64_t> remaining = co_await delivery;
  if (failed) remaining.insert(remaining.end(), sorted.endpoints.begin(), sorted.endpoints.end());
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

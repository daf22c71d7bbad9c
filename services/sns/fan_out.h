#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/delivery.h"
#include "services/sns/delivery_log.h"
#include "services/sns/message.h"
#include "services/sns/signer.h"
#include "services/sns/sns_store.h"
#include "services/storage/outbox.h"

namespace cumulite::sns {

/// Which of the subscriptions want a message, by their filter policies.
std::vector<std::int64_t> Recipients(const Message& message, const SubscriptionList& subscriptions);

/// Brings published messages to their subscribers.
///
/// Queues are reached at once, all at the same time; what they refuse goes to the subscription's dead-letter
/// queue. What has to wait stays in the outbox.
/// Thread: any I/O thread.
class FanOut {
 public:
  FanOut(const SnsStore& store, services::QueueDelivery& queues, Signer& signer, DeliveryLog& log,
         storage::Writer& writer, storage::Outbox& outbox, const base::Clock& clock)
      : store_(store),
        queues_(queues),
        signer_(signer),
        log_(log),
        writer_(writer),
        outbox_(outbox),
        clock_(clock) {}

  /// Delivers to the subscriptions of those numbers; never throws. The verdict is that of the outbox row.
  runtime::Task<storage::OutboxVerdict> Ship(MessagePtr message, std::vector<std::int64_t> recipients,
                                             std::int64_t attempt);

  /// To the dead-letter queue, if there is one. True unless it is to be tried again.
  runtime::Task<bool> GiveUp(MessagePtr message, SubscriptionPtr subscription, std::string body,
                             std::int64_t attempt, std::string why);
  /// Puts an attempt into the log.
  void Note(const MessagePtr& message, const SubscriptionPtr& subscription, Delivery::Outcome outcome,
            std::int64_t attempt, std::string detail = {});

  /// The kind of outbox rows that hold one message for one HTTP(S) endpoint.
  static constexpr std::string_view kHttpKind = "http";

 private:
  /// Gives each HTTP(S) endpoint a row of its own in the outbox, which brings it there and tries again.
  runtime::Task<void> HandOn(MessagePtr message, std::vector<std::int64_t> numbers);

  /// How far the delivery to one subscription came.
  struct Parcel {
    SubscriptionPtr subscription;
    std::string body;
    runtime::Task<services::QueueDelivery::Outcome> delivery;
  };

  services::QueueMessage ForQueue(const Message& message, const Subscription& subscription,
                                  const std::string& queue, const std::string& body) const;
  const SnsStore& store_;
  services::QueueDelivery& queues_;
  Signer& signer_;
  DeliveryLog& log_;
  storage::Writer& writer_;
  storage::Outbox& outbox_;
  const base::Clock& clock_;
};

}  // namespace cumulite::sns

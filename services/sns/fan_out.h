#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/queue_fan_out.h"
#include "services/sns/delivery_log.h"
#include "services/sns/message.h"
#include "services/sns/signer.h"
#include "services/sns/sns_store.h"
#include "services/storage/outbox.h"

namespace cumulite::sns {

/// Brings published messages to their subscribers.
///
/// Queues are reached at once, all at the same time; what they refuse goes to the subscription's dead-letter
/// queue. What has to wait stays in the outbox.
/// Thread: any I/O thread.
class FanOut {
 public:
  FanOut(const SnsStore& store, services::QueueFanOut& queues, Signer& signer, DeliveryLog& log,
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

  /// What goes to one queue; raw, it is the same for all of them.
  struct ToQueue {
    SubscriptionPtr subscription;
    std::shared_ptr<const services::QueueMessage> message;
  };
  /// A message's recipients by what becomes of them.
  struct Sorted {
    std::vector<ToQueue> queues;
    std::vector<std::int64_t> endpoints;
    std::vector<SubscriptionPtr> others;  // that nobody here is behind
  };
  /// Prepare the signer before, where NeedsSignature says so.
  Sorted Sort(const Message& message, const SubscriptionList& recipients) const;
  /// To all of them at once; gives the numbers of those that are to be tried again.
  runtime::Task<std::vector<std::int64_t>> Deliver(MessagePtr message, std::vector<ToQueue> queues,
                                                   std::int64_t attempt);

  const SnsStore& store_;
  services::QueueFanOut& queues_;
  Signer& signer_;
  DeliveryLog& log_;
  storage::Writer& writer_;
  storage::Outbox& outbox_;
  const base::Clock& clock_;
};

}  // namespace cumulite::sns

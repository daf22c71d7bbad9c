// How other services put messages into queues.
#include <utility>

#include "services/peer_attributes.h"
#include "services/sqs/access.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/sqs_service.h"
#include "services/storage/error.h"

namespace cumulite::sqs {
namespace {
using Outcome = services::QueueFanOut::Outcome;
using Parcel = services::QueueFanOut::Parcel;

/// AWS's services send as themselves; their SenderId is an id of AWS's own.
constexpr std::string_view kServiceSenderId = "AIDAISMY7JYY5F7RTT6AO";

PreparedMessage PrepareFor(const Queue& queue, services::QueueMessage&& message) {
  const auto description = queue.description();
  MessageToSend send;
  send.body = std::move(message.body);
  services::TakeAttributes(message.attributes, send.attributes);
  if (!message.group.empty()) send.group = std::move(message.group);
  // FIFO topics hand an id on that standard queues do not take.
  if (queue.fifo() && !message.deduplication_id.empty()) {
    send.deduplication_id = std::move(message.deduplication_id);
  }
  return Prepare(std::move(send), description->attributes, kServiceSenderId, message.trace_header,
                 SendForm::kSingle);
}

/// One DeliverEach: what has been put into queues, and by which writes.
class Round {
 public:
  explicit Round(SqsService& sqs) : sqs_(sqs) {}

  /// What is known at once; kDelivered counts once Commit has not said otherwise.
  Outcome Put(std::size_t place, const std::shared_ptr<Queue>& queue, const Parcel& parcel) {
    if (parcel.message->strict && !IsDeliveryAllowed(*queue, *parcel.message, sqs_.clock().Now())) {
      return Outcome::kDenied;
    }
    PreparedMessage prepared;
    try {
      prepared = PrepareOnce(*queue, parcel.message);
    } catch (const protocol::AwsError&) {
      return Outcome::kRejected;
    }
    try {
      JointSend sent = EnqueueJointly(sqs_, *queue, prepared, joint_);
      if (sent.duplicate) {
        writes_.push_back({std::move(sent.ticket), {}});  // a fence behind the send that it repeats
        writes_.back().puts.emplace_back(place, queue);
        return Outcome::kDelivered;
      }
      if (sent.begins) {
        writes_.push_back({std::move(sent.ticket), {}});
        joint_write_ = writes_.size() - 1;
      }
      writes_[joint_write_].puts.emplace_back(place, queue);
      return Outcome::kDelivered;
    } catch (const std::exception&) {
      return sqs_.FindByArn(parcel.queue_arn) ? Outcome::kFailed : Outcome::kNoQueue;
    }
  }

  /// Waits until all is written; what was not is to come again.
  runtime::Task<void> Commit(std::vector<Outcome>& outcomes) {
    if (writes_.empty()) co_return;
    // One coroutine may wait for a write, and others share these: so for one behind them.
    try {
      const storage::Ticket fence = sqs_.store().Fence();
      co_await sqs_.store().Committed(fence);
    } catch (const std::exception&) {
      // The writes themselves tell.
    }
    for (const Write& write : writes_) {
      try {
        if (!write.ticket.done()) throw storage::QueueFull();  // nobody knows: the fence found no room
        write.ticket.Rethrow();
      } catch (const std::exception& failure) {
        for (const auto& [place, queue] : write.puts) {
          if (write.ticket.done()) sqs_.Abandon(*queue, failure);
          outcomes[place] = sqs_.FindByArn(queue->arn()) ? Outcome::kFailed : Outcome::kNoQueue;
        }
      }
    }
  }

 private:
  struct Write {
    storage::Ticket ticket;
    std::vector<std::pair<std::size_t, std::shared_ptr<Queue>>> puts;  // by place in the outcomes
  };

  /// Standard queues that get the same message one after the other share what was prepared for the first.
  PreparedMessage PrepareOnce(const Queue& queue,
                              const std::shared_ptr<const services::QueueMessage>& message) {
    if (!queue.fifo() && message == latest_) return Share(prepared_, queue.description()->attributes);
    PreparedMessage prepared = PrepareFor(queue, services::QueueMessage(*message));
    DigestBody(prepared);
    if (!queue.fifo()) {
      latest_ = message;
      prepared_ = prepared;
    }
    return prepared;
  }

  SqsService& sqs_;
  QueueStore::JointSends joint_;
  std::vector<Write> writes_;
  std::size_t joint_write_ = 0;  // the latest of `joint_`
  std::shared_ptr<const services::QueueMessage> latest_;
  PreparedMessage prepared_;
};

}  // namespace

runtime::Task<Outcome> SqsService::Deliver(services::QueueMessage message) {
  const auto queue = FindByArn(message.queue_arn);
  if (!queue) co_return Outcome::kNoQueue;
  if (message.strict && !IsDeliveryAllowed(*queue, message, clock_.Now())) co_return Outcome::kDenied;
  PreparedMessage prepared;
  try {
    prepared = PrepareFor(*queue, std::move(message));
  } catch (const protocol::AwsError&) {
    co_return Outcome::kRejected;
  }
  try {
    if (!queue->loaded()) co_await Load(queue);
    const SendResult result = Enqueue(*this, *queue, {&prepared, 1});
    co_await Commit(queue, result.ticket);
    co_return Outcome::kDelivered;
  } catch (const std::exception&) {
    co_return FindByArn(queue->arn()) ? Outcome::kFailed : Outcome::kNoQueue;
  }
}

runtime::Task<std::vector<Outcome>> SqsService::DeliverEach(std::vector<Parcel> parcels) {
  struct Late {
    std::size_t place;
    runtime::Task<Outcome> delivery;
  };
  std::vector<Outcome> outcomes(parcels.size(), Outcome::kNoQueue);
  std::vector<Late> late;  // to queues that are loaded first, all at the same time
  Round round(*this);
  for (std::size_t i = 0; i < parcels.size(); ++i) {
    const auto queue = FindByArn(parcels[i].queue_arn);
    if (!queue) continue;
    if (queue->ready()) {
      outcomes[i] = round.Put(i, queue, parcels[i]);
      continue;
    }
    services::QueueMessage message = *parcels[i].message;
    message.queue_arn = parcels[i].queue_arn;
    late.push_back({i, Deliver(std::move(message))});
  }
  runtime::Task<void> committed = round.Commit(outcomes);
  co_await committed;
  for (Late& one : late) outcomes[one.place] = co_await one.delivery;
  co_return outcomes;
}

}  // namespace cumulite::sqs

// How other services put messages into queues.
#include <utility>

#include "services/peer_attributes.h"
#include "services/sqs/access.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
namespace {

MessageToSend ToSend(services::QueueMessage& message) {
  MessageToSend send;
  send.body = std::move(message.body);
  services::TakeAttributes(message.attributes, send.attributes);
  if (!message.group.empty()) send.group = std::move(message.group);
  if (!message.deduplication_id.empty()) send.deduplication_id = std::move(message.deduplication_id);
  return send;
}

/// AWS's services send as themselves; their SenderId is an id of AWS's own.
constexpr std::string_view kServiceSenderId = "AIDAISMY7JYY5F7RTT6AO";

}  // namespace

runtime::Task<SqsService::Outcome> SqsService::Deliver(services::QueueMessage message) {
  const auto queue = FindByArn(message.queue_arn);
  if (!queue) co_return Outcome::kNoQueue;
  if (message.strict && !IsDeliveryAllowed(*queue, message, clock_.Now())) co_return Outcome::kDenied;
  PreparedMessage prepared;
  try {
    // FIFO topics hand an id on that standard queues do not take.
    if (!queue->fifo()) message.deduplication_id.clear();
    prepared = Prepare(ToSend(message), queue->description()->attributes, kServiceSenderId,
                       message.trace_header, SendForm::kSingle);
  } catch (const protocol::AwsError&) {
    co_return Outcome::kRejected;
  }
  try {
    if (!queue->loaded()) co_await Load(queue);
    const SendResult result = Enqueue(*this, *queue, {&prepared, 1});
    co_await Commit(queue, result.ticket);
    co_return Outcome::kDelivered;
  } catch (const std::exception&) {
    co_return FindByArn(message.queue_arn) ? Outcome::kFailed : Outcome::kNoQueue;
  }
}

}  // namespace cumulite::sqs

#include "services/sqs/operations/receive_message.h"

#include <chrono>

#include "services/sqs/dead_letters.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/message_view.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members ReceiveMessageRequest::Describe() {
  using R = ReceiveMessageRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::attribute_names>("AttributeNames").InQuery("AttributeName").Flattened(),
      Wire<&R::message_system_attribute_names>("MessageSystemAttributeNames")
          .InQuery("MessageSystemAttributeName")
          .Flattened(),
      Wire<&R::message_attribute_names>("MessageAttributeNames").InQuery("MessageAttributeName").Flattened(),
      Wire<&R::max_number_of_messages>("MaxNumberOfMessages").Range(1, 10),
      Wire<&R::visibility_timeout>("VisibilityTimeout").Range(0, 43'200),
      Wire<&R::wait_time_seconds>("WaitTimeSeconds").Range(0, 20),
      Wire<&R::receive_request_attempt_id>("ReceiveRequestAttemptId"),
  };
  return kMembers;
}

protocol::Members ReceivedMessage::Describe() {
  using M = ReceivedMessage;
  static constexpr protocol::Member kMembers[] = {
      Wire<&M::message_id>("MessageId"),
      Wire<&M::receipt_handle>("ReceiptHandle"),
      Wire<&M::md5_of_body>("MD5OfBody"),
      Wire<&M::body>("Body"),
      Wire<&M::attributes>("Attributes").InQuery("Attribute").Flattened().Entries("Name", "Value"),
      Wire<&M::md5_of_message_attributes>("MD5OfMessageAttributes"),
      Wire<&M::message_attributes>("MessageAttributes")
          .InQuery("MessageAttribute")
          .Flattened()
          .Entries("Name", "Value"),
  };
  return kMembers;
}

protocol::Members ReceiveMessageResponse::Describe() {
  using R = ReceiveMessageResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::messages>("Messages").InQuery("Message").Flattened(),
  };
  return kMembers;
}

namespace {

/// One look into the queue.
struct Look {
  std::vector<Delivery> deliveries;
  std::vector<std::shared_ptr<const MessageContent>> contents;
  bool over_limit = false;
};

void CheckAttemptId(const std::optional<std::string>& id, bool fifo) {
  if (!id) return;
  if (!fifo) {
    throw InvalidValue(*id, "ReceiveRequestAttemptId",
                       "The request include parameter that is not valid for this queue type.");
  }
  CheckId(*id, "ReceiveRequestAttemptId");
}

/// With a redrive policy a receive is answered once its count is written: a count that a crash loses would
/// keep a message that crashes its consumers for ever.
enum class Counts : std::uint8_t { kWrittenSoon, kWrittenFirst };

struct Taken {
  Received received;
  std::optional<storage::Ticket> written;
};

Taken TakeFrom(SqsService& sqs, Queue& queue, const ReceiveOptions& options, Counts counts) {
  return queue.With([&](QueueState& state) {
    Taken taken{state.Receive(options, sqs.clock().Now()), std::nullopt};
    const Received& received = taken.received;
    if (received.deliveries.empty()) return taken;
    std::vector<VisibilityRow> rows;
    rows.reserve(received.deliveries.size());
    for (const Delivery& delivery : received.deliveries) {
      rows.push_back({delivery.handle.key, delivery.visible_at, delivery.first_received_at,
                      delivery.handle.receive_count});
    }
    if (counts == Counts::kWrittenFirst) {
      taken.written = sqs.store().JournalVisibility(rows);
    } else {
      sqs.store().JournalReceive(rows, received.repeated);
    }
    return taken;
  });
}

Taken TakeAndBury(SqsService& sqs, const std::shared_ptr<Queue>& queue,
                  const std::shared_ptr<Queue>& dead_letter_queue, const ReceiveOptions& options,
                  Counts counts) {
  Taken taken = TakeFrom(sqs, *queue, options, counts);
  const Received& received = taken.received;
  try {
    Bury(sqs, queue, dead_letter_queue, received.dead);
  } catch (const std::exception&) {
    // The dead are where they were. What was taken along with them is delivered all the same.
    if (received.deliveries.empty()) {
      throw AwsError(protocol::kServiceUnavailable, "A message cannot be moved to the dead-letter queue.");
    }
  }
  return taken;
}

runtime::Task<Look> LookInto(SqsService& sqs, std::shared_ptr<Queue> queue, ReceiveOptions options) {
  const auto description = queue->description();
  const auto dead_letter_queue = DeadLetterQueueOf(sqs, *queue, description->attributes);
  if (dead_letter_queue) {
    options.max_receive_count = description->attributes.redrive_policy()->max_receive_count;
    if (!dead_letter_queue->loaded()) co_await sqs.Load(dead_letter_queue);
  }
  const bool redriven = description->attributes.redrive_policy().has_value();
  const Counts counts = redriven ? Counts::kWrittenFirst : Counts::kWrittenSoon;
  Taken taken = TakeAndBury(sqs, queue, dead_letter_queue, options, counts);
  Received& received = taken.received;
  while (received.deliveries.empty() && received.dead.size() == Received::kMaxDead) {
    const storage::Ticket buried = sqs.store().Fence();  // meanwhile others have their turn
    co_await sqs.store().Committed(buried);
    taken = TakeAndBury(sqs, queue, dead_letter_queue, options, counts);
  }
  if (received.problem == Received::Problem::kAttemptNotRetryable) {
    throw InvalidValue(
        options.attempt_id, "ReceiveRequestAttemptId",
        "The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.");
  }
  Look look;
  look.over_limit = received.problem == Received::Problem::kInFlightLimit;
  if (received.deliveries.empty()) co_return look;
  if (taken.written) co_await sqs.store().Committed(*taken.written);
  std::vector<MessageKey> keys;
  keys.reserve(received.deliveries.size());
  for (const Delivery& delivery : received.deliveries) keys.push_back(delivery.handle.key);
  look.contents = co_await sqs.Contents(std::move(keys), SqsService::Cached::kTake);
  look.deliveries = std::move(received.deliveries);
  co_return look;
}

/// The body itself if nobody else holds the content, a copy otherwise.
std::string TakeBody(std::shared_ptr<const MessageContent> content) {
  // Giving back a second hold orders what follows after all that former holders did with the content.
  if (std::shared_ptr(content).use_count() > 2) return content->body;
  return std::move(std::const_pointer_cast<MessageContent>(content)->body);
}

}  // namespace

runtime::Task<ReceiveMessageResponse> ReceiveMessage(SqsService& sqs, const protocol::RequestContext& context,
                                                     ReceiveMessageRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "ReceiveMessage");
  const MessageView view(request.attribute_names, request.message_system_attribute_names,
                         request.message_attribute_names, queue->fifo());
  CheckAttemptId(request.receive_request_attempt_id, queue->fifo());
  const auto description = queue->description();
  // value_or, never truthiness: an explicit 0 overrides the queue's own setting.
  const std::chrono::seconds wait{request.wait_time_seconds.value_or(
      static_cast<std::int32_t>(description->attributes.receive_wait().count()))};
  const ReceiveOptions options{
      .max_messages = static_cast<std::size_t>(request.max_number_of_messages.value_or(1)),
      .visibility_timeout = std::chrono::seconds{request.visibility_timeout.value_or(
          static_cast<std::int32_t>(description->attributes.visibility_timeout().count()))},
      .max_receive_count = std::nullopt,
      .attempt_id =
          request.receive_request_attempt_id ? *request.receive_request_attempt_id : std::string_view()};
  const TimePoint deadline = wait.count() > 0 ? sqs.clock().Now() + wait : TimePoint{};
  Look look = co_await LookInto(sqs, queue, options);
  if (look.over_limit && wait.count() == 0) {
    throw AwsError(kOverLimit,
                   "Too many messages have been received without being deleted. Please delete your received "
                   "messages or let them timeout before receiving more.");
  }
  while (look.deliveries.empty() && wait.count() > 0) {
    // Subscribe before looking: a message sent between the look and the wait must still wake us.
    runtime::Signal::Subscription place(queue->arrivals());
    look = co_await LookInto(sqs, queue, options);
    if (!look.deliveries.empty() || sqs.clock().Now() >= deadline) break;
    const auto wake = co_await place.Until(deadline, context.cancel);
    if (wake == runtime::Signal::Wake::kCancelled) break;
  }
  ReceiveMessageResponse response;
  response.messages.reserve(look.deliveries.size());
  for (std::size_t i = 0; i < look.deliveries.size(); ++i) {
    // Without content it was deleted while we looked.
    if (!look.contents[i]) continue;
    response.messages.push_back(view.Render(look.deliveries[i], *look.contents[i]));
    response.messages.back().body = TakeBody(std::move(look.contents[i]));
  }
  co_return response;
}

}  // namespace cumulite::sqs

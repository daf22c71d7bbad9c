#include "services/sqs/operations/change_message_visibility.h"

#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members ChangeMessageVisibilityRequest::Describe() {
  using R = ChangeMessageVisibilityRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::receipt_handle>("ReceiptHandle").Required(),
      Wire<&R::visibility_timeout>("VisibilityTimeout").Required().Range(0, 43'200),
  };
  return kMembers;
}

protocol::Members ChangeMessageVisibilityBatchRequestEntry::Describe() {
  using E = ChangeMessageVisibilityBatchRequestEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&E::id>("Id").Required(),
      Wire<&E::receipt_handle>("ReceiptHandle").Required(),
      Wire<&E::visibility_timeout>("VisibilityTimeout"),
  };
  return kMembers;
}

protocol::Members ChangeMessageVisibilityBatchRequest::Describe() {
  using R = ChangeMessageVisibilityBatchRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::entries>("Entries").InQuery("ChangeMessageVisibilityBatchRequestEntry").Flattened().Required(),
  };
  return kMembers;
}

protocol::Members ChangeMessageVisibilityBatchResponse::Describe() {
  using R = ChangeMessageVisibilityBatchResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::successful>("Successful").InQuery("ChangeMessageVisibilityBatchResultEntry").Flattened(),
      Wire<&R::failed>("Failed").InQuery("BatchResultErrorEntry").Flattened(),
  };
  return kMembers;
}

namespace {

constexpr std::int32_t kMaxTimeout = 43'200;

/// Changes one message and says what to journal.
/// Errors: as ChangeMessageVisibility; nothing has changed then.
VisibilityRow ChangeOne(SqsService& sqs, const Queue& queue, QueueState& state,
                        const std::string& handle_text, std::int32_t seconds) {
  const ReceiptHandle handle = DecodeHandle(handle_text, queue);
  if (seconds < 0 || seconds > kMaxTimeout) {
    throw InvalidValue(std::to_string(seconds), "VisibilityTimeout", "Must be between 0 and 43200.");
  }
  switch (state.ChangeVisibility(handle, std::chrono::seconds{seconds}, sqs.clock().Now())) {
    case QueueState::Change::kNotAvailable:
      throw InvalidValue(handle_text, "ReceiptHandle",
                         "Message does not exist or is not available for visibility timeout change.");
    case QueueState::Change::kBeyondLimit:
      throw InvalidValue(std::to_string(seconds), "VisibilityTimeout",
                         "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
    case QueueState::Change::kChanged:
      break;
  }
  const Message& message = *state.Find(handle);
  return {message.key, message.visible_at, message.first_received_at, message.receive_count};
}

}  // namespace

runtime::Task<ChangeMessageVisibilityResponse> ChangeMessageVisibility(
    SqsService& sqs, const protocol::RequestContext& context, ChangeMessageVisibilityRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "ChangeMessageVisibility");
  // Journalled while the queue is locked, so the journal replays in the order the changes happened.
  const storage::Ticket ticket = queue->With([&](QueueState& state) {
    return sqs.store().JournalVisibility(
        {ChangeOne(sqs, *queue, state, request.receipt_handle, request.visibility_timeout)});
  });
  co_await sqs.Commit(queue, ticket);
  co_return ChangeMessageVisibilityResponse{};
}

runtime::Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatch(
    SqsService& sqs, const protocol::RequestContext& context, ChangeMessageVisibilityBatchRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "ChangeMessageVisibility");
  CheckBatch(request.entries, "ChangeMessageVisibilityBatchRequestEntry");
  ChangeMessageVisibilityBatchResponse response;
  const storage::Ticket ticket = queue->With([&](QueueState& state) {
    std::vector<VisibilityRow> rows;
    for (const auto& entry : request.entries) {
      try {
        rows.push_back(
            ChangeOne(sqs, *queue, state, entry.receipt_handle, entry.visibility_timeout.value_or(0)));
        response.successful.push_back({entry.id});
      } catch (const AwsError& error) {
        response.failed.push_back(Failure(entry.id, error));
      }
    }
    return rows.empty() ? storage::Ticket() : sqs.store().JournalVisibility(rows);
  });
  co_await sqs.Commit(queue, ticket);
  co_return response;
}

}  // namespace cumulite::sqs

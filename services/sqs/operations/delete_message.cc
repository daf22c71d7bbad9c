#include "services/sqs/operations/delete_message.h"

#include <algorithm>

#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members DeleteMessageRequest::Describe() {
  using R = DeleteMessageRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::receipt_handle>("ReceiptHandle").Required(),
  };
  return kMembers;
}

protocol::Members DeleteMessageBatchRequestEntry::Describe() {
  using E = DeleteMessageBatchRequestEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&E::id>("Id").Required(),
      Wire<&E::receipt_handle>("ReceiptHandle").Required(),
  };
  return kMembers;
}

protocol::Members DeleteMessageBatchRequest::Describe() {
  using R = DeleteMessageBatchRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::entries>("Entries").InQuery("DeleteMessageBatchRequestEntry").Flattened().Required(),
  };
  return kMembers;
}

protocol::Members DeleteMessageBatchResponse::Describe() {
  using R = DeleteMessageBatchResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::successful>("Successful").InQuery("DeleteMessageBatchResultEntry").Flattened(),
      Wire<&R::failed>("Failed").InQuery("BatchResultErrorEntry").Flattened(),
  };
  return kMembers;
}

namespace {

AwsError ExpiredHandle(const std::string& handle) {
  return InvalidValue(handle, "ReceiptHandle", "The receipt handle has expired.");
}

/// A handle, and the entry that it belongs to.
struct Deletion {
  ReceiptHandle handle;
  std::size_t entry;
};

/// Deletes what the handles name; `expired` gets the entries whose handles are too old.
storage::Ticket DeleteAll(SqsService& sqs, Queue& queue, const std::vector<Deletion>& deletions,
                          std::vector<std::size_t>& expired) {
  return queue.With([&](QueueState& state) {
    const TimePoint now = sqs.clock().Now();
    std::vector<MessageKey> keys;
    keys.reserve(deletions.size());
    bool gone = false;  // deleted before, by somebody whose write may still be waiting
    for (const auto& [handle, entry] : deletions) {
      const auto outcome = state.Delete(handle, now);
      if (outcome == QueueState::Deletion::kHandleExpired) expired.push_back(entry);
      gone = gone || outcome == QueueState::Deletion::kGone;
      if (outcome != QueueState::Deletion::kDeleted) continue;
      keys.push_back(handle.key);
      sqs.cache().Remove(handle.key);
    }
    if (!keys.empty()) return sqs.store().JournalDelete(std::move(keys));
    return gone ? sqs.store().Fence() : storage::Ticket();
  });
}

}  // namespace

runtime::Task<DeleteMessageResponse> DeleteMessage(SqsService& sqs, const protocol::RequestContext& context,
                                                   DeleteMessageRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "DeleteMessage");
  const std::vector<Deletion> deletion{{DecodeHandle(request.receipt_handle, *queue), 0}};
  std::vector<std::size_t> expired;
  const storage::Ticket ticket = DeleteAll(sqs, *queue, deletion, expired);
  if (!expired.empty()) throw ExpiredHandle(request.receipt_handle);
  co_await sqs.Commit(queue, ticket);
  co_return DeleteMessageResponse{};
}

runtime::Task<DeleteMessageBatchResponse> DeleteMessageBatch(SqsService& sqs,
                                                             const protocol::RequestContext& context,
                                                             DeleteMessageBatchRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "DeleteMessage");
  CheckBatch(request.entries, "DeleteMessageBatchRequestEntry");
  DeleteMessageBatchResponse response;
  std::vector<Deletion> deletions;
  deletions.reserve(request.entries.size());
  for (std::size_t i = 0; i < request.entries.size(); ++i) {
    try {
      deletions.push_back({DecodeHandle(request.entries[i].receipt_handle, *queue), i});
    } catch (const AwsError& error) {
      response.failed.push_back(Failure(request.entries[i].id, error));
    }
  }
  std::vector<std::size_t> expired;
  const storage::Ticket ticket = DeleteAll(sqs, *queue, deletions, expired);
  co_await sqs.Commit(queue, ticket);
  for (const auto& [handle, i] : deletions) {
    const auto& entry = request.entries[i];
    if (std::find(expired.begin(), expired.end(), i) != expired.end()) {
      response.failed.push_back(Failure(entry.id, ExpiredHandle(entry.receipt_handle)));
    } else {
      response.successful.push_back({entry.id});
    }
  }
  co_return response;
}

}  // namespace cumulite::sqs

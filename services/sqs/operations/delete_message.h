#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sqs/batch.h"

namespace cumulite::sqs {
class SqsService;

struct DeleteMessageRequest {
  std::string queue_url;
  std::string receipt_handle;
  static protocol::Members Describe();
};

struct DeleteMessageResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a received message; again and again is no error.
///
/// Errors: QueueDoesNotExist, ReceiptHandleIsInvalid; InvalidParameterValue in a FIFO queue for a handle
/// whose visibility timeout is over.
/// Thread: any. Answers after the deletion is stored.
/// Source: SQS API Reference "DeleteMessage".
runtime::Task<DeleteMessageResponse> DeleteMessage(SqsService& sqs, const protocol::RequestContext& context,
                                                   DeleteMessageRequest request);

struct DeleteMessageBatchRequestEntry {
  std::string id;
  std::string receipt_handle;
  static protocol::Members Describe();
};

struct DeleteMessageBatchRequest {
  std::string queue_url;
  std::vector<DeleteMessageBatchRequestEntry> entries;
  static protocol::Members Describe();
};

struct DeleteMessageBatchResponse {
  std::vector<BatchResultEntry> successful;
  std::vector<BatchResultErrorEntry> failed;
  static protocol::Members Describe();
};

/// Deletes up to ten messages in one write; a bad entry fails alone.
///
/// Errors: QueueDoesNotExist, EmptyBatchRequest, TooManyEntriesInBatchRequest, BatchEntryIdsNotDistinct,
/// InvalidBatchEntryId.
/// Thread: any. Answers after the deletions are stored.
/// Source: SQS API Reference "DeleteMessageBatch".
runtime::Task<DeleteMessageBatchResponse> DeleteMessageBatch(SqsService& sqs,
                                                             const protocol::RequestContext& context,
                                                             DeleteMessageBatchRequest request);

}  // namespace cumulite::sqs

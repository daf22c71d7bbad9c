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

struct ChangeMessageVisibilityRequest {
  std::string queue_url;
  std::string receipt_handle;
  std::int32_t visibility_timeout = 0;  // seconds from now
  static protocol::Members Describe();
};

struct ChangeMessageVisibilityResponse {
  static protocol::Members Describe() { return {}; }
};

/// Moves the moment an in-flight message becomes visible again; 0 returns it to the queue at once.
///
/// Shapes: visibility_timeout 0..43'200 s. The 12 h ceiling counts from the receive, not from this call.
/// Errors: QueueDoesNotExist, ReceiptHandleIsInvalid, InvalidParameterValue.
/// Thread: any. Answers after the journal has committed.
/// Source: SQS API Reference "ChangeMessageVisibility"; Developer Guide "Amazon SQS visibility timeout".
runtime::Task<ChangeMessageVisibilityResponse> ChangeMessageVisibility(
    SqsService& sqs, const protocol::RequestContext& context, ChangeMessageVisibilityRequest request);

struct ChangeMessageVisibilityBatchRequestEntry {
  std::string id;
  std::string receipt_handle;
  std::optional<std::int32_t> visibility_timeout;
  static protocol::Members Describe();
};

struct ChangeMessageVisibilityBatchRequest {
  std::string queue_url;
  std::vector<ChangeMessageVisibilityBatchRequestEntry> entries;
  static protocol::Members Describe();
};

struct ChangeMessageVisibilityBatchResponse {
  std::vector<BatchResultEntry> successful;
  std::vector<BatchResultErrorEntry> failed;
  static protocol::Members Describe();
};

/// The same for up to ten messages in one write; a bad entry fails alone.
///
/// Errors: QueueDoesNotExist, EmptyBatchRequest, TooManyEntriesInBatchRequest, BatchEntryIdsNotDistinct,
/// InvalidBatchEntryId.
/// Thread: any. Answers after the journal has committed.
/// Source: SQS API Reference "ChangeMessageVisibilityBatch".
runtime::Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatch(
    SqsService& sqs, const protocol::RequestContext& context, ChangeMessageVisibilityBatchRequest request);

}  // namespace cumulite::sqs

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sqs/batch.h"
#include "services/sqs/message_content.h"

namespace cumulite::sqs {
class SqsService;

struct SendMessageBatchRequestEntry {
  std::string id;
  std::string message_body;
  std::optional<std::int32_t> delay_seconds;
  MessageAttributes message_attributes;
  MessageAttributes message_system_attributes;
  std::optional<std::string> message_deduplication_id;
  std::optional<std::string> message_group_id;
  static protocol::Members Describe();
};

struct SendMessageBatchRequest {
  std::string queue_url;
  std::vector<SendMessageBatchRequestEntry> entries;
  static protocol::Members Describe();
};

struct SendMessageBatchResultEntry {
  std::string id;
  std::string message_id;
  std::string md5_of_message_body;
  std::optional<std::string> md5_of_message_attributes;
  std::optional<std::string> md5_of_message_system_attributes;
  std::optional<std::string> sequence_number;
  static protocol::Members Describe();
};

struct SendMessageBatchResponse {
  std::vector<SendMessageBatchResultEntry> successful;
  std::vector<BatchResultErrorEntry> failed;
  static protocol::Members Describe();
};

/// Puts up to ten messages into a queue, in their order and in one write; a bad entry fails alone.
///
/// Errors: QueueDoesNotExist, EmptyBatchRequest, TooManyEntriesInBatchRequest, BatchEntryIdsNotDistinct,
/// InvalidBatchEntryId, BatchRequestTooLong; InvalidParameterValue for an entry without MessageGroupId or
/// without anything to deduplicate by in a FIFO queue, which fails them all.
/// Thread: any. Answers after the messages are stored.
/// Source: SQS API Reference "SendMessageBatch".
runtime::Task<SendMessageBatchResponse> SendMessageBatch(SqsService& sqs,
                                                         const protocol::RequestContext& context,
                                                         SendMessageBatchRequest request);

}  // namespace cumulite::sqs

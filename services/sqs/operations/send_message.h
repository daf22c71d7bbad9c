#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sqs/message_content.h"

namespace cumulite::sqs {
class SqsService;

struct SendMessageRequest {
  std::string queue_url;
  std::string message_body;
  std::optional<std::int32_t> delay_seconds;
  MessageAttributes message_attributes;
  MessageAttributes message_system_attributes;
  std::optional<std::string> message_deduplication_id;
  std::optional<std::string> message_group_id;
  static protocol::Members Describe();
};

struct SendMessageResponse {
  std::string md5_of_message_body;
  std::optional<std::string> md5_of_message_attributes;
  std::optional<std::string> md5_of_message_system_attributes;
  std::string message_id;
  std::optional<std::string> sequence_number;
  static protocol::Members Describe();
};

/// Puts one message into a queue. A duplicate in a FIFO queue succeeds with the first one's id.
///
/// Shapes: body 1 B to MaximumMessageSize with the attributes counted; delay_seconds 0..900.
/// Errors: QueueDoesNotExist, MissingParameter, InvalidParameterValue, InvalidMessageContents.
/// Thread: any. Answers after the message is stored.
/// Source: SQS API Reference "SendMessage".
runtime::Task<SendMessageResponse> SendMessage(SqsService& sqs, const protocol::RequestContext& context,
                                               SendMessageRequest request);

}  // namespace cumulite::sqs

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

struct ReceiveMessageRequest {
  std::string queue_url;
  std::vector<std::string> attribute_names;  // the older name of message_system_attribute_names
  std::vector<std::string> message_system_attribute_names;
  std::vector<std::string> message_attribute_names;
  std::optional<std::int32_t> max_number_of_messages;
  std::optional<std::int32_t> visibility_timeout;
  std::optional<std::int32_t> wait_time_seconds;
  std::optional<std::string> receive_request_attempt_id;
  static protocol::Members Describe();
};

struct ReceivedMessage {
  std::string message_id;
  std::string receipt_handle;
  std::string md5_of_body;
  std::string body;
  std::map<std::string, std::string> attributes;
  std::optional<std::string> md5_of_message_attributes;
  MessageAttributes message_attributes;
  static protocol::Members Describe();
};

struct ReceiveMessageResponse {
  std::vector<ReceivedMessage> messages;
  static protocol::Members Describe();
};

/// Receives up to ten messages and hides them; waits for the first one if it is asked to.
///
/// Shapes: max_number_of_messages 1..10, visibility_timeout 0..43'200 s, wait_time_seconds 0..20 s.
/// Errors: QueueDoesNotExist, OverLimit (standard queue, no wait), InvalidParameterValue,
/// InvalidAttributeName.
/// Thread: any. Answers at once: losing the receive in a crash redelivers, which SQS allows.
/// Source: SQS API Reference "ReceiveMessage"; Developer Guide "Amazon SQS short and long polling".
runtime::Task<ReceiveMessageResponse> ReceiveMessage(SqsService& sqs, const protocol::RequestContext& context,
                                                     ReceiveMessageRequest request);

}  // namespace cumulite::sqs

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sns/message_attributes.h"

namespace cumulite::sns {
class SnsService;

struct PublishBatchRequestEntry {
  std::string id;
  std::string message;
  std::optional<std::string> subject;
  std::optional<std::string> message_structure;
  std::map<std::string, MessageAttributeValue> message_attributes;
  std::optional<std::string> message_deduplication_id;
  std::optional<std::string> message_group_id;
  static protocol::Members Describe();
};

struct PublishBatchRequest {
  std::string topic_arn;
  std::vector<PublishBatchRequestEntry> publish_batch_request_entries;
  static protocol::Members Describe();
};

struct PublishBatchResultEntry {
  std::string id;
  std::string message_id;
  std::optional<std::string> sequence_number;
  static protocol::Members Describe();
};

struct BatchResultErrorEntry {
  std::string id;
  std::string code;
  std::string message;
  bool sender_fault = false;
  static protocol::Members Describe();
};

struct PublishBatchResponse {
  std::vector<PublishBatchResultEntry> successful;
  std::vector<BatchResultErrorEntry> failed;
  static protocol::Members Describe();
};

/// Sends up to ten messages to a topic; a bad entry fails alone, a bad attribute fails them all.
///
/// Errors: InvalidParameter, ParameterValueInvalid, NotFound, EndpointDisabled, PlatformApplicationDisabled,
/// AuthorizationError. Thread: any. Source: SNS API Reference "PublishBatch".
runtime::Task<PublishBatchResponse> PublishBatch(SnsService& sns, const protocol::RequestContext& context,
                                                 PublishBatchRequest request);

}  // namespace cumulite::sns

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

struct PublishRequest {
  std::optional<std::string> topic_arn;
  std::optional<std::string> target_arn;
  std::optional<std::string> phone_number;
  std::string message;
  std::optional<std::string> subject;
  std::optional<std::string> message_structure;
  std::map<std::string, MessageAttributeValue> message_attributes;
  std::optional<std::string> message_deduplication_id;
  std::optional<std::string> message_group_id;
  static protocol::Members Describe();
};

struct PublishResponse {
  std::string message_id;
  std::optional<std::string> sequence_number;
  static protocol::Members Describe();
};

/// Sends one message to a topic, an endpoint or a phone number.
///
/// Errors: InvalidParameter, ParameterValueInvalid, NotFound, EndpointDisabled, PlatformApplicationDisabled,
/// AuthorizationError. Thread: any. Source: SNS API Reference "Publish".
runtime::Task<PublishResponse> Publish(SnsService& sns, const protocol::RequestContext& context,
                                       PublishRequest request);

}  // namespace cumulite::sns

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct GetTopicAttributesRequest {
  std::string topic_arn;
  static protocol::Members Describe();
};

struct GetTopicAttributesResponse {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

/// All attributes of a topic, with what is counted and derived.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "GetTopicAttributes".
runtime::Task<GetTopicAttributesResponse> GetTopicAttributes(SnsService& sns,
                                                             const protocol::RequestContext& context,
                                                             GetTopicAttributesRequest request);

struct SetTopicAttributesRequest {
  std::string topic_arn;
  std::string attribute_name;
  std::optional<std::string> attribute_value;
  static protocol::Members Describe();
};

struct SetTopicAttributesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Changes one attribute; an empty value takes it back to its default.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "SetTopicAttributes".
runtime::Task<SetTopicAttributesResponse> SetTopicAttributes(SnsService& sns,
                                                             const protocol::RequestContext& context,
                                                             SetTopicAttributesRequest request);

}  // namespace cumulite::sns

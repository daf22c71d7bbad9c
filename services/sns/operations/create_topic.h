#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sns/tags.h"

namespace cumulite::sns {
class SnsService;

struct CreateTopicRequest {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::vector<Tag> tags;
  std::optional<std::string> data_protection_policy;
  static protocol::Members Describe();
};

struct CreateTopicResponse {
  std::string topic_arn;
  static protocol::Members Describe();
};

/// Makes a topic, or gives the ARN of the one that is there with the same attributes and tags.
///
/// Errors: InvalidParameter, AuthorizationError, TagLimitExceeded.
/// Thread: any. Source: SNS API Reference "CreateTopic".
runtime::Task<CreateTopicResponse> CreateTopic(SnsService& sns, const protocol::RequestContext& context,
                                               CreateTopicRequest request);

}  // namespace cumulite::sns

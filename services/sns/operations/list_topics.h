#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct ListTopicsRequest {
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct TopicView {
  std::string topic_arn;
  static protocol::Members Describe();
};

struct ListTopicsResponse {
  std::vector<TopicView> topics;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The topics of the caller's account and region, a hundred a page.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "ListTopics".
runtime::Task<ListTopicsResponse> ListTopics(SnsService& sns, const protocol::RequestContext& context,
                                             ListTopicsRequest request);

}  // namespace cumulite::sns

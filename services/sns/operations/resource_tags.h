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

struct TagResourceRequest {
  std::string resource_arn;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct TagResourceResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds tags to a topic, or replaces the values of those that are there.
///
/// Errors: ResourceNotFound, TagLimitExceeded, InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "TagResource".
runtime::Task<TagResourceResponse> TagResource(SnsService& sns, const protocol::RequestContext& context,
                                               TagResourceRequest request);

struct UntagResourceRequest {
  std::string resource_arn;
  std::vector<std::string> tag_keys;
  static protocol::Members Describe();
};

struct UntagResourceResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes tags; a key that is not there is no error.
///
/// Errors: ResourceNotFound, TagLimitExceeded, InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "UntagResource".
runtime::Task<UntagResourceResponse> UntagResource(SnsService& sns, const protocol::RequestContext& context,
                                                   UntagResourceRequest request);

struct ListTagsForResourceRequest {
  std::string resource_arn;
  static protocol::Members Describe();
};

struct ListTagsForResourceResponse {
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

/// The tags of a topic.
///
/// Errors: ResourceNotFound, InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "ListTagsForResource".
runtime::Task<ListTagsForResourceResponse> ListTagsForResource(SnsService& sns,
                                                               const protocol::RequestContext& context,
                                                               ListTagsForResourceRequest request);

}  // namespace cumulite::sns

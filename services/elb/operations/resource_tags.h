#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct AddTagsRequest {
  std::vector<std::string> resource_arns;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct AddTagsResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds tags to resources: to all of them, or to none if one is not there.
///
/// Errors: DuplicateTagKeys, TooManyTags, LoadBalancerNotFound, TargetGroupNotFound, ListenerNotFound,
/// RuleNotFound, TrustStoreNotFound. Thread: any. Source: Elastic Load Balancing v2 API Reference "AddTags".
runtime::Task<AddTagsResponse> AddTags(ElbService& elb, const protocol::RequestContext& context,
                                       AddTagsRequest request);

struct RemoveTagsRequest {
  std::vector<std::string> resource_arns;
  std::vector<std::string> tag_keys;
  static protocol::Members Describe();
};

struct RemoveTagsResponse {
  static protocol::Members Describe() { return {}; }
};

/// Takes tags away from resources, likewise.
///
/// Errors: LoadBalancerNotFound, TargetGroupNotFound, ListenerNotFound, RuleNotFound, TooManyTags,
/// TrustStoreNotFound. Thread: any. Source: Elastic Load Balancing v2 API Reference "RemoveTags".
runtime::Task<RemoveTagsResponse> RemoveTags(ElbService& elb, const protocol::RequestContext& context,
                                             RemoveTagsRequest request);

struct TagDescription {
  std::optional<std::string> resource_arn;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct DescribeTagsRequest {
  std::vector<std::string> resource_arns;
  static protocol::Members Describe();
};

struct DescribeTagsResponse {
  std::vector<TagDescription> tag_descriptions;
  static protocol::Members Describe();
};

/// The tags of resources, in the order in which they were added.
///
/// Errors: LoadBalancerNotFound, TargetGroupNotFound, ListenerNotFound, RuleNotFound, TrustStoreNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeTags".
runtime::Task<DescribeTagsResponse> DescribeTags(ElbService& elb, const protocol::RequestContext& context,
                                                 DescribeTagsRequest request);

}  // namespace cumulite::elb

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateTagsRequest {
  std::vector<std::string> resources;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct CreateTagsResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Gives tags to resources: to all of them, or to none if one is not there.
///
/// Errors: InvalidID, those of missing resources.
/// Thread: any. Source: Amazon EC2 API Reference "CreateTags".
runtime::Task<CreateTagsResponse> CreateTags(Ec2Service& ec2, const protocol::RequestContext& context,
                                             CreateTagsRequest request);

struct DeleteTagsRequest {
  std::vector<std::string> resources;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct DeleteTagsResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Takes tags away from resources; a tag with a value only where it has that value.
///
/// Errors: InvalidID, those of missing resources.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteTags".
runtime::Task<DeleteTagsResponse> DeleteTags(Ec2Service& ec2, const protocol::RequestContext& context,
                                             DeleteTagsRequest request);

struct DescribeTagsRequest {
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeTagsResponse {
  std::optional<std::string> next_token;
  std::vector<TagDescription> tags;
  static protocol::Members Describe();
};

/// The tags of the caller's resources, one by one.
///
/// Errors: InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeTags".
runtime::Task<DescribeTagsResponse> DescribeTags(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 DescribeTagsRequest request);

}  // namespace cumulite::ec2

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct DescribeNetworkAclsRequest {
  std::vector<std::string> network_acl_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeNetworkAclsResponse {
  std::vector<NetworkAcl> network_acls;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The network ACL that every VPC has from the beginning, which lets everything through.
///
/// Errors: InvalidNetworkAclID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeNetworkAcls".
runtime::Task<DescribeNetworkAclsResponse> DescribeNetworkAcls(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               DescribeNetworkAclsRequest request);

}  // namespace cumulite::ec2

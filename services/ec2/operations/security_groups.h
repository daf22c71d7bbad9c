#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateSecurityGroupRequest {
  std::string description;
  std::string group_name;
  std::optional<std::string> vpc_id;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct CreateSecurityGroupResponse {
  std::optional<std::string> group_id;
  std::vector<Tag> tags;
  std::optional<std::string> security_group_arn;
  static protocol::Members Describe();
};

/// Makes a security group that lets everything out, in a VPC or the default one.
///
/// Errors: InvalidGroup.Duplicate, InvalidVpcID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "CreateSecurityGroup".
runtime::Task<CreateSecurityGroupResponse> CreateSecurityGroup(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               CreateSecurityGroupRequest request);

struct DescribeSecurityGroupsRequest {
  std::vector<std::string> group_ids;
  std::vector<std::string> group_names;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeSecurityGroupsResponse {
  std::optional<std::string> next_token;
  std::vector<SecurityGroup> security_groups;
  static protocol::Members Describe();
};

/// Security groups of the caller's account and region, with their rules.
///
/// Errors: InvalidGroup.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeSecurityGroups".
runtime::Task<DescribeSecurityGroupsResponse> DescribeSecurityGroups(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     DescribeSecurityGroupsRequest request);

struct DeleteSecurityGroupRequest {
  std::optional<std::string> group_id;
  std::optional<std::string> group_name;
  static protocol::Members Describe();
};

struct DeleteSecurityGroupResponse {
  bool return_ = true;
  std::optional<std::string> group_id;
  static protocol::Members Describe();
};

/// Deletes a security group that nothing refers to.
///
/// Errors: InvalidGroup.NotFound, DependencyViolation, CannotDelete.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteSecurityGroup".
runtime::Task<DeleteSecurityGroupResponse> DeleteSecurityGroup(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               DeleteSecurityGroupRequest request);

}  // namespace cumulite::ec2

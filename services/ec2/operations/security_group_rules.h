#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct AuthorizeSecurityGroupIngressRequest {
  std::optional<std::string> group_id;
  std::vector<IpPermission> ip_permissions;
  std::optional<std::string> cidr_ip;
  std::optional<std::string> ip_protocol;
  std::optional<std::int32_t> from_port;
  std::optional<std::int32_t> to_port;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct AuthorizeSecurityGroupIngressResponse {
  bool return_ = true;
  std::vector<SecurityGroupRule> security_group_rules;
  static protocol::Members Describe();
};

/// Adds rules for what comes in; all of them, or none if one is there.
///
/// Errors: InvalidGroup.NotFound, InvalidPermission.Duplicate, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "AuthorizeSecurityGroupIngress".
runtime::Task<AuthorizeSecurityGroupIngressResponse> AuthorizeSecurityGroupIngress(
    Ec2Service& ec2, const protocol::RequestContext& context, AuthorizeSecurityGroupIngressRequest request);

struct AuthorizeSecurityGroupEgressRequest {
  std::string group_id;
  std::vector<IpPermission> ip_permissions;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct AuthorizeSecurityGroupEgressResponse {
  bool return_ = true;
  std::vector<SecurityGroupRule> security_group_rules;
  static protocol::Members Describe();
};

/// Adds rules for what goes out, likewise.
///
/// Errors: InvalidGroup.NotFound, InvalidPermission.Duplicate, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "AuthorizeSecurityGroupEgress".
runtime::Task<AuthorizeSecurityGroupEgressResponse> AuthorizeSecurityGroupEgress(
    Ec2Service& ec2, const protocol::RequestContext& context, AuthorizeSecurityGroupEgressRequest request);

struct RevokeSecurityGroupIngressRequest {
  std::optional<std::string> group_id;
  std::vector<IpPermission> ip_permissions;
  std::vector<std::string> security_group_rule_ids;
  std::optional<std::string> cidr_ip;
  std::optional<std::string> ip_protocol;
  std::optional<std::int32_t> from_port;
  std::optional<std::int32_t> to_port;
  static protocol::Members Describe();
};

struct RevokeSecurityGroupIngressResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Takes rules for what comes in away, by their ids or by what they say.
///
/// Errors: InvalidGroup.NotFound, InvalidPermission.NotFound, InvalidSecurityGroupRuleId.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "RevokeSecurityGroupIngress".
runtime::Task<RevokeSecurityGroupIngressResponse> RevokeSecurityGroupIngress(
    Ec2Service& ec2, const protocol::RequestContext& context, RevokeSecurityGroupIngressRequest request);

struct RevokeSecurityGroupEgressRequest {
  std::string group_id;
  std::vector<IpPermission> ip_permissions;
  std::vector<std::string> security_group_rule_ids;
  static protocol::Members Describe();
};

struct RevokeSecurityGroupEgressResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Takes rules for what goes out away, likewise.
///
/// Errors: InvalidGroup.NotFound, InvalidPermission.NotFound, InvalidSecurityGroupRuleId.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "RevokeSecurityGroupEgress".
runtime::Task<RevokeSecurityGroupEgressResponse> RevokeSecurityGroupEgress(
    Ec2Service& ec2, const protocol::RequestContext& context, RevokeSecurityGroupEgressRequest request);

struct DescribeSecurityGroupRulesRequest {
  std::vector<std::string> security_group_rule_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeSecurityGroupRulesResponse {
  std::vector<SecurityGroupRule> security_group_rules;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Rules of security groups, one by one.
///
/// Errors: InvalidSecurityGroupRuleId.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeSecurityGroupRules".
runtime::Task<DescribeSecurityGroupRulesResponse> DescribeSecurityGroupRules(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeSecurityGroupRulesRequest request);

}  // namespace cumulite::ec2

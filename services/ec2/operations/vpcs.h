#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateVpcRequest {
  std::optional<std::string> cidr_block;
  std::optional<std::string> instance_tenancy;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct CreateVpcResponse {
  std::optional<Vpc> vpc;
  static protocol::Members Describe();
};

/// Makes a VPC with its default security group and its main route table.
///
/// Errors: InvalidVpc.Range, MissingParameter.
/// Thread: any. Source: Amazon EC2 API Reference "CreateVpc".
runtime::Task<CreateVpcResponse> CreateVpc(Ec2Service& ec2, const protocol::RequestContext& context,
                                           CreateVpcRequest request);

struct DescribeVpcsRequest {
  std::vector<std::string> vpc_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeVpcsResponse {
  std::vector<Vpc> vpcs;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// VPCs of the caller's account and region.
///
/// Errors: InvalidVpcID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeVpcs".
runtime::Task<DescribeVpcsResponse> DescribeVpcs(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 DescribeVpcsRequest request);

struct DeleteVpcRequest {
  std::string vpc_id;
  static protocol::Members Describe();
};

struct DeleteVpcResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Deletes a VPC with what it began with. What was put into it must be gone.
///
/// Errors: InvalidVpcID.NotFound, DependencyViolation.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteVpc".
runtime::Task<DeleteVpcResponse> DeleteVpc(Ec2Service& ec2, const protocol::RequestContext& context,
                                           DeleteVpcRequest request);

struct DescribeVpcAttributeRequest {
  std::string attribute;
  std::string vpc_id;
  static protocol::Members Describe();
};

struct DescribeVpcAttributeResponse {
  std::optional<std::string> vpc_id;
  std::optional<AttributeBooleanValue> enable_dns_hostnames;
  std::optional<AttributeBooleanValue> enable_dns_support;
  std::optional<AttributeBooleanValue> enable_network_address_usage_metrics;
  static protocol::Members Describe();
};

/// One attribute of a VPC.
///
/// Errors: InvalidVpcID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeVpcAttribute".
runtime::Task<DescribeVpcAttributeResponse> DescribeVpcAttribute(Ec2Service& ec2,
                                                                 const protocol::RequestContext& context,
                                                                 DescribeVpcAttributeRequest request);

struct ModifyVpcAttributeRequest {
  std::string vpc_id;
  std::optional<AttributeBooleanValue> enable_dns_hostnames;
  std::optional<AttributeBooleanValue> enable_dns_support;
  std::optional<AttributeBooleanValue> enable_network_address_usage_metrics;
  static protocol::Members Describe();
};

struct ModifyVpcAttributeResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Sets one attribute of a VPC.
///
/// Errors: InvalidVpcID.NotFound, InvalidParameterCombination.
/// Thread: any. Source: Amazon EC2 API Reference "ModifyVpcAttribute".
runtime::Task<ModifyVpcAttributeResponse> ModifyVpcAttribute(Ec2Service& ec2,
                                                             const protocol::RequestContext& context,
                                                             ModifyVpcAttributeRequest request);

}  // namespace cumulite::ec2

#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateSubnetRequest {
  std::string vpc_id;
  std::optional<std::string> cidr_block;
  std::optional<std::string> availability_zone;
  std::optional<std::string> availability_zone_id;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct CreateSubnetResponse {
  std::optional<Subnet> subnet;
  static protocol::Members Describe();
};

/// Makes a subnet in a VPC, in the zone that is named or one that EC2 chooses.
///
/// Errors: InvalidVpcID.NotFound, InvalidSubnet.Range, InvalidSubnet.Conflict, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "CreateSubnet".
runtime::Task<CreateSubnetResponse> CreateSubnet(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 CreateSubnetRequest request);

struct DescribeSubnetsRequest {
  std::vector<std::string> subnet_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeSubnetsResponse {
  std::vector<Subnet> subnets;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Subnets of the caller's account and region.
///
/// Errors: InvalidSubnetID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeSubnets".
runtime::Task<DescribeSubnetsResponse> DescribeSubnets(Ec2Service& ec2,
                                                       const protocol::RequestContext& context,
                                                       DescribeSubnetsRequest request);

struct DeleteSubnetRequest {
  std::string subnet_id;
  static protocol::Members Describe();
};

struct DeleteSubnetResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Deletes a subnet that nothing stands in.
///
/// Errors: InvalidSubnetID.NotFound, DependencyViolation.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteSubnet".
runtime::Task<DeleteSubnetResponse> DeleteSubnet(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 DeleteSubnetRequest request);

struct ModifySubnetAttributeRequest {
  std::string subnet_id;
  std::optional<AttributeBooleanValue> map_public_ip_on_launch;
  std::optional<AttributeBooleanValue> assign_ipv6_address_on_creation;
  std::optional<AttributeBooleanValue> enable_dns64;
  static protocol::Members Describe();
};

struct ModifySubnetAttributeResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Sets attributes of a subnet.
///
/// Errors: InvalidSubnetID.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "ModifySubnetAttribute".
runtime::Task<ModifySubnetAttributeResponse> ModifySubnetAttribute(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   ModifySubnetAttributeRequest request);

}  // namespace cumulite::ec2

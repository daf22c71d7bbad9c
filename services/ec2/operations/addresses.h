#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct AllocateAddressRequest {
  std::optional<std::string> domain;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct AllocateAddressResponse {
  std::optional<std::string> allocation_id;
  std::optional<std::string> public_ipv4_pool;
  std::optional<std::string> network_border_group;
  std::optional<std::string> domain;
  std::optional<std::string> public_ip;
  static protocol::Members Describe();
};

/// Takes an Elastic IP address.
///
/// Thread: any. Source: Amazon EC2 API Reference "AllocateAddress".
runtime::Task<AllocateAddressResponse> AllocateAddress(Ec2Service& ec2,
                                                       const protocol::RequestContext& context,
                                                       AllocateAddressRequest request);

struct DescribeAddressesRequest {
  std::vector<std::string> public_ips;
  std::vector<std::string> allocation_ids;
  std::vector<Filter> filters;
  static protocol::Members Describe();
};

struct DescribeAddressesResponse {
  std::vector<Address> addresses;
  static protocol::Members Describe();
};

/// Elastic IP addresses of the caller's account and region.
///
/// Errors: InvalidAllocationID.NotFound, InvalidAddress.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeAddresses".
runtime::Task<DescribeAddressesResponse> DescribeAddresses(Ec2Service& ec2,
                                                           const protocol::RequestContext& context,
                                                           DescribeAddressesRequest request);

struct ReleaseAddressRequest {
  std::optional<std::string> allocation_id;
  std::optional<std::string> public_ip;
  static protocol::Members Describe();
};

struct ReleaseAddressResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Gives an Elastic IP address back.
///
/// Errors: InvalidAllocationID.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "ReleaseAddress".
runtime::Task<ReleaseAddressResponse> ReleaseAddress(Ec2Service& ec2, const protocol::RequestContext& context,
                                                     ReleaseAddressRequest request);

}  // namespace cumulite::ec2

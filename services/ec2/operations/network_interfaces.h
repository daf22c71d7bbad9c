#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateNetworkInterfaceRequest {
  std::string subnet_id;
  std::optional<std::string> description;
  std::optional<std::string> private_ip_address;
  std::vector<std::string> groups;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct CreateNetworkInterfaceResponse {
  std::optional<NetworkInterface> network_interface;
  static protocol::Members Describe();
};

/// Makes a network interface in a subnet, with an address of the subnet.
///
/// Errors: InvalidSubnetID.NotFound, InvalidGroup.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "CreateNetworkInterface".
runtime::Task<CreateNetworkInterfaceResponse> CreateNetworkInterface(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     CreateNetworkInterfaceRequest request);

struct DescribeNetworkInterfacesRequest {
  std::vector<std::string> network_interface_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeNetworkInterfacesResponse {
  std::vector<NetworkInterface> network_interfaces;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Network interfaces of the caller's account and region.
///
/// Errors: InvalidNetworkInterfaceID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeNetworkInterfaces".
runtime::Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfaces(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeNetworkInterfacesRequest request);

struct DeleteNetworkInterfaceRequest {
  std::string network_interface_id;
  static protocol::Members Describe();
};

struct DeleteNetworkInterfaceResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Deletes a network interface.
///
/// Errors: InvalidNetworkInterfaceID.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteNetworkInterface".
runtime::Task<DeleteNetworkInterfaceResponse> DeleteNetworkInterface(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     DeleteNetworkInterfaceRequest request);

}  // namespace cumulite::ec2

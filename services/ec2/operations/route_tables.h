#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateRouteTableRequest {
  std::string vpc_id;
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct CreateRouteTableResponse {
  std::optional<RouteTable> route_table;
  static protocol::Members Describe();
};

/// Makes a route table of a VPC, with the route to the VPC itself.
///
/// Errors: InvalidVpcID.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "CreateRouteTable".
runtime::Task<CreateRouteTableResponse> CreateRouteTable(Ec2Service& ec2,
                                                         const protocol::RequestContext& context,
                                                         CreateRouteTableRequest request);

struct DescribeRouteTablesRequest {
  std::vector<std::string> route_table_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeRouteTablesResponse {
  std::vector<RouteTable> route_tables;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Route tables of the caller's account and region.
///
/// Errors: InvalidRouteTableID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeRouteTables".
runtime::Task<DescribeRouteTablesResponse> DescribeRouteTables(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               DescribeRouteTablesRequest request);

struct DeleteRouteTableRequest {
  std::string route_table_id;
  static protocol::Members Describe();
};

struct DeleteRouteTableResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Deletes a route table that no subnet uses; a VPC's main one stays.
///
/// Errors: InvalidRouteTableID.NotFound, DependencyViolation.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteRouteTable".
runtime::Task<DeleteRouteTableResponse> DeleteRouteTable(Ec2Service& ec2,
                                                         const protocol::RequestContext& context,
                                                         DeleteRouteTableRequest request);

struct CreateRouteRequest {
  std::string route_table_id;
  std::optional<std::string> destination_cidr_block;
  std::optional<std::string> destination_ipv6_cidr_block;
  std::optional<std::string> gateway_id;
  std::optional<std::string> nat_gateway_id;
  std::optional<std::string> network_interface_id;
  std::optional<std::string> instance_id;
  static protocol::Members Describe();
};

struct CreateRouteResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Adds a route to a table.
///
/// Errors: InvalidRouteTableID.NotFound, RouteAlreadyExists, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "CreateRoute".
runtime::Task<CreateRouteResponse> CreateRoute(Ec2Service& ec2, const protocol::RequestContext& context,
                                               CreateRouteRequest request);

struct DeleteRouteRequest {
  std::string route_table_id;
  std::optional<std::string> destination_cidr_block;
  std::optional<std::string> destination_ipv6_cidr_block;
  static protocol::Members Describe();
};

struct DeleteRouteResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Takes a route out of a table.
///
/// Errors: InvalidRouteTableID.NotFound, InvalidRoute.NotFound.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteRoute".
runtime::Task<DeleteRouteResponse> DeleteRoute(Ec2Service& ec2, const protocol::RequestContext& context,
                                               DeleteRouteRequest request);

struct AssociateRouteTableRequest {
  std::string route_table_id;
  std::optional<std::string> subnet_id;
  static protocol::Members Describe();
};

struct AssociateRouteTableResponse {
  std::optional<std::string> association_id;
  std::optional<CidrState> association_state;
  static protocol::Members Describe();
};

/// Has a subnet use a route table.
///
/// Errors: InvalidRouteTableID.NotFound, InvalidSubnetID.NotFound, Resource.AlreadyAssociated.
/// Thread: any. Source: Amazon EC2 API Reference "AssociateRouteTable".
runtime::Task<AssociateRouteTableResponse> AssociateRouteTable(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               AssociateRouteTableRequest request);

struct DisassociateRouteTableRequest {
  std::string association_id;
  static protocol::Members Describe();
};

struct DisassociateRouteTableResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Has a subnet use its VPC's main route table again.
///
/// Errors: InvalidAssociationID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DisassociateRouteTable".
runtime::Task<DisassociateRouteTableResponse> DisassociateRouteTable(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     DisassociateRouteTableRequest request);

}  // namespace cumulite::ec2

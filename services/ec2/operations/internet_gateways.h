#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct CreateInternetGatewayRequest {
  std::vector<TagSpecification> tag_specifications;
  static protocol::Members Describe();
};

struct CreateInternetGatewayResponse {
  std::optional<InternetGateway> internet_gateway;
  static protocol::Members Describe();
};

/// Makes an internet gateway.
///
/// Thread: any. Source: Amazon EC2 API Reference "CreateInternetGateway".
runtime::Task<CreateInternetGatewayResponse> CreateInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   CreateInternetGatewayRequest request);

struct DescribeInternetGatewaysRequest {
  std::vector<std::string> internet_gateway_ids;
  std::vector<Filter> filters;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct DescribeInternetGatewaysResponse {
  std::vector<InternetGateway> internet_gateways;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Internet gateways of the caller's account and region.
///
/// Errors: InvalidInternetGatewayID.NotFound, InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeInternetGateways".
runtime::Task<DescribeInternetGatewaysResponse> DescribeInternetGateways(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeInternetGatewaysRequest request);

struct AttachInternetGatewayRequest {
  std::string internet_gateway_id;
  std::string vpc_id;
  static protocol::Members Describe();
};

struct AttachInternetGatewayResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Attaches a gateway to a VPC that has none.
///
/// Errors: InvalidInternetGatewayID.NotFound, InvalidVpcID.NotFound, Resource.AlreadyAssociated.
/// Thread: any. Source: Amazon EC2 API Reference "AttachInternetGateway".
runtime::Task<AttachInternetGatewayResponse> AttachInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   AttachInternetGatewayRequest request);

struct DetachInternetGatewayRequest {
  std::string internet_gateway_id;
  std::string vpc_id;
  static protocol::Members Describe();
};

struct DetachInternetGatewayResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Detaches a gateway from its VPC.
///
/// Errors: InvalidInternetGatewayID.NotFound, Gateway.NotAttached.
/// Thread: any. Source: Amazon EC2 API Reference "DetachInternetGateway".
runtime::Task<DetachInternetGatewayResponse> DetachInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   DetachInternetGatewayRequest request);

struct DeleteInternetGatewayRequest {
  std::string internet_gateway_id;
  static protocol::Members Describe();
};

struct DeleteInternetGatewayResponse {
  bool return_ = true;
  static protocol::Members Describe();
};

/// Deletes a gateway that is not attached.
///
/// Errors: InvalidInternetGatewayID.NotFound, DependencyViolation.
/// Thread: any. Source: Amazon EC2 API Reference "DeleteInternetGateway".
runtime::Task<DeleteInternetGatewayResponse> DeleteInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   DeleteInternetGatewayRequest request);

}  // namespace cumulite::ec2

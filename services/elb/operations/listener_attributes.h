#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeListenerAttributesRequest {
  std::string listener_arn;
  static protocol::Members Describe();
};

struct DescribeListenerAttributesResponse {
  std::vector<ListenerAttribute> attributes;
  static protocol::Members Describe();
};

/// All attributes of a listener, those that nobody set with their defaults.
///
/// Errors: ListenerNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeListenerAttributes".
runtime::Task<DescribeListenerAttributesResponse> DescribeListenerAttributes(
    ElbService& elb, const protocol::RequestContext& context, DescribeListenerAttributesRequest request);

struct ModifyListenerAttributesRequest {
  std::string listener_arn;
  std::vector<ListenerAttribute> attributes;
  static protocol::Members Describe();
};

struct ModifyListenerAttributesResponse {
  std::vector<ListenerAttribute> attributes;
  static protocol::Members Describe();
};

/// Sets attributes; all of them, or none if one will not do.
///
/// Errors: ListenerNotFound, InvalidConfigurationRequest.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "ModifyListenerAttributes".
runtime::Task<ModifyListenerAttributesResponse> ModifyListenerAttributes(
    ElbService& elb, const protocol::RequestContext& context, ModifyListenerAttributesRequest request);

}  // namespace cumulite::elb

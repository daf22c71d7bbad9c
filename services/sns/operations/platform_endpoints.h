#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct CreatePlatformEndpointRequest {
  std::string platform_application_arn;
  std::string token;
  std::optional<std::string> custom_user_data;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct CreatePlatformEndpointResponse {
  std::string endpoint_arn;
  static protocol::Members Describe();
};

/// Makes an endpoint for a device's token, or gives the one that is there with the same attributes.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "CreatePlatformEndpoint".
runtime::Task<CreatePlatformEndpointResponse> CreatePlatformEndpoint(SnsService& sns,
                                                                     const protocol::RequestContext& context,
                                                                     CreatePlatformEndpointRequest request);

struct DeleteEndpointRequest {
  std::string endpoint_arn;
  static protocol::Members Describe();
};

struct DeleteEndpointResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes an endpoint; its subscriptions stay.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "DeleteEndpoint".
runtime::Task<DeleteEndpointResponse> DeleteEndpoint(SnsService& sns, const protocol::RequestContext& context,
                                                     DeleteEndpointRequest request);

struct ListEndpointsByPlatformApplicationRequest {
  std::string platform_application_arn;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct EndpointView {
  std::string endpoint_arn;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct ListEndpointsByPlatformApplicationResponse {
  std::vector<EndpointView> endpoints;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The endpoints of an application, a hundred a page.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "ListEndpointsByPlatformApplication".
runtime::Task<ListEndpointsByPlatformApplicationResponse> ListEndpointsByPlatformApplication(
    SnsService& sns, const protocol::RequestContext& context,
    ListEndpointsByPlatformApplicationRequest request);

struct GetEndpointAttributesRequest {
  std::string endpoint_arn;
  static protocol::Members Describe();
};

struct GetEndpointAttributesResponse {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

/// The attributes of an endpoint.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "GetEndpointAttributes".
runtime::Task<GetEndpointAttributesResponse> GetEndpointAttributes(SnsService& sns,
                                                                   const protocol::RequestContext& context,
                                                                   GetEndpointAttributesRequest request);

struct SetEndpointAttributesRequest {
  std::string endpoint_arn;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct SetEndpointAttributesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Changes attributes of an endpoint.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "SetEndpointAttributes".
runtime::Task<SetEndpointAttributesResponse> SetEndpointAttributes(SnsService& sns,
                                                                   const protocol::RequestContext& context,
                                                                   SetEndpointAttributesRequest request);

}  // namespace cumulite::sns

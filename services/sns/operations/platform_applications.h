#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct CreatePlatformApplicationRequest {
  std::string name;
  std::string platform;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct CreatePlatformApplicationResponse {
  std::string platform_application_arn;
  static protocol::Members Describe();
};

/// Makes an application of a push service, or gives the one that is there.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "CreatePlatformApplication".
runtime::Task<CreatePlatformApplicationResponse> CreatePlatformApplication(
    SnsService& sns, const protocol::RequestContext& context, CreatePlatformApplicationRequest request);

struct DeletePlatformApplicationRequest {
  std::string platform_application_arn;
  static protocol::Members Describe();
};

struct DeletePlatformApplicationResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes an application with its endpoints.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "DeletePlatformApplication".
runtime::Task<DeletePlatformApplicationResponse> DeletePlatformApplication(
    SnsService& sns, const protocol::RequestContext& context, DeletePlatformApplicationRequest request);

struct ListPlatformApplicationsRequest {
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct PlatformApplicationView {
  std::string platform_application_arn;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct ListPlatformApplicationsResponse {
  std::vector<PlatformApplicationView> platform_applications;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The applications of the caller's account and region, a hundred a page.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "ListPlatformApplications".
runtime::Task<ListPlatformApplicationsResponse> ListPlatformApplications(
    SnsService& sns, const protocol::RequestContext& context, ListPlatformApplicationsRequest request);

struct GetPlatformApplicationAttributesRequest {
  std::string platform_application_arn;
  static protocol::Members Describe();
};

struct GetPlatformApplicationAttributesResponse {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

/// The attributes of an application, without its credentials.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "GetPlatformApplicationAttributes".
runtime::Task<GetPlatformApplicationAttributesResponse> GetPlatformApplicationAttributes(
    SnsService& sns, const protocol::RequestContext& context,
    GetPlatformApplicationAttributesRequest request);

struct SetPlatformApplicationAttributesRequest {
  std::string platform_application_arn;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct SetPlatformApplicationAttributesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Changes attributes of an application.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "SetPlatformApplicationAttributes".
runtime::Task<SetPlatformApplicationAttributesResponse> SetPlatformApplicationAttributes(
    SnsService& sns, const protocol::RequestContext& context,
    SetPlatformApplicationAttributesRequest request);

}  // namespace cumulite::sns

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct GetSMSAttributesRequest {
  std::vector<std::string> attributes;
  static protocol::Members Describe();
};

struct GetSMSAttributesResponse {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

/// The account's settings of text messages; all of them, or those named.
///
/// Errors: AuthorizationError, InvalidParameter.
/// Thread: any. Source: SNS API Reference "GetSMSAttributes".
runtime::Task<GetSMSAttributesResponse> GetSMSAttributes(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         GetSMSAttributesRequest request);

struct SetSMSAttributesRequest {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct SetSMSAttributesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Changes the account's settings of text messages.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "SetSMSAttributes".
runtime::Task<SetSMSAttributesResponse> SetSMSAttributes(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         SetSMSAttributesRequest request);

}  // namespace cumulite::sns

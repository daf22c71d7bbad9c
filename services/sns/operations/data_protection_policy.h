#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct PutDataProtectionPolicyRequest {
  std::string resource_arn;
  std::string data_protection_policy;
  static protocol::Members Describe();
};

struct PutDataProtectionPolicyResponse {
  static protocol::Members Describe() { return {}; }
};

/// Stores the data protection policy of a topic.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "PutDataProtectionPolicy".
runtime::Task<PutDataProtectionPolicyResponse> PutDataProtectionPolicy(
    SnsService& sns, const protocol::RequestContext& context, PutDataProtectionPolicyRequest request);

struct GetDataProtectionPolicyRequest {
  std::string resource_arn;
  static protocol::Members Describe();
};

struct GetDataProtectionPolicyResponse {
  std::string data_protection_policy;
  static protocol::Members Describe();
};

/// The data protection policy of a topic; empty where none was put.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "GetDataProtectionPolicy".
runtime::Task<GetDataProtectionPolicyResponse> GetDataProtectionPolicy(
    SnsService& sns, const protocol::RequestContext& context, GetDataProtectionPolicyRequest request);

}  // namespace cumulite::sns

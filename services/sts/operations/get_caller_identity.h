#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::sts {
class StsService;

struct GetCallerIdentityRequest {
  static protocol::Members Describe() { return {}; }
};

struct GetCallerIdentityResponse {
  std::string user_id;
  std::string account;
  std::string arn;
  static protocol::Members Describe();
};

/// Tells whose credentials signed the request. Needs no permission.
///
/// Errors: none of its own. Thread: any.
/// Source: STS API Reference "GetCallerIdentity".
runtime::Task<GetCallerIdentityResponse> GetCallerIdentity(StsService& sts,
                                                           const protocol::RequestContext& context,
                                                           GetCallerIdentityRequest request);

}  // namespace cumulite::sts

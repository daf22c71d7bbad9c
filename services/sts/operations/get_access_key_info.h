#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::sts {
class StsService;

struct GetAccessKeyInfoRequest {
  std::string access_key_id;
  static protocol::Members Describe();
};

struct GetAccessKeyInfoResponse {
  std::string account;
  static protocol::Members Describe();
};

/// Tells which account an access key belongs to; it need not exist any more.
///
/// Shapes: access_key_id 16..128 characters.
/// Errors: ValidationError for a key that names no account. Thread: any.
/// Differs from AWS: of keys that this server did not make only the caller's own is known.
/// Source: STS API Reference "GetAccessKeyInfo".
runtime::Task<GetAccessKeyInfoResponse> GetAccessKeyInfo(StsService& sts,
                                                         const protocol::RequestContext& context,
                                                         GetAccessKeyInfoRequest request);

}  // namespace cumulite::sts

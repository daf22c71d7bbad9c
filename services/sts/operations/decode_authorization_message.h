#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::sts {
class StsService;

struct DecodeAuthorizationMessageRequest {
  std::string encoded_message;
  static protocol::Members Describe();
};

struct DecodeAuthorizationMessageResponse {
  std::string decoded_message;
  static protocol::Members Describe();
};

/// Opens an encoded authorization failure message. No service here hands any out, so none is valid.
///
/// Shapes: encoded_message 1..10'240 characters.
/// Errors: InvalidAuthorizationMessageException. Thread: any.
/// Source: STS API Reference "DecodeAuthorizationMessage".
runtime::Task<DecodeAuthorizationMessageResponse> DecodeAuthorizationMessage(
    StsService& sts, const protocol::RequestContext& context, DecodeAuthorizationMessageRequest request);

}  // namespace cumulite::sts

#include "services/sts/operations/decode_authorization_message.h"

#include "services/sts/access.h"
#include "services/sts/errors.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
using protocol::Wire;

protocol::Members DecodeAuthorizationMessageRequest::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&DecodeAuthorizationMessageRequest::encoded_message>("EncodedMessage")
          .Required()
          .Length(1, 10'240),
  };
  return kMembers;
}

protocol::Members DecodeAuthorizationMessageResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&DecodeAuthorizationMessageResponse::decoded_message>("DecodedMessage"),
  };
  return kMembers;
}

runtime::Task<DecodeAuthorizationMessageResponse> DecodeAuthorizationMessage(
    StsService&, const protocol::RequestContext& context, DecodeAuthorizationMessageRequest) {
  RequireAllowed(context, "sts:DecodeAuthorizationMessage", "*", context.identity.account);
  throw protocol::AwsError(kInvalidAuthorizationMessage, "Message is not valid");
  co_return DecodeAuthorizationMessageResponse{};
}

}  // namespace cumulite::sts

#include "services/sts/operations/get_access_key_info.h"

#include "protocol/temporary_key.h"
#include "services/sts/access.h"
#include "services/sts/errors.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
using protocol::Wire;

protocol::Members GetAccessKeyInfoRequest::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetAccessKeyInfoRequest::access_key_id>("AccessKeyId")
          .Required()
          .Length(16, 128)
          .Pattern(R"([\w]*)"),
  };
  return kMembers;
}

protocol::Members GetAccessKeyInfoResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetAccessKeyInfoResponse::account>("Account"),
  };
  return kMembers;
}

runtime::Task<GetAccessKeyInfoResponse> GetAccessKeyInfo(StsService&, const protocol::RequestContext& context,
                                                         GetAccessKeyInfoRequest request) {
  RequireAllowed(context, "sts:GetAccessKeyInfo", "*", context.identity.account);
  if (request.access_key_id == context.identity.access_key) {
    co_return GetAccessKeyInfoResponse{context.identity.account};
  }
  auto account = protocol::AccountOfTemporaryKey(request.access_key_id);
  if (!account) throw protocol::AwsError(kValidationError, "Invalid AccessKeyId: " + request.access_key_id);
  co_return GetAccessKeyInfoResponse{*std::move(account)};
}

}  // namespace cumulite::sts

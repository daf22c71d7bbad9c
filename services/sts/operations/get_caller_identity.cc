#include "services/sts/operations/get_caller_identity.h"

namespace cumulite::sts {

protocol::Members GetCallerIdentityResponse::Describe() {
  using R = GetCallerIdentityResponse;
  using protocol::Wire;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::arn>("Arn"),
      Wire<&R::user_id>("UserId"),
      Wire<&R::account>("Account"),
  };
  return kMembers;
}

runtime::Task<GetCallerIdentityResponse> GetCallerIdentity(StsService&,
                                                           const protocol::RequestContext& context,
                                                           GetCallerIdentityRequest) {
  const protocol::Identity& identity = context.identity;
  co_return GetCallerIdentityResponse{
      .user_id = identity.user_id, .account = identity.account, .arn = identity.principal};
}

}  // namespace cumulite::sts

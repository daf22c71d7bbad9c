#include "services/sts/operations/get_federation_token.h"

#include "protocol/arn.h"
#include "services/sts/access.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
using protocol::Wire;

protocol::Members GetFederationTokenRequest::Describe() {
  using R = GetFederationTokenRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::name>("Name").Required().Length(2, 32).Pattern(R"([\w+=,.@-]*)"),
      Wire<&R::policy>("Policy").Within(kSessionPolicy),
      Wire<&R::policy_arns>("PolicyArns"),
      Wire<&R::duration_seconds>("DurationSeconds").Range(900, 129'600),
      Wire<&R::tags>("Tags").Length(0, 50),
  };
  return kMembers;
}

protocol::Members FederatedUser::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&FederatedUser::federated_user_id>("FederatedUserId").Required(),
      Wire<&FederatedUser::arn>("Arn").Required(),
  };
  return kMembers;
}

protocol::Members GetFederationTokenResponse::Describe() {
  using R = GetFederationTokenResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::credentials>("Credentials"),
      Wire<&R::federated_user>("FederatedUser"),
      Wire<&R::packed_policy_size>("PackedPolicySize"),
  };
  return kMembers;
}

runtime::Task<GetFederationTokenResponse> GetFederationToken(StsService& sts,
                                                             const protocol::RequestContext& context,
                                                             GetFederationTokenRequest request) {
  RefuseSessionCredentials(context, "GetFederationToken");
  GetFederationTokenResponse response;
  response.packed_policy_size = CheckSessionPolicy(request.policy, request.policy_arns, request.tags);
  const std::string& account = context.identity.account;
  response.federated_user = {
      .federated_user_id = account + ":" + request.name,
      .arn = protocol::FormatGlobalArn(protocol::PartitionOf(context.identity.region), "sts", account,
                                       "federated-user/" + request.name)};
  RequireAllowed(context, "sts:GetFederationToken", response.federated_user.arn, account);
  protocol::Identity identity{.account = account,
                              .region = {},
                              .access_key = {},
                              .principal = response.federated_user.arn,
                              .user_id = response.federated_user.federated_user_id,
                              .display_name = account};
  constexpr std::int32_t kTwelveHours = 43'200;
  const std::chrono::seconds duration{request.duration_seconds.value_or(kTwelveHours)};
  protocol::SessionAttributes session{.expires = context.clock->Now() + duration};
  KeepPolicies(session, request.policy, request.policy_arns);
  for (Tag& tag : request.tags) session.tags.emplace_back(std::move(tag.key), std::move(tag.value));
  response.credentials = MakeCredentials(sts.sessions(), std::move(identity), std::move(session));
  co_return response;
}

}  // namespace cumulite::sts

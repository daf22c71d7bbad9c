#include "services/sts/operations/assume_role_with_web_identity.h"

#include "services/sts/errors.h"
#include "services/sts/sts_service.h"
#include "services/sts/web_identity_token.h"

namespace cumulite::sts {
using protocol::AwsError;
using protocol::Wire;

protocol::Members AssumeRoleWithWebIdentityRequest::Describe() {
  using R = AssumeRoleWithWebIdentityRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::role_arn>("RoleArn").Within(kSessionArn).Required(),
      Wire<&R::role_session_name>("RoleSessionName").Required().Length(2, 64).Pattern(R"([\w+=,.@-]*)"),
      Wire<&R::web_identity_token>("WebIdentityToken").Required().Length(4, 20'000),
      Wire<&R::provider_id>("ProviderId").Length(4, 2'048),
      Wire<&R::policy_arns>("PolicyArns"),
      Wire<&R::policy>("Policy").Within(kSessionPolicy),
      Wire<&R::duration_seconds>("DurationSeconds").Range(900, 43'200),
  };
  return kMembers;
}

protocol::Members AssumeRoleWithWebIdentityResponse::Describe() {
  using R = AssumeRoleWithWebIdentityResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::credentials>("Credentials"),
      Wire<&R::subject_from_web_identity_token>("SubjectFromWebIdentityToken"),
      Wire<&R::assumed_role_user>("AssumedRoleUser"),
      Wire<&R::packed_policy_size>("PackedPolicySize"),
      Wire<&R::provider>("Provider"),
      Wire<&R::audience>("Audience"),
      Wire<&R::source_identity>("SourceIdentity"),
  };
  return kMembers;
}

runtime::Task<AssumeRoleWithWebIdentityResponse> AssumeRoleWithWebIdentity(
    StsService& sts, const protocol::RequestContext& context, AssumeRoleWithWebIdentityRequest request) {
  const Role role = ParseRole(request.role_arn, "Request ARN is invalid");
  if (request.provider_id) {
    throw AwsError(protocol::kNotImplemented, "ProviderId is not implemented by this server.");
  }
  const base::TimePoint now = context.clock->Now();
  WebIdentity identity = ReadWebIdentityToken(request.web_identity_token, now);
  // Strict believes nothing that it cannot verify. Tokens of GetWebIdentityToken are for others (IAM User
  // Guide "Getting started with outbound identity federation").
  if (context.strict || IsIssuerUrl(identity.issuer)) {
    throw AwsError(kInvalidIdentityToken,
                   "No OpenIDConnect provider found in your account for " + identity.issuer);
  }
  SessionParameters parameters{.name = std::move(request.role_session_name),
                               .policy = std::move(request.policy),
                               .policy_arns = std::move(request.policy_arns),
                               .tags = std::move(identity.tags),
                               .transitive_tag_keys = std::move(identity.transitive_tag_keys),
                               .source_identity = std::move(identity.source_identity)};
  const std::chrono::seconds duration{request.duration_seconds.value_or(kRoleSeconds)};
  RoleSession started = StartRoleSession(sts, context, role, parameters, now + duration);
  AssumeRoleWithWebIdentityResponse response;
  response.credentials = std::move(started.credentials);
  response.subject_from_web_identity_token = std::move(identity.subject);
  response.assumed_role_user = std::move(started.user);
  response.packed_policy_size = started.packed_policy_size;
  response.provider = std::move(identity.issuer);
  response.audience = std::move(identity.audience);
  response.source_identity = std::move(started.source_identity);
  co_return response;
}

}  // namespace cumulite::sts

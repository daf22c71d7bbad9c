#include "services/sts/operations/assume_role_with_saml.h"

#include <algorithm>

#include "protocol/arn.h"
#include "protocol/checksum.h"
#include "services/sts/errors.h"
#include "services/sts/saml_response.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
namespace {
using protocol::AwsError;
using protocol::Wire;

/// The account and the name of the provider.
protocol::Arn ParseProvider(const std::string& text) {
  const auto arn = protocol::ParseArn(text);
  if (!arn || arn->service != "iam" || arn->ResourceType() != "saml-provider" ||
      !protocol::IsAccountId(arn->account)) {
    throw AwsError(kValidationError, text + " is invalid");
  }
  return *arn;
}

/// With the subject it tells users apart: a hash of issuer, account and provider, as the API Reference has
/// it.
std::string NameQualifier(const std::string& issuer, const protocol::Arn& provider) {
  std::string text = issuer;
  text.append(provider.account).append("/").append(provider.ResourceId());
  return protocol::Checksum(protocol::ChecksumAlgorithm::kSha1, text).Base64();
}

void CheckRole(const SamlIdentity& identity, const AssumeRoleWithSamlRequest& request) {
  const std::pair wanted(request.role_arn, request.principal_arn);
  if (std::ranges::find(identity.roles, wanted) != identity.roles.end()) return;
  throw AwsError(kAccessDenied, "Not authorized to perform sts:AssumeRoleWithSAML");
}

}  // namespace

protocol::Members AssumeRoleWithSamlRequest::Describe() {
  using R = AssumeRoleWithSamlRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::role_arn>("RoleArn").Within(kSessionArn).Required(),
      Wire<&R::principal_arn>("PrincipalArn").Within(kSessionArn).Required(),
      Wire<&R::saml_assertion>("SAMLAssertion").Required().Length(4, 100'000),
      Wire<&R::policy_arns>("PolicyArns"),
      Wire<&R::policy>("Policy").Within(kSessionPolicy),
      Wire<&R::duration_seconds>("DurationSeconds").Range(900, 43'200),
  };
  return kMembers;
}

protocol::Members AssumeRoleWithSamlResponse::Describe() {
  using R = AssumeRoleWithSamlResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::credentials>("Credentials"),
      Wire<&R::assumed_role_user>("AssumedRoleUser"),
      Wire<&R::packed_policy_size>("PackedPolicySize"),
      Wire<&R::subject>("Subject"),
      Wire<&R::subject_type>("SubjectType"),
      Wire<&R::issuer>("Issuer"),
      Wire<&R::audience>("Audience"),
      Wire<&R::name_qualifier>("NameQualifier"),
      Wire<&R::source_identity>("SourceIdentity"),
  };
  return kMembers;
}

runtime::Task<AssumeRoleWithSamlResponse> AssumeRoleWithSaml(StsService& sts,
                                                             const protocol::RequestContext& context,
                                                             AssumeRoleWithSamlRequest request) {
  const Role role = ParseRole(request.role_arn, request.role_arn + " is invalid");
  const protocol::Arn provider = ParseProvider(request.principal_arn);
  const base::TimePoint now = context.clock->Now();
  SamlIdentity identity = ReadSamlResponse(request.saml_assertion, now);
  // Strict believes nothing that it cannot verify.
  if (context.strict) throw AwsError(kInvalidIdentityToken, "Specified provider doesn't exist");
  CheckRole(identity, request);
  const std::chrono::seconds duration{request.duration_seconds.value_or(kRoleSeconds)};
  base::TimePoint expires = now + duration;
  if (identity.session_ends && *identity.session_ends <= now) {
    throw AwsError(kExpiredToken, "Token must be redeemed within 5 minutes of issuance");
  }
  if (identity.session_ends) expires = std::min(expires, *identity.session_ends);
  SessionParameters parameters{.name = std::move(identity.session_name),
                               .policy = std::move(request.policy),
                               .policy_arns = std::move(request.policy_arns),
                               .tags = std::move(identity.tags),
                               .transitive_tag_keys = std::move(identity.transitive_tag_keys),
                               .source_identity = std::move(identity.source_identity)};
  RoleSession started = StartRoleSession(sts, context, role, parameters, expires);
  AssumeRoleWithSamlResponse response;
  response.credentials = std::move(started.credentials);
  response.assumed_role_user = std::move(started.user);
  response.packed_policy_size = started.packed_policy_size;
  response.subject = std::move(identity.subject);
  response.subject_type = std::move(identity.subject_type);
  response.name_qualifier = NameQualifier(identity.issuer, provider);
  response.issuer = std::move(identity.issuer);
  response.audience = std::move(identity.audience);
  response.source_identity = std::move(started.source_identity);
  co_return response;
}

}  // namespace cumulite::sts

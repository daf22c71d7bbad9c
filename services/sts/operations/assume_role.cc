#include "services/sts/operations/assume_role.h"

#include "services/sts/access.h"
#include "services/sts/errors.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
namespace {

using protocol::Wire;

/// Source: IAM User Guide "Roles terms and concepts", role chaining.
void CheckChaining(const protocol::RequestContext& context, std::int32_t seconds) {
  if (!HasSessionCredentials(context) || seconds <= kRoleSeconds) return;
  throw protocol::AwsError(
      kValidationError,
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by "
      "role chaining");
}

constexpr protocol::Limits kTagKey =
    protocol::Limits{}.Length(1, 128).Pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)");

}  // namespace

protocol::Members AssumeRoleRequest::Describe() {
  using R = AssumeRoleRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::role_arn>("RoleArn").Within(kSessionArn).Required(),
      Wire<&R::role_session_name>("RoleSessionName").Required().Length(2, 64).Pattern(R"([\w+=,.@-]*)"),
      Wire<&R::policy_arns>("PolicyArns"),
      Wire<&R::policy>("Policy").Within(kSessionPolicy),
      Wire<&R::duration_seconds>("DurationSeconds").Range(900, 43'200),
      Wire<&R::tags>("Tags").Length(0, 50),
      Wire<&R::transitive_tag_keys>("TransitiveTagKeys").Length(0, 50).Elements(kTagKey),
      Wire<&R::external_id>("ExternalId").Length(2, 1224).Pattern(R"([\w+=,.@:\/-]*)"),
      Wire<&R::serial_number>("SerialNumber").Length(9, 256).Pattern(R"([\w+=/:,.@-]*)"),
      Wire<&R::token_code>("TokenCode").Length(6, 6).Pattern(R"([\d]*)"),
      Wire<&R::source_identity>("SourceIdentity").Length(2, 64).Pattern(R"([\w+=,.@-]*)"),
  };
  return kMembers;
}

protocol::Members AssumeRoleResponse::Describe() {
  using R = AssumeRoleResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::credentials>("Credentials"),
      Wire<&R::assumed_role_user>("AssumedRoleUser"),
      Wire<&R::packed_policy_size>("PackedPolicySize"),
      Wire<&R::source_identity>("SourceIdentity"),
  };
  return kMembers;
}

runtime::Task<AssumeRoleResponse> AssumeRole(StsService& sts, const protocol::RequestContext& context,
                                             AssumeRoleRequest request) {
  const Role role = ParseRole(request.role_arn, request.role_arn + " is invalid");
  // A role of another account would have to trust the caller, which no role here can say.
  RequireAllowed(context, "sts:AssumeRole", request.role_arn, role.account);
  const std::int32_t seconds = request.duration_seconds.value_or(kRoleSeconds);
  CheckChaining(context, seconds);
  SessionParameters parameters{.name = std::move(request.role_session_name),
                               .policy = std::move(request.policy),
                               .policy_arns = std::move(request.policy_arns),
                               .tags = std::move(request.tags),
                               .transitive_tag_keys = std::move(request.transitive_tag_keys),
                               .source_identity = std::move(request.source_identity)};
  RoleSession started =
      StartRoleSession(sts, context, role, parameters, context.clock->Now() + std::chrono::seconds(seconds));
  AssumeRoleResponse response;
  response.credentials = std::move(started.credentials);
  response.assumed_role_user = std::move(started.user);
  response.packed_policy_size = started.packed_policy_size;
  response.source_identity = std::move(started.source_identity);
  co_return response;
}

}  // namespace cumulite::sts

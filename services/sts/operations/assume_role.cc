#include "services/sts/operations/assume_role.h"

#include "protocol/arn.h"
#include "services/sts/access.h"
#include "services/sts/errors.h"
#include "services/sts/sts_service.h"
#include "services/sts/text_rules.h"

namespace cumulite::sts {
namespace {

using protocol::Wire;

/// The role's unique id, the same for one role at every call: AWS's begin with AROA, too.
std::string RoleId(std::string_view role_arn) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string id = "AROA";
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (std::size_t i = 0; i < 17; ++i) {
    for (const char c : role_arn) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    id += kAlphabet[hash >> 32 & 31];
  }
  return id;
}

/// The role that an ARN names; its path is no part of an assumed role's ARN.
struct Role {
  std::string partition;
  std::string account;
  std::string name;
};

Role ParseRole(const std::string& role_arn) {
  const auto arn = protocol::ParseArn(role_arn);
  if (arn && arn->service == "iam" && arn->region.empty() && protocol::IsAccountId(arn->account) &&
      arn->ResourceType() == "role") {
    const std::string_view path = arn->ResourceId();
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (!name.empty() && IsSessionName(name)) {
      return {std::string(arn->partition), std::string(arn->account), std::string(name)};
    }
  }
  throw protocol::AwsError(kValidationError, role_arn + " is invalid");
}

constexpr std::int32_t kChainedSeconds = 3'600;

/// Source: IAM User Guide "Roles terms and concepts", role chaining.
void CheckChaining(const protocol::RequestContext& context, std::int32_t seconds) {
  if (!HasSessionCredentials(context) || seconds <= kChainedSeconds) return;
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

protocol::Members AssumedRoleUser::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&AssumedRoleUser::assumed_role_id>("AssumedRoleId").Required(),
      Wire<&AssumedRoleUser::arn>("Arn").Required(),
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
  const Role role = ParseRole(request.role_arn);
  // A role of another account would have to trust the caller, which no role here can say.
  RequireAllowed(context, "sts:AssumeRole", request.role_arn, role.account);
  const std::chrono::seconds duration{request.duration_seconds.value_or(kChainedSeconds)};
  CheckChaining(context, static_cast<std::int32_t>(duration.count()));
  AssumeRoleResponse response;
  response.packed_policy_size = CheckSessionPolicy(request.policy, request.policy_arns, request.tags);
  response.assumed_role_user = {
      .assumed_role_id = RoleId(request.role_arn) + ":" + request.role_session_name,
      .arn = protocol::FormatGlobalArn(role.partition, "sts", role.account,
                                       "assumed-role/" + role.name + "/" + request.role_session_name)};
  protocol::Identity identity{.account = role.account,
                              .region = {},
                              .access_key = {},
                              .principal = response.assumed_role_user.arn,
                              .user_id = response.assumed_role_user.assumed_role_id,
                              .display_name = role.account};
  response.credentials = MakeCredentials(sts.sessions(), std::move(identity), context.clock->Now(), duration);
  response.source_identity = std::move(request.source_identity);
  co_return response;
}

}  // namespace cumulite::sts

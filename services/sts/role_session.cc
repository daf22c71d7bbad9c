#include "services/sts/role_session.h"

#include <algorithm>

#include "base/text.h"
#include "protocol/arn.h"
#include "services/sts/errors.h"
#include "services/sts/sts_service.h"
#include "services/sts/text_rules.h"

namespace cumulite::sts {
namespace {
using protocol::AwsError;
using protocol::SessionAttributes;
using protocol::Wire;

constexpr std::size_t kMaxRoleName = 64;

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

/// Tag keys differ by more than case.
bool SameKey(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return base::ToLower(x) == base::ToLower(y); });
}

void AddTags(SessionAttributes& session, const SessionParameters& parameters) {
  for (const Tag& tag : parameters.tags) session.tags.emplace_back(tag.key, tag.value);
  for (const std::string& key : parameters.transitive_tag_keys) {
    const bool passed = std::ranges::any_of(session.tags, [&](auto& tag) { return SameKey(tag.first, key); });
    if (!passed) {
      throw AwsError(kInvalidParameterValue,
                     "The specified transitive tag key must be included in the requested tags.");
    }
    session.transitive_tag_keys.push_back(key);
  }
}

void Inherit(SessionAttributes& session, const SessionAttributes& from) {
  for (const auto& tag : from.tags) {
    const auto& handed_down = from.transitive_tag_keys;
    const auto is_its_key = [&](const std::string& key) { return SameKey(key, tag.first); };
    if (std::ranges::none_of(handed_down, is_its_key)) continue;
    if (std::ranges::any_of(session.tags, [&](auto& own) { return SameKey(own.first, tag.first); })) {
      throw AwsError(kInvalidParameterValue,
                     "One of the specified transitive tag keys can't be set because it conflicts with a "
                     "transitive tag key from the calling session.");
    }
    session.tags.push_back(tag);
    session.transitive_tag_keys.push_back(tag.first);
  }
}

/// Once set it stays, through all roles that are assumed one after the other.
void SetSourceIdentity(SessionAttributes& session, const protocol::RequestContext& context, const Role& role,
                       const std::optional<std::string>& wanted) {
  const auto& caller = context.identity.session;
  const std::string kept = caller ? caller->source_identity : std::string{};
  if (wanted && !kept.empty() && *wanted != kept) {
    throw AwsError(kAccessDenied,
                   "User: " + context.identity.principal +
                       " is not authorized to perform: sts:SetSourceIdentity on resource: " + role.arn);
  }
  session.source_identity = kept.empty() ? wanted.value_or("") : kept;
}

}  // namespace

protocol::Members AssumedRoleUser::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&AssumedRoleUser::assumed_role_id>("AssumedRoleId").Required(),
      Wire<&AssumedRoleUser::arn>("Arn").Required(),
  };
  return kMembers;
}

Role ParseRole(const std::string& role_arn, std::string refusal) {
  const auto arn = protocol::ParseArn(role_arn);
  if (arn && arn->service == "iam" && arn->region.empty() && protocol::IsAccountId(arn->account) &&
      arn->ResourceType() == "role") {
    const std::string_view path = arn->ResourceId();
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (!name.empty() && name.size() <= kMaxRoleName && IsSessionName(name)) {
      return {role_arn, std::string(arn->partition), std::string(arn->account), std::string(name)};
    }
  }
  throw AwsError(kValidationError, std::move(refusal));
}

RoleSession StartRoleSession(const StsService& sts, const protocol::RequestContext& context, const Role& role,
                             const SessionParameters& parameters, base::TimePoint expires) {
  RoleSession started;
  started.packed_policy_size = CheckSessionPolicy(parameters.policy, parameters.policy_arns, parameters.tags);
  SessionAttributes session{.expires = expires, .role_arn = role.arn};
  KeepPolicies(session, parameters.policy, parameters.policy_arns);
  AddTags(session, parameters);
  if (context.identity.session) Inherit(session, *context.identity.session);
  SetSourceIdentity(session, context, role, parameters.source_identity);
  started.user = {.assumed_role_id = RoleId(role.arn) + ":" + parameters.name,
                  .arn = protocol::FormatGlobalArn(role.partition, "sts", role.account,
                                                   "assumed-role/" + role.name + "/" + parameters.name)};
  protocol::Identity identity{.account = role.account,
                              .region = {},
                              .access_key = {},
                              .principal = started.user.arn,
                              .user_id = started.user.assumed_role_id,
                              .display_name = role.account};
  if (!session.source_identity.empty()) started.source_identity = session.source_identity;
  started.credentials = MakeCredentials(sts.sessions(), std::move(identity), std::move(session));
  return started;
}

}  // namespace cumulite::sts

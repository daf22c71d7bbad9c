#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/context.h"
#include "protocol/members.h"
#include "protocol/session.h"

/// What callers pass along with a session: policies and tags.
namespace cumulite::sts {

struct PolicyDescriptor {
  std::optional<std::string> arn;
  static protocol::Members Describe();
};

struct Tag {
  std::string key;
  std::string value;
  static protocol::Members Describe();
};

inline constexpr std::int64_t kMaxSessionPolicy = 2048;  // characters
inline constexpr protocol::Limits kSessionPolicy =
    protocol::Limits{}.Length(1, kMaxSessionPolicy).Pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]+)");
/// Of role and policy ARNs, as Java reads \u10000: the code point 0x1000 and a zero.
inline constexpr protocol::Limits kSessionArn = protocol::Limits{}.Length(20, 2048).Pattern(
    R"([\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+)");

/// Errors: InvalidParameterValue for tags that AWS does not allow.
void CheckTags(const std::vector<Tag>& tags);

/// PackedPolicySize: how much of what is allowed the policies and tags fill, in percent; none without any.
/// Errors: MalformedPolicyDocument; PackedPolicyTooLarge; ValidationError for more than 10 policy ARNs or one
/// that is none; InvalidParameterValue for tags that AWS does not allow. Differs from AWS: it packs them in a
/// form of its own, which leaves more room than their text.
std::optional<std::int32_t> CheckSessionPolicy(const std::optional<std::string>& policy,
                                               const std::vector<PolicyDescriptor>& policy_arns,
                                               const std::vector<Tag>& tags);

/// Keeps with a session the policies that were passed for it.
void KeepPolicies(protocol::SessionAttributes& session, const std::optional<std::string>& policy,
                  const std::vector<PolicyDescriptor>& policy_arns);

/// Whether the caller's credentials are temporary ones.
bool HasSessionCredentials(const protocol::RequestContext& context);
/// Errors: AccessDenied if so: sessions do not renew themselves.
void RefuseSessionCredentials(const protocol::RequestContext& context, const std::string& operation);

}  // namespace cumulite::sts

#include "services/s3/bucket_policy.h"

#include <algorithm>
#include <stdexcept>

#include "protocol/arn.h"
#include "protocol/policy_condition.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxPolicyBytes = 20 * 1024;

using Policy = protocol::Policy;

AwsError Malformed(std::string message) { return AwsError(kMalformedPolicy, std::move(message)); }

void CheckPrincipals(const Policy::Statement& statement) {
  if (statement.principals.empty()) throw Malformed("Missing required field Principal");
  if (statement.not_principal && statement.allow) throw Malformed("Allow with NotPrincipal is not allowed.");
  for (const Policy::Principal& principal : statement.principals) {
    const bool known = principal.type == "*" || principal.type == "AWS" || principal.type == "Service" ||
                       principal.type == "Federated" || principal.type == "CanonicalUser";
    const auto arn = protocol::ParseArn(principal.value);
    const bool named = principal.type != "AWS" || principal.value == "*" ||
                       protocol::IsAccountId(principal.value) ||
                       (arn && (arn->service == "iam" || arn->service == "sts"));
    if (!known || !named) throw Malformed("Invalid principal in policy");
  }
}

void CheckActions(const Policy::Statement& statement) {
  if (statement.actions.values.empty()) throw Malformed("Missing required field Action");
  for (const std::string& action : statement.actions.values) {
    if (action == "*" || protocol::MatchesWildcard("s3:?*", action, protocol::LetterCase::kIgnore) ||
        protocol::MatchesWildcard("s3express:?*", action, protocol::LetterCase::kIgnore)) {
      continue;
    }
    throw Malformed("Policy has invalid action");
  }
}

/// Resources are the bucket or something in it; wildcards may stand for that.
void CheckResources(const Policy::Statement& statement, std::string_view resource) {
  if (!statement.resources.present || statement.resources.values.empty()) {
    throw Malformed("Missing required field Resource");
  }
  for (const std::string& value : statement.resources.values) {
    const std::string_view head = std::string_view(value).substr(0, value.find('/'));
    const bool fits = value == "*" || (head.size() == value.size() && head.ends_with('*')) ||
                      protocol::MatchesWildcard(head, resource);
    if (!fits) throw Malformed("Policy has invalid resource");
  }
}

}  // namespace

Policy ReadPolicy(std::string_view text, std::string_view resource) {
  if (text.size() > kMaxPolicyBytes) throw Malformed("Policy exceeds the maximum allowed document size.");
  if (!text.starts_with('{')) {
    throw Malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  try {
    Policy policy = Policy::Parse(text);
    if (policy.statements().empty()) throw Malformed("Could not parse the policy: Statement is empty!");
    for (const Policy::Statement& statement : policy.statements()) {
      CheckPrincipals(statement);
      CheckActions(statement);
      CheckResources(statement, resource);
    }
    return policy;
  } catch (const std::invalid_argument& error) {
    throw Malformed("Policies must be valid JSON and the first byte must be '{'");
  }
}

}  // namespace cumulite::s3

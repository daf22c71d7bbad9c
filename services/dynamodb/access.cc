#include "services/dynamodb/access.h"

#include <stdexcept>

#include "base/ids.h"
#include "protocol/arn.h"
#include "protocol/judge.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {

void RequireAccess(const protocol::RequestContext& context, const AccessedResource& resource,
                   std::string_view action) {
  if (!context.strict) return;
  const std::string full_action = action.empty() ? context.action : "dynamodb:" + std::string(action);
  const protocol::AccessRequest access{
      .action = full_action, .resource = resource.arn, .owner = resource.account, .policy = resource.policy};
  const protocol::Judgement judgement = MayAccess(context, access);
  if (!judgement.allowed()) throw AwsError(kAccessDenied, NotAuthorized(context, access, judgement));
}

void RequireOwnAccess(const protocol::RequestContext& context, std::string_view resource) {
  if (!context.strict) return;
  const protocol::Identity& caller = context.identity;
  RequireAccess(context, {.arn = protocol::FormatArn("dynamodb", caller.region, caller.account, resource),
                          .account = caller.account});
}

void CheckResourcePolicy(std::string_view policy) {
  constexpr std::size_t kMaxBytes = 20 * 1024;
  if (policy.size() > kMaxBytes) {
    throw Invalid("Resource-based policy size exceeds the limit of 20480 bytes");
  }
  try {
    if (protocol::Policy::Parse(policy).IsOfResource()) return;
  } catch (const std::invalid_argument&) {
    // said below
  }
  throw Invalid(
      "Invalid policy document: a resource-based policy needs statements with Principal, Action and "
      "Resource");
}

std::string NewPolicyRevision() {
  constexpr std::size_t kDigits = 13;
  std::string digits;
  for (const char c : base::RandomUuid() + base::RandomUuid()) {
    if (c >= '0' && c <= '9' && digits.size() < kDigits) digits += c;
  }
  return "1" + digits;
}

}  // namespace cumulite::dynamodb

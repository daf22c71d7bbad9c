#include "services/sns/access.h"

#include "protocol/policy.h"
#include "services/sns/errors.h"
#include "services/sns/topic_attributes.h"

namespace cumulite::sns {
namespace {
using protocol::PolicyDecision;

[[noreturn]] void Refuse(const protocol::RequestContext& context, std::string_view action,
                         std::string_view resource, std::string_view why) {
  const std::string who = context.identity.access_key.empty() ? "anonymous" : context.identity.principal;
  throw AwsError(kAuthorizationError,
                 "User: " + who + " is not authorized to perform: SNS:" + std::string(action) +
                     " on resource: " + std::string(resource) + " because " + std::string(why));
}

}  // namespace

void Authorize(const Topic& topic, const protocol::RequestContext& context, std::string_view action) {
  if (!context.strict) return;
  const protocol::Identity& caller = context.identity;
  const bool own = !caller.access_key.empty() && caller.account == topic.account;
  PolicyDecision decision = PolicyDecision::kNone;
  if (topic.policy) {
    const std::string full_action = "sns:" + std::string(action);
    protocol::PolicyRequest request{
        .principal = caller.access_key.empty() ? std::string_view() : caller.principal,
        .account = caller.account,
        .service = {},
        .action = full_action,
        .resource = topic.arn,
        .context = {}};
    AddGlobalKeys(request, context.clock->Now(), context.scheme == "https", context.peer_address);
    request.context["aws:sourceowner"] = {caller.account};
    decision = topic.policy->Evaluate(request);
  }
  if (decision == PolicyDecision::kAllow || (own && decision == PolicyDecision::kNone)) return;
  Refuse(context, action, topic.arn,
         decision == PolicyDecision::kDeny
             ? "an explicit deny in a resource-based policy forbids it"
             : "no resource-based policy allows the SNS:" + std::string(action) + " action");
}

void RequireAccount(const protocol::RequestContext& context, std::string_view action) {
  if (!context.strict || !context.identity.access_key.empty()) return;
  Refuse(context, action, "*", "no resource-based policy allows the SNS:" + std::string(action) + " action");
}

}  // namespace cumulite::sns

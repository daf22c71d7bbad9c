#include "protocol/judge.h"

#include "base/text.h"
#include "protocol/arn.h"
#include "protocol/session.h"

namespace cumulite::protocol {
namespace {

/// Source: IAM User Guide "AWS global condition context keys", properties of the principal.
void AddSessionKeys(PolicyRequest& request, const Identity& caller) {
  if (!caller.session) return;
  const SessionAttributes& session = *caller.session;
  for (const auto& [key, value] : session.tags) {
    request.context["aws:principaltag/" + base::ToLower(key)] = {value};
  }
  if (!session.source_identity.empty()) request.context["aws:sourceidentity"] = {session.source_identity};
}

}  // namespace

std::string Judgement::Why(std::string_view action) const {
  if (reason == Reason::kPolicyDenies) return "with an explicit deny in a resource-based policy";
  return "because no resource-based policy allows the " + std::string(action) + " action";
}

Judgement Judge::Decide(const RequestContext& context, const AccessRequest& access) const {
  using Reason = Judgement::Reason;
  const Identity& caller = context.identity;
  const bool own = !access.owner.empty() && caller.account == access.owner;
  const Reason unless_told = own ? Reason::kOwnAccount : Reason::kNothingAllows;
  if (access.policy == nullptr || (access.owner_only && !own)) return {unless_told};
  PolicyRequest request{.principal = caller.access_key.empty() ? std::string_view() : caller.principal,
                        .account = caller.account,
                        .service = {},
                        .action = access.action,
                        .resource = access.resource,
                        .context = access.keys};
  const base::TimePoint now = context.clock == nullptr ? base::TimePoint{} : context.clock->Now();
  AddGlobalKeys(request, now, context.scheme == "https", context.peer_address);
  AddSessionKeys(request, caller);
  const PolicyDecision decision = access.policy->Evaluate(request);
  if (decision == PolicyDecision::kNone) return {unless_told};
  return {decision == PolicyDecision::kAllow ? Reason::kPolicyAllows : Reason::kPolicyDenies};
}

Judgement MayAccess(const RequestContext& context, const AccessRequest& access) {
  static const Judge kAccountsAndPolicies;
  const Judge& judge = context.judge == nullptr ? kAccountsAndPolicies : *context.judge;
  return judge.Decide(context, access);
}

std::string NotAuthorized(const RequestContext& context, const AccessRequest& access, Judgement judgement) {
  std::string text = "User: " + context.identity.principal + " is not authorized to perform: ";
  text.append(access.action).append(" on resource: ").append(access.resource).append(" ");
  return text + judgement.Why(access.action);
}

bool MayServiceAccess(const ServiceAccess& access, const Policy* policy, base::TimePoint now) {
  if (policy == nullptr) return false;
  PolicyRequest request{.principal = {},
                        .account = {},
                        .service = access.service,
                        .action = access.action,
                        .resource = access.resource,
                        .context = {}};
  AddGlobalKeys(request, now, true, {});
  request.context["aws:sourcearn"] = {std::string(access.source_arn)};
  std::string_view account = access.source_account;
  const auto source = ParseArn(access.source_arn);
  if (account.empty() && source) account = source->account;
  if (!account.empty()) {
    request.context["aws:sourceaccount"] = {std::string(account)};
    request.context["aws:sourceowner"] = {std::string(account)};
  }
  return policy->Evaluate(request) == PolicyDecision::kAllow;
}

}  // namespace cumulite::protocol

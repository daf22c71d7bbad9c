#include "protocol/judge.h"

#include <stdexcept>

#include "base/text.h"
#include "protocol/arn.h"
#include "protocol/holder_policy.h"
#include "protocol/managed_policies.h"
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

/// Whether the caller may do no more than the policies say that were passed for its session. A federated user
/// may nothing without one (IAM User Guide "Permissions for GetFederationToken").
bool IsLimited(const RequestContext& context) {
  const Identity& caller = context.identity;
  if (!context.strict || !caller.session) return false;
  return !caller.session->policy.empty() || !caller.session->policy_arns.empty() ||
         caller.principal.find(":federated-user/") != std::string::npos;
}

PolicyDecision AskSessionPolicies(const SessionAttributes& session, const PolicyRequest& request) {
  auto decision = PolicyDecision::kNone;
  const auto ask = [&](std::string_view document) {
    if (document.empty() || decision == PolicyDecision::kDeny) return;
    try {
      const PolicyDecision says = ParseHolderPolicy(document).Evaluate(request);
      if (says != PolicyDecision::kNone) decision = says;
    } catch (const std::invalid_argument&) {
      // In a token of an older version, which took any JSON object: it grants nothing.
    }
  };
  ask(session.policy);
  for (const std::string& arn : session.policy_arns) ask(ManagedPolicy(arn));
  return decision;
}

/// What is left of `judged` where a session's policies have their say. They do not limit what a resource's
/// policy grants to the session itself.
Judgement Limit(Judgement judged, const RequestContext& context, const AccessRequest& access,
                const PolicyRequest& request) {
  using Reason = Judgement::Reason;
  if (judged.reason == Reason::kPolicyDenies) return judged;
  switch (AskSessionPolicies(*context.identity.session, request)) {
    case PolicyDecision::kDeny:
      return {Reason::kSessionPolicyDenies};
    case PolicyDecision::kAllow:
      return judged;
    case PolicyDecision::kNone:
      break;
  }
  const bool granted =
      judged.reason == Reason::kPolicyAllows &&
      StatementsNaming(*access.policy, request.principal).Evaluate(request) == PolicyDecision::kAllow;
  return granted ? judged : Judgement{Reason::kNoSessionPolicyAllows};
}

}  // namespace

std::string Judgement::Why(std::string_view action) const {
  if (reason == Reason::kPolicyDenies) return "with an explicit deny in a resource-based policy";
  if (reason == Reason::kSessionPolicyDenies) return "with an explicit deny in a session policy";
  if (reason == Reason::kNoSessionPolicyAllows) {
    return "because no session policy allows the " + std::string(action) + " action";
  }
  return "because no resource-based policy allows the " + std::string(action) + " action";
}

Judgement Judge::Decide(const RequestContext& context, const AccessRequest& access) const {
  using Reason = Judgement::Reason;
  const Identity& caller = context.identity;
  const bool own = !access.owner.empty() && caller.account == access.owner;
  const Reason unless_told = own ? Reason::kOwnAccount : Reason::kNothingAllows;
  const Policy* const policy = access.owner_only && !own ? nullptr : access.policy;
  const bool limited = IsLimited(context);
  if (policy == nullptr && !limited) return {unless_told};
  PolicyRequest request{.principal = caller.access_key.empty() ? std::string_view() : caller.principal,
                        .account = caller.account,
                        .service = {},
                        .action = access.action,
                        .resource = access.resource,
                        .context = access.keys};
  const base::TimePoint now = context.clock == nullptr ? base::TimePoint{} : context.clock->Now();
  AddGlobalKeys(request, now, context.scheme == "https", context.peer_address);
  AddSessionKeys(request, caller);
  const PolicyDecision decision = policy == nullptr ? PolicyDecision::kNone : policy->Evaluate(request);
  Judgement judged{unless_told};
  if (decision == PolicyDecision::kAllow) judged.reason = Reason::kPolicyAllows;
  if (decision == PolicyDecision::kDeny) judged.reason = Reason::kPolicyDenies;
  return limited ? Limit(judged, context, access, request) : judged;
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

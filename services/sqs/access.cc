#include "services/sqs/access.h"

#include <algorithm>
#include <array>

#include "protocol/arn.h"
#include "protocol/policy.h"

namespace cumulite::sqs {
namespace {
using protocol::PolicyDecision;
using protocol::PolicyRequest;

constexpr std::array<std::string_view, 10> kOwnerOnly{"AddPermission",      "CancelMessageMoveTask",
                                                      "DeleteQueue",        "ListMessageMoveTasks",
                                                      "ListQueueTags",      "RemovePermission",
                                                      "SetQueueAttributes", "StartMessageMoveTask",
                                                      "TagQueue",           "UntagQueue"};

}  // namespace

Access AccessTo(const Queue& queue, const protocol::RequestContext& context, std::string_view action,
                TimePoint now) {
  const protocol::Identity& caller = context.identity;
  const bool own = caller.account == queue.name().account;
  const Access unless_told = own ? Access::kAllowed : Access::kNotAllowed;
  if (!own && std::find(kOwnerOnly.begin(), kOwnerOnly.end(), action) != kOwnerOnly.end()) return unless_told;
  const auto policy = queue.description()->attributes.policy();
  if (!policy) return unless_told;
  const std::string full_action = "sqs:" + std::string(action);
  PolicyRequest request{.principal = caller.access_key.empty() ? std::string_view() : caller.principal,
                        .account = caller.account,
                        .service = {},
                        .action = full_action,
                        .resource = queue.arn(),
                        .context = {}};
  AddGlobalKeys(request, now, context.scheme == "https", context.peer_address);
  const PolicyDecision decision = policy->Evaluate(request);
  if (decision == PolicyDecision::kNone) return unless_told;
  return decision == PolicyDecision::kAllow ? Access::kAllowed : Access::kDenied;
}

bool IsDeliveryAllowed(const Queue& queue, const services::QueueMessage& message, TimePoint now) {
  const auto policy = queue.description()->attributes.policy();
  if (!policy) return false;
  PolicyRequest request{.principal = {},
                        .account = {},
                        .service = message.service,
                        .action = "sqs:SendMessage",
                        .resource = queue.arn(),
                        .context = {}};
  AddGlobalKeys(request, now, true, {});
  request.context["aws:sourcearn"] = {message.source_arn};
  if (const auto source = protocol::ParseArn(message.source_arn); source && !source->account.empty()) {
    request.context["aws:sourceaccount"] = {std::string(source->account)};
    request.context["aws:sourceowner"] = {std::string(source->account)};
  }
  return policy->Evaluate(request) == PolicyDecision::kAllow;
}

}  // namespace cumulite::sqs

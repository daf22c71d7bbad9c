#include "services/sqs/access.h"

#include <algorithm>
#include <array>

#include "protocol/policy.h"

namespace cumulite::sqs {
namespace {

constexpr std::array<std::string_view, 10> kOwnerOnly{"AddPermission",      "CancelMessageMoveTask",
                                                      "DeleteQueue",        "ListMessageMoveTasks",
                                                      "ListQueueTags",      "RemovePermission",
                                                      "SetQueueAttributes", "StartMessageMoveTask",
                                                      "TagQueue",           "UntagQueue"};

}  // namespace

protocol::Judgement JudgeAccess(const Queue& queue, const protocol::RequestContext& context,
                                std::string_view action) {
  const auto policy = queue.description()->attributes.policy();
  const std::string full_action = "sqs:" + std::string(action);
  const bool owner_only = std::find(kOwnerOnly.begin(), kOwnerOnly.end(), action) != kOwnerOnly.end();
  const protocol::AccessRequest access{.action = full_action,
                                       .resource = queue.arn(),
                                       .owner = queue.name().account,
                                       .policy = policy.get(),
                                       .owner_only = owner_only};
  return MayAccess(context, access);
}

bool IsDeliveryAllowed(const Queue& queue, const services::QueueMessage& message, TimePoint now) {
  const protocol::ServiceAccess access{.service = message.service,
                                       .action = "sqs:SendMessage",
                                       .resource = queue.arn(),
                                       .source_arn = message.source_arn,
                                       .source_account = message.source_account};
  return MayServiceAccess(access, queue.description()->attributes.policy().get(), now);
}

}  // namespace cumulite::sqs

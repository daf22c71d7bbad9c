#include "services/sns/access.h"

#include "protocol/judge.h"
#include "services/sns/errors.h"
#include "services/sns/topic_attributes.h"

namespace cumulite::sns {
namespace {

void Ask(const protocol::RequestContext& context, const protocol::AccessRequest& access) {
  const protocol::Judgement judgement = MayAccess(context, access);
  if (judgement.allowed()) return;
  const std::string who = context.identity.access_key.empty() ? "anonymous" : context.identity.principal;
  std::string message = "User: " + who + " is not authorized to perform: ";
  message.append(access.action).append(" on resource: ").append(access.resource).append(" ");
  throw AwsError(kAuthorizationError, message + judgement.Why(access.action));
}

std::string Action(std::string_view operation) { return "SNS:" + std::string(operation); }

}  // namespace

void Authorize(const Topic& topic, const protocol::RequestContext& context, std::string_view operation) {
  if (!context.strict) return;
  const std::string action = Action(operation);
  Ask(context, {.action = action,
                .resource = topic.arn,
                .owner = topic.account,
                .policy = topic.policy.get(),
                .keys = {{"aws:sourceowner", {context.identity.account}}}});
}

void AuthorizeOwn(const protocol::RequestContext& context, std::string_view operation,
                  std::string_view resource) {
  if (!context.strict) return;
  const std::string action = Action(operation);
  const bool known = !context.identity.access_key.empty();
  Ask(context, {.action = action,
                .resource = resource,
                .owner = known ? std::string_view(context.identity.account) : std::string_view()});
}

bool MayPublish(const Topic& topic, const services::TopicMessage& message, TimePoint now) {
  const protocol::ServiceAccess access{.service = message.service,
                                       .action = "sns:Publish",
                                       .resource = topic.arn,
                                       .source_arn = message.source_arn,
                                       .source_account = message.source_account};
  return MayServiceAccess(access, topic.policy.get(), now);
}

}  // namespace cumulite::sns

#include "protocol/own_access.h"

#include <string>
#include <utility>

#include "protocol/judge.h"

namespace cumulite::protocol {

void RequireOwnAccess(const RequestContext& context, std::string_view resource, const ErrorKind& denied) {
  RequireOwnAccess(context, context.action, resource, denied);
}

void RequireOwnAccess(const RequestContext& context, std::string_view action, std::string_view resource,
                      const ErrorKind& denied) {
  if (!context.strict) return;
  const AccessRequest access{
      .action = action, .resource = resource, .owner = context.identity.account, .owner_only = true};
  const Judgement judgement = MayAccess(context, access);
  if (judgement.allowed()) return;
  std::string message = "User: " + context.identity.principal + " is not authorized to perform: ";
  message.append(action).append(" on resource: ").append(resource);
  if (judgement.by_session()) throw AwsError(denied, message + " " + judgement.Why(action));
  message.append(" because no identity-based policy allows the ").append(action).append(" action");
  throw AwsError(denied, std::move(message));
}

}  // namespace cumulite::protocol

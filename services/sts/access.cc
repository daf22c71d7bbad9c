#include "services/sts/access.h"

#include <string>

#include "protocol/judge.h"
#include "services/sts/errors.h"

namespace cumulite::sts {

void RequireAllowed(const protocol::RequestContext& context, std::string_view action,
                    std::string_view resource, std::string_view owner) {
  if (!context.strict) return;
  const protocol::AccessRequest access{
      .action = action, .resource = resource, .owner = owner, .owner_only = true};
  const protocol::Judgement judgement = MayAccess(context, access);
  if (judgement.allowed()) return;
  std::string message = "User: " + context.identity.principal + " is not authorized to perform: ";
  message.append(action).append(" on resource: ").append(resource);
  if (judgement.by_session()) message.append(" ").append(judgement.Why(action));
  throw protocol::AwsError(kAccessDenied, std::move(message));
}

}  // namespace cumulite::sts

#pragma once
#include <string>
#include <string_view>

#include "protocol/context.h"
#include "protocol/policy.h"

namespace cumulite::dynamodb {

/// Something with an ARN that a request wants to use.
struct AccessedResource {
  std::string arn;
  std::string_view account;                  // whose it is
  const protocol::Policy* policy = nullptr;  // null: it has none
};

/// Lets the request go on if its caller may do `action` ("PutItem"; empty: what the request is) with the
/// resource. Decides in strict mode only.
/// Errors: AccessDeniedException.
/// Thread: any.
/// Source: DynamoDB Developer Guide "Using resource-based policies for DynamoDB".
void RequireAccess(const protocol::RequestContext& context, const AccessedResource& resource,
                   std::string_view action = {});

/// The same of what belongs to the caller's account and has no policy: "table/t" of a table to be made, "*".
void RequireOwnAccess(const protocol::RequestContext& context, std::string_view resource);

/// Errors: ValidationException for what is no policy of a resource, or is longer than 20 KB.
void CheckResourcePolicy(std::string_view policy);

/// "1709839273312": how AWS numbers the versions of a policy.
std::string NewPolicyRevision();

}  // namespace cumulite::dynamodb

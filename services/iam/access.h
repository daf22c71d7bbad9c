#pragma once
#include <string>
#include <string_view>

#include "protocol/own_access.h"
#include "services/iam/errors.h"
#include "services/iam/iam_service.h"

namespace cumulite::iam {

/// Errors: AccessDenied for a caller who may not do with `resource`, an ARN or "*", what it asks for.
inline void RequireAllowed(const protocol::RequestContext& context, std::string_view resource) {
  protocol::RequireOwnAccess(context, resource, kAccessDenied);
}

/// The same for a certificate by its name; its path is part of its ARN.
inline void RequireAllowedNamed(IamService& iam, const protocol::RequestContext& context,
                                const std::string& name) {
  if (!context.strict) return;
  const auto record = iam.store().FindNamed(context.identity.account, name);
  RequireAllowed(context,
                 record ? record->metadata.arn : ServerCertificateArn(context.identity.account, "/", name));
}

}  // namespace cumulite::iam

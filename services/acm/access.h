#pragma once
#include <string_view>

#include "protocol/own_access.h"
#include "services/acm/errors.h"

namespace cumulite::acm {

/// Errors: AccessDeniedException for a caller who may not do with `resource`, an ARN or "*", what it asks
/// for.
inline void RequireAllowed(const protocol::RequestContext& context, std::string_view resource) {
  protocol::RequireOwnAccess(context, resource, kAccessDenied);
}

}  // namespace cumulite::acm

#pragma once
#include <string_view>

#include "protocol/own_access.h"
#include "services/elb/errors.h"

/// What callers may do, asked by each operation. Source: Service Authorization Reference "Actions, resources,
/// and condition keys for AWS Elastic Load Balancing V2".
namespace cumulite::elb {

/// Errors: AccessDenied for a caller who may not do with `resource`, an ARN or "*", what it asks for.
inline void RequireAllowed(const protocol::RequestContext& context, std::string_view resource) {
  protocol::RequireOwnAccess(context, resource, kAccessDenied);
}

}  // namespace cumulite::elb

#pragma once
#include <string>
#include <string_view>

#include "protocol/arn.h"
#include "protocol/own_access.h"
#include "services/ec2/errors.h"

/// What callers may do, asked by each operation. Source: Service Authorization Reference "Actions, resources,
/// and condition keys for Amazon EC2".
namespace cumulite::ec2 {

/// Errors: UnauthorizedOperation for a caller who may not do with `resource`, an ARN or "*", what it asks
/// for.
inline void RequireAllowed(const protocol::RequestContext& context, std::string_view resource) {
  try {
    protocol::RequireOwnAccess(context, resource, kUnauthorizedOperation);
  } catch (const AwsError& refusal) {
    throw AwsError(kUnauthorizedOperation,
                   "You are not authorized to perform this operation. " + refusal.message());
  }
}

/// "arn:aws:ec2:us-east-1:000000000000:vpc/vpc-0123". Empty unless somebody asks for it.
inline std::string Ec2Arn(const protocol::RequestContext& context, std::string_view type,
                          std::string_view id) {
  if (!context.strict) return {};
  return protocol::FormatArn("ec2", context.identity.region, context.identity.account,
                             std::string(type) + "/" + std::string(id));
}

/// The same where the id alone tells the type, as those of tags' resources do.
inline std::string Ec2ArnOf(const protocol::RequestContext& context, std::string_view id) {
  const std::string_view prefix = id.substr(0, id.find('-'));
  const std::string_view type = prefix == "sg"         ? "security-group"
                                : prefix == "sgr"      ? "security-group-rule"
                                : prefix == "igw"      ? "internet-gateway"
                                : prefix == "rtb"      ? "route-table"
                                : prefix == "eni"      ? "network-interface"
                                : prefix == "eipalloc" ? "elastic-ip"
                                                       : prefix;
  return Ec2Arn(context, type, id);
}

}  // namespace cumulite::ec2

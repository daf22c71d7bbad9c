#pragma once
#include <string_view>

namespace cumulite::protocol {

/// The document of one of AWS's own policies ("arn:aws:iam::aws:policy/AmazonSQSFullAccess"): those that
/// grant something in the services here. Empty for any other ARN: there is no IAM that would know it. Source:
/// AWS Managed Policy Reference Guide.
std::string_view ManagedPolicy(std::string_view arn);

}  // namespace cumulite::protocol

#pragma once
#include <string_view>

#include "protocol/error.h"
#include "protocol/exchange.h"

namespace cumulite::server {

// Services of AWS that are not part of this server: what people call them, and how their clients want to be
// told.

/// "kms" for the X-Amz-Target prefix "TrentService", "elb" for the credential scope "elasticloadbalancing";
/// what is not known is its own name.
std::string_view AbsentServiceName(std::string_view target_or_scope);
/// The service of that version of the Query protocol; empty if none is known.
std::string_view AbsentQueryService(std::string_view version);
/// The service that the first label of a host names ("sns.us-east-1.localhost"); empty if none is known.
std::string_view AbsentHostService(std::string_view host);

/// 501 NotImplemented, naming exchange.route.service.
protocol::AwsError NotPartOfThisServer(const protocol::Exchange& exchange);
/// Makes `error` the answer, in the protocol that the request speaks: AWS JSON, REST-JSON, or Query.
void RenderAbsentServiceError(const protocol::AwsError& error, protocol::Exchange& exchange);

}  // namespace cumulite::server

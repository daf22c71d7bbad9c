#pragma once
#include <string_view>

#include "protocol/exchange.h"
#include "protocol/rpc.h"

namespace cumulite::protocol {

/// Decides by method and content type, as AWS's front end does; an X-Amz-Target with another content type
/// than the protocol's is not JSON.
RpcProtocol DetectProtocol(const RpcModel& model, const HttpRequest& request);

/// Completes a 2xx answer whose body is set: Content-Type and request id.
void FinishAnswer(const RpcModel& model, RpcProtocol protocol, Exchange& exchange);

/// "healthy: HOST ", as DynamoDB's front end says it.
void RenderHealth(Exchange& exchange);

/// Coral's answer to what is no request of the service: 404 <UnknownOperationException/>.
void RenderUnknownOperation(Exchange& exchange);

}  // namespace cumulite::protocol

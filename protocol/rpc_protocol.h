#pragma once
#include <string_view>

#include "protocol/exchange.h"
#include "protocol/rpc.h"

namespace cumulite::protocol {

/// Decides by method and content type, as AWS's front end does; an X-Amz-Target with another content type
/// than the protocol's is not JSON.
RpcProtocol DetectProtocol(const RpcModel& model, const HttpRequest& request);

/// EC2 speaks a dialect of the Query protocol: every list is flattened in requests, names begin with a capital
/// letter there only, answers have no <XResult>, errors another envelope. Known by the namespace of its answers.
/// Source: Smithy "AWS EC2 Query protocol".
bool SpeaksEc2(const RpcModel& model);

/// Completes a 2xx answer whose body is set: Content-Type and request id.
void FinishAnswer(const RpcModel& model, RpcProtocol protocol, Exchange& exchange);

/// "healthy: HOST ", as DynamoDB's front end says it.
void RenderHealth(Exchange& exchange);

/// Coral's answer to what is no request of the service: 404 <UnknownOperationException/>.
void RenderUnknownOperation(Exchange& exchange);

}  // namespace cumulite::protocol

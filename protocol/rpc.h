#pragma once
#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/exchange.h"
#include "protocol/operation.h"
#include "runtime/task.h"

namespace cumulite::protocol {

/// What distinguishes one RPC-style service (SQS, SNS, DynamoDB, STS, ELB) on the wire.
struct RpcModel {
  std::string_view service;         // "sqs"
  std::string_view json_target;     // X-Amz-Target prefix, "AmazonSQS"; empty: no AWS JSON
  std::string_view json_version;    // "1.0" or "1.1"
  std::string_view json_namespace;  // of `__type`: "com.amazonaws.sqs"
  std::string_view query_version;   // "2012-11-05"; empty: no Query protocol
  std::string_view xml_namespace;   // xmlns of Query answers
  std::span<const Operation> operations;
  /// Operations that AWS has and this server does not: answered 501 NotImplemented by name.
  std::span<const std::string_view> not_built;
  std::size_t body_limit;  // bytes
  /// JSON errors carry x-amzn-query-error (services that moved from Query to JSON).
  bool query_compatible = false;
  /// The service's own wording for a value that its table forbids; called with the path ("QueueUrl"), throws.
  void (*missing)(const Member& member, std::string_view path) = nullptr;
  void (*invalid)(const Member& member, std::string_view path, std::string_view value) = nullptr;
  /// Says why a Query action is not served at this address (InvalidAction), or nothing when it is; `known`
  /// tells whether the tables have it. Without it: "Could not find operation X for version V".
  std::optional<std::string> (*refuse_action)(std::string_view action, bool known,
                                              const HttpRequest& request) = nullptr;
  /// What a failure that is no AwsError is in the service's words; nothing: InternalFailure.
  std::optional<AwsError> (*explain)(const std::exception& failure) = nullptr;
  /// Query answers of operations that return nothing have no <XResult/> (SQS).
  bool omit_empty_result = false;
  /// AWS JSON answers of operations that return nothing have no body (DynamoDB), instead of {}.
  bool omit_empty_body = false;
  /// GET / is answered "healthy: HOST", whoever asks (DynamoDB).
  bool says_healthy = false;
  std::string_view server = {};  // what answers call it; empty: nothing
  /// Answers carry x-amz-crc32, the CRC-32 of the body as it is sent (DynamoDB).
  bool crc32 = false;
  /// Answers from this size on are packed for clients that accept gzip or deflate; 0: none are.
  std::size_t pack_from = 0;
  /// Unsigned calls reach every operation in strict mode, because the resources' policies decide about them
  /// and the service words the refusal itself (SQS); elsewhere the row says so: Operation::Anonymous.
  bool judges_anonymous_calls = false;
};

/// Finds the protocol and the operation of a request to this service and reads its body, so that whoever
/// authenticates knows what is asked for. What is wrong is kept in exchange.route.refusal for HandleRpc.
/// Sets exchange.operation and context.action. Thread: the request's loop.
runtime::Task<void> RouteRpc(const RpcModel& model, Exchange& exchange);

/// Answers one request of an RPC service: routes it unless that is done, decodes, calls, encodes; renders
/// every AwsError in the shape of the protocol.
///
/// Query requests arrive by POST form or GET query. `Accept: application/json` turns a Query answer into
/// JSON. Thread: the request's loop. Source: Smithy "AWS JSON 1.0/1.1", "AWS Query protocol"; SQS developer
/// guide "Making Query API requests".
runtime::Task<void> HandleRpc(const RpcModel& model, void* service, Exchange& exchange);

/// Makes `error` the answer, in the shape of the protocol that the request speaks; HandleRpc does so for what
/// it catches, a service's RenderError for what the server finds before it. The values of error.extra() are
/// JSON texts for AWS JSON, plain text for Query.
void RenderRpcError(const RpcModel& model, const AwsError& error, Exchange& exchange) noexcept;

}  // namespace cumulite::protocol

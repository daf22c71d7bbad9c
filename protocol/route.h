#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/query_params.h"

namespace cumulite::protocol {

struct Operation;
struct RpcModel;

/// Decides the rules of canonicalisation and the codes and words of the errors.
enum class Flavor : unsigned char { kS3, kJson, kQuery };

/// How one request speaks to an RPC service, and wants to be answered.
enum class RpcProtocol : unsigned char {
  kJson,         // AWS JSON
  kQuery,        // AWS Query, answered in XML
  kQueryAsJson,  // AWS Query with "Accept: application/json"
  kNone,         // nothing that the service understands
};

/// "AKID/20130524/us-east-1/s3/aws4_request", split; views into the request.
struct CredentialScope {
  std::string_view access_key;
  std::string_view date;  // YYYYMMDD; empty for SigV2, as are region and service
  std::string_view region;
  std::string_view service;
};

/// What a request asks for and of whom: found once, before anything is authenticated, and kept with it.
/// Views are into the request, its body or static text.
struct Route {
  std::string_view service;  // "sqs"; of a service that is not part of this server, what the client calls it
  Flavor flavor = Flavor::kS3;
  std::optional<CredentialScope> scope;  // what the request says of its caller, unverified

  // Of RPC services only, by RouteRpc:
  const RpcModel* model = nullptr;
  RpcProtocol protocol = RpcProtocol::kNone;
  const Operation* operation = nullptr;  // null: none that is served
  std::string_view packed_body;          // as it was sent, which is what is signed
  std::string unpacked;                  // of a packed body
  std::string_view body;                 // to be decoded
  std::optional<QueryParams> form;       // query and body of the Query protocol
  std::exception_ptr refusal;            // why nothing can be called; thrown once the caller is known
};

}  // namespace cumulite::protocol

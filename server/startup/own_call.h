#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/http.h"
#include "runtime/task.h"
#include "server/world.h"

namespace cumulite::server {

/// A request that the server makes of one of its own services, without a connection and without a signature.
struct OwnCall {
  std::string service;    // "sqs"
  std::string operation;  // "CreateQueue"; empty for S3
  std::string account;
  std::string region;
  std::string method = "POST";
  std::string target = "/";  // percent-encoded, with its query
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // of an operation: its members as a JSON object, whatever the service speaks
  std::unique_ptr<protocol::BodyReader> stream;  // instead of `body`
};

struct OwnAnswer {
  int status = 0;
  std::string headers;
  std::string body;        // of an operation: its members, likewise
  std::string error_code;  // empty: it succeeded
  std::string error_message;
};

/// Makes the call. Errors: what kept the service from opening; std::runtime_error when there is no such
/// service. Thread: a loop.
runtime::Task<OwnAnswer> Call(World& world, OwnCall call);

}  // namespace cumulite::server

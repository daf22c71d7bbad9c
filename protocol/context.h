#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "runtime/cancel.h"

namespace cumulite::protocol {

struct SessionAttributes;  // session.h

/// Who calls, as far as the request tells (permissive) or proves (strict).
struct Identity {
  std::string account;     // 12 digits
  std::string region;      // "us-east-1"
  std::string access_key;  // empty: anonymous
  std::string principal;   // "arn:aws:iam::000000000000:root", a user's or an assumed role's ARN
  std::string user_id;     // what SQS shows as SenderId and STS as UserId: "AIDA..."
  std::string display_name;
  /// What came with temporary credentials; null for any others.
  std::shared_ptr<const SessionAttributes> session = nullptr;
};

class Judge;

/// What an operation may know about the request besides its members. Lives as long as the request.
struct RequestContext {
  Identity identity;
  std::string request_id;         // a UUID
  std::string_view scheme;        // "http" or "https": how this caller came
  std::string_view host;          // the Host header, with its port
  std::string_view path;          // raw request path; SQS takes the queue URL from it
  std::string_view trace_header;  // X-Amzn-Trace-Id
  std::string_view peer_address;
  bool strict = false;  // auth = strict: policies are evaluated
  std::string action;   // "sqs:SendMessage": what IAM calls what is asked; in strict mode
  const Judge* judge = nullptr;  // null: accounts and resource policies decide, see judge.h
  const base::Clock* clock = nullptr;
  runtime::Cancel* cancel = nullptr;
};

}  // namespace cumulite::protocol

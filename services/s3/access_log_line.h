#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "protocol/exchange.h"
#include "services/s3/bucket_store.h"
#include "services/s3/documents/logging.h"

/// Server access logs: what a line says of a request, and what the objects that hold lines are called. Pure.
/// Source: S3 User Guide "Amazon S3 server access log format", "Logging requests with server access logging".
namespace cumulite::s3 {

/// One answered request to a bucket.
struct LoggedRequest {
  const protocol::Exchange& exchange;
  const Bucket& bucket;
  std::string_view key;      // empty: the bucket itself
  std::string_view marker;   // the sub-resource that the query names
  std::string_view version;  // versionId of the query
  base::TimePoint time;      // when it arrived
  std::chrono::nanoseconds taken{};
};

/// The line, with its end.
std::string AccessLogLine(const LoggedRequest& request);

/// "REST.GET.OBJECT"
std::string LogOperation(std::string_view operation, std::string_view method, std::string_view marker);

/// The key of the object that takes lines of `source`, of which the first is of `event`, when it is delivered
/// at `now`.
std::string AccessLogKey(const documents::LoggingEnabled& logging, const Bucket& source,
                         base::TimePoint event, base::TimePoint now, std::string_view unique);

}  // namespace cumulite::s3

#include "bench/requests.h"

#include <ctime>

namespace cumulite::bench {
namespace {
/// "20260102T030405Z": a peer refuses requests of another day.
std::string Timestamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[sizeof "20260102T030405Z"];
  std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc);
  return text;
}

/// The key is the only one that s3rver knows; the signature is nobody's, since no server here checks it.
std::string Scope(std::string_view service, std::string_view timestamp) {
  return "AWS4-HMAC-SHA256 Credential=S3RVER/" + std::string(timestamp.substr(0, 8)) + "/us-east-1/" +
         std::string(service) +
         "/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
         "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
}
}  // namespace

std::string Head(std::string_view host, std::string_view line, std::string_view service,
                 std::string_view extra, std::size_t length) {
  std::string head = std::string(line) + " HTTP/1.1\r\nHost: " + std::string(host) + "\r\n";
  head += "User-Agent: aws-sdk-js/3.900.0 ua/2.1 os/linux lang/js md/nodejs#20 api/bench m/E,e\r\n";
  head +=
      "amz-sdk-invocation-id: 7f0e7b44-1d9c-4b61-9f0b-2b3a4f1c5d6e\r\namz-sdk-request: attempt=1; max=3\r\n";
  static const std::string timestamp = Timestamp();
  head += "x-amz-date: " + timestamp + "\r\n";
  head += "Authorization: " + Scope(service, timestamp) + "\r\n";
  if (service == "s3") head += "x-amz-content-sha256: UNSIGNED-PAYLOAD\r\n";
  head += extra;
  if (length > 0) head += "Content-Length: " + std::to_string(length) + "\r\n";
  return head + "\r\n";
}

std::string JsonCall(std::string_view host, std::string_view service, std::string_view target,
                     std::string_view json) {
  return Head(host, "POST /", service,
              "X-Amz-Target: " + std::string(target) + "\r\nContent-Type: application/x-amz-json-1.0\r\n",
              json.size()) +
         std::string(json);
}

std::string SqsCall(std::string_view host, std::string_view operation, std::string_view json) {
  return JsonCall(host, "sqs", "AmazonSQS." + std::string(operation), json);
}

std::string QueueUrl(std::string_view host, std::string_view queue) {
  return "\"QueueUrl\":\"http://" + std::string(host) + "/000000000000/" + std::string(queue) + "\"";
}

std::vector<std::string_view> Values(std::string_view json, std::string_view key) {
  std::vector<std::string_view> values;
  const std::string mark = "\"" + std::string(key) + "\":\"";
  for (std::size_t at = json.find(mark); at != std::string_view::npos; at = json.find(mark, at)) {
    at += mark.size();
    values.push_back(json.substr(at, json.find('"', at) - at));
  }
  return values;
}

}  // namespace cumulite::bench

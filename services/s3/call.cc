#include "services/s3/call.h"

#include <algorithm>
#include <charconv>

#include "protocol/arn.h"
#include "protocol/aws_chunked.h"
#include "protocol/base64.h"
#include "services/s3/access.h"

namespace cumulite::s3 {
namespace {

runtime::Task<std::string> ReadBody(Call& call, std::size_t limit, BodyChecks& checks) {
  protocol::Exchange& exchange = call.exchange;
  std::optional<protocol::AwsChunkedReader> chunked;
  if (exchange.payload.chunked()) chunked.emplace(exchange.body, exchange.request, exchange.payload);
  protocol::BodyReader& reader = chunked ? static_cast<protocol::BodyReader&>(*chunked) : exchange.body;
  const std::optional<std::string_view> body = co_await reader.ReadAll(limit);
  if (!body) throw MalformedXml();
  checks.Update(*body);
  checks.Finish(chunked ? chunked->trailers() : std::span<const protocol::Trailer>{});
  co_return std::string(*body);
}

}  // namespace

std::optional<std::string_view> Call::Query(std::string_view name) const {
  for (const protocol::QueryParam& param : query) {
    if (param.name == name) return param.value;
  }
  return std::nullopt;
}

std::string Call::Query(std::string_view name, std::string_view otherwise) const {
  return std::string(Query(name).value_or(otherwise));
}

std::int32_t Call::QueryInt(std::string_view name, std::int32_t low, std::int32_t high,
                            std::int32_t otherwise) const {
  const auto text = Query(name);
  if (!text || text->empty()) return otherwise;
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) {
    throw InvalidArgument("Provided " + std::string(name) + " not an integer or within integer range", name,
                          *text);
  }
  if (value < low) {
    throw InvalidArgument("Argument " + std::string(name) + " must be an integer between " +
                              std::to_string(low) + " and 2147483647",
                          name, *text);
  }
  return std::min(value, high);
}

BucketPtr Call::OwnedBucket() const {
  BucketPtr bucket = FindBucket(address.bucket, "x-amz-expected-bucket-owner");
  const std::string_view version = query.empty() ? std::string_view{} : Query("versionId").value_or("");
  RequireAccess(
      *this, *bucket,
      {.action = version.empty() ? action : ActionOnVersion(action), .key = key(), .version = version});
  return bucket;
}

BucketPtr Call::BucketToRead(std::string_view name, std::string_view key_to_read, std::string_view version,
                             std::string_view expected_owner_header) const {
  BucketPtr bucket = FindBucket(name, expected_owner_header);
  const std::string_view read = version.empty() ? "s3:GetObject" : "s3:GetObjectVersion";
  RequireAccess(*this, *bucket, {.action = read, .key = key_to_read, .version = version});
  return bucket;
}

BucketPtr Call::FindBucket(std::string_view name, std::string_view expected_owner_header) const {
  const auto expected_owner = Header(expected_owner_header);
  if (expected_owner && !protocol::IsAccountId(*expected_owner)) {
    throw AwsError(kInvalidBucketOwnerAWSAccountID,
                   "The value of the expected bucket owner parameter must be an AWS account ID");
  }
  BucketPtr bucket = s3.buckets().Find(name);
  if (!bucket) {
    // An access point's alias or host may stand for its bucket.
    if (const AccessPointPtr point = s3.control().FindByHost(name)) bucket = s3.buckets().Find(point->bucket);
  }
  if (!bucket) throw NoSuchBucket(name);
  if (expected_owner && *expected_owner != bucket->account) throw AccessDenied();
  return bucket;
}

std::optional<VersionRef> Call::Version() const {
  const auto version = Query("versionId");
  if (!version) return std::nullopt;
  if (version->empty()) {
    throw InvalidArgument("Version id cannot be the empty string", "versionId", *version);
  }
  return RequireVersionId(*version);
}

runtime::Task<std::string> ReadDocument(Call& call, std::size_t limit) {
  BodyChecks checks(call.request(), call.exchange.payload, ChecksumAlgorithm::kCrc32);
  runtime::Task<std::string> reading = ReadBody(call, limit, checks);
  std::string document = co_await reading;
  co_return document;
}

runtime::Task<std::string> ReadDocumentOfObject(Call& call, std::size_t limit) {
  BodyChecks checks(ChecksumAlgorithm::kCrc32);
  checks.RequirePayloadHash(call.exchange.payload);
  runtime::Task<std::string> reading = ReadBody(call, limit, checks);
  std::string document = co_await reading;
  co_return document;
}

void AddCommonHeaders(protocol::Exchange& exchange) {
  protocol::HttpResponse& response = exchange.response;
  response.headers.append("x-amz-request-id: ")
      .append(exchange.context.request_id)
      .append("\r\nx-amz-id-2: ")
      .append(protocol::Base64Encode(exchange.context.request_id))
      .append("\r\nServer: AmazonS3\r\n");
}

}  // namespace cumulite::s3

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/exchange.h"
#include "services/s3/address.h"
#include "services/s3/body_checks.h"
#include "services/s3/s3_service.h"

/// What an operation's file is written in: the request's parts by the names of its AWS page, and the answer.
namespace cumulite::s3 {

/// One request on its way through an operation.
struct Call {
  S3Service& s3;
  protocol::Exchange& exchange;
  Address address;
  std::vector<protocol::QueryParam> query;
  std::string_view action = {};  // what IAM calls the operation, see access.h

  const protocol::HttpRequest& request() const { return exchange.request; }
  protocol::HttpResponse& response() { return exchange.response; }
  const protocol::Identity& identity() const { return exchange.context.identity; }
  const std::string& key() const { return address.key; }
  base::TimePoint Now() const { return s3.clock().Now(); }

  std::optional<std::string_view> Header(std::string_view name) const { return exchange.request.Find(name); }
  /// A query parameter, decoded; empty when it has no value.
  std::optional<std::string_view> Query(std::string_view name) const;
  /// The same with a default.
  std::string Query(std::string_view name, std::string_view otherwise) const;
  /// A whole number in low..high, else `otherwise` when absent. More than `high` counts as high.
  /// Errors: InvalidArgument.
  std::int32_t QueryInt(std::string_view name, std::int32_t low, std::int32_t high,
                        std::int32_t otherwise) const;

  /// The bucket of the request, with which its caller may do what the request asks for: see access.h.
  /// Errors: NoSuchBucket, AccessDenied, InvalidBucketOwnerAWSAccountID.
  BucketPtr OwnedBucket() const;
  /// Another bucket, from which the caller may read `key`; `expected_owner_header` is the header that names
  /// its owner, `version` as the request names it, or empty.
  BucketPtr BucketToRead(std::string_view name, std::string_view key, std::string_view version,
                         std::string_view expected_owner_header) const;
  /// Any bucket, without a look at who asks.
  BucketPtr FindBucket(std::string_view name, std::string_view expected_owner_header) const;

  /// versionId, if the request names one. Errors: InvalidArgument.
  std::optional<VersionRef> Version() const;
};

/// A request body that is a document, in one piece and checked against its digests.
/// Errors: MalformedXML when it is longer than `limit`; those of BodyChecks and of aws-chunked framing.
runtime::Task<std::string> ReadDocument(Call& call, std::size_t limit);
/// The same where the checksum headers are those of an object and not of the document.
runtime::Task<std::string> ReadDocumentOfObject(Call& call, std::size_t limit);

/// x-amz-request-id, x-amz-id-2, Server.
void AddCommonHeaders(protocol::Exchange& exchange);

}  // namespace cumulite::s3

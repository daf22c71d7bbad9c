#pragma once
#include <span>
#include <string>
#include <string_view>

#include "protocol/http.h"

/// The headers that belong to an object: what a write sends is kept as finished header lines, which a read
/// appends to its answer as they are.
namespace cumulite::s3 {

/// Content-Type (default binary/octet-stream), Cache-Control, Content-Disposition, Content-Encoding without
/// aws-chunked, Content-Language, Expires and x-amz-meta-*.
/// Errors: MetadataTooLarge (over 2 KiB of user metadata).
/// Source: S3 User Guide "Working with object metadata".
std::string ObjectHeaders(const protocol::HttpRequest& request);

/// `headers` with those replaced that response-content-type and its five siblings override.
std::string OverrideHeaders(std::string_view headers, std::span<const protocol::QueryParam> query);
/// Whether the query has such an override.
bool HasOverride(std::span<const protocol::QueryParam> query);

/// Every token of Content-Encoding but aws-chunked, which names the transfer and not the content.
std::string WithoutAwsChunked(std::string_view content_encoding);

}  // namespace cumulite::s3

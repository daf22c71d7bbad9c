#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "protocol/http.h"

/// Which operation a request asks for: pure, over one table of every operation that S3 has.
namespace cumulite::s3 {

enum class Level : std::uint8_t { kService, kBucket, kObject };

/// One row: an operation and what a request for it looks like.
struct Route {
  std::string_view operation;  // "GetBucketAcl"
  std::string_view method;
  Level level;
  std::string_view marker = {};       // the query parameter that names the sub-resource: "acl"
  std::string_view with_query = {};   // another query parameter that must be there: "id"
  std::string_view with_header = {};  // a header that must be there: "x-amz-copy-source"
};

/// The whole table; of rows that fit a request, the first one is meant.
std::span<const Route> Routes();

/// The row that `request` asks for.
///
/// A sub-resource that is known but not with this method, or not at this level, is never answered by the
/// plain operation. Parameters that S3 does not know are ignored, as AWS does. Errors: MethodNotAllowed,
/// InvalidArgument (two sub-resources in one request, half an UploadPart).
const Route& FindRoute(std::string_view method, Level level, std::span<const protocol::QueryParam> query,
                       const protocol::HttpRequest& request);

/// The first of the query's parameters that names a sub-resource, empty if none does.
std::string_view SubresourceOf(std::span<const protocol::QueryParam> query);

/// The operation of s3-control (access points, batch jobs, tags, ...) that `path` names, none of which is
/// built; empty when there is none. Parameters in braces match one path segment, "{x+}" several.
std::string_view ControlOperation(std::string_view method, std::string_view path);

}  // namespace cumulite::s3

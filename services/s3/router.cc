#include "services/s3/router.h"

#include <algorithm>
#include <string>

#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

using enum Level;

constexpr std::string_view kCopySource = "x-amz-copy-source";

// S3 API Reference, "Actions: Amazon S3". Rows with more conditions stand before those with fewer.
constexpr Route kRoutes[] = {
    {"GetObject", "GET", kObject},
    {"HeadObject", "HEAD", kObject},
    {"CopyObject", "PUT", kObject, {}, {}, kCopySource},
    {"PutObject", "PUT", kObject},
    {"DeleteObject", "DELETE", kObject},
    {"OptionsObject", "OPTIONS", kObject},
    {"ListObjects", "GET", kBucket},
    {"HeadBucket", "HEAD", kBucket},
    {"CreateBucket", "PUT", kBucket},
    {"DeleteBucket", "DELETE", kBucket},
    {"WriteGetObjectResponse", "POST", kBucket, {}, {}, "x-amz-request-route"},
    {"PostObject", "POST", kBucket},
    {"OptionsObject", "OPTIONS", kBucket},
    {"ListDirectoryBuckets", "GET", kService, {}, "max-directory-buckets"},
    {"ListBuckets", "GET", kService},

    {"ListObjectsV2", "GET", kBucket, "list-type"},
    {"ListObjectVersions", "GET", kBucket, "versions"},
    {"ListMultipartUploads", "GET", kBucket, "uploads"},
    {"DeleteObjects", "POST", kBucket, "delete"},
    {"CreateSession", "GET", kBucket, "session"},
    {"GetBucketAbac", "GET", kBucket, "abac"},
    {"PutBucketAbac", "PUT", kBucket, "abac"},
    {"GetBucketAccelerateConfiguration", "GET", kBucket, "accelerate"},
    {"PutBucketAccelerateConfiguration", "PUT", kBucket, "accelerate"},
    {"GetBucketAcl", "GET", kBucket, "acl"},
    {"PutBucketAcl", "PUT", kBucket, "acl"},
    {"GetBucketAnalyticsConfiguration", "GET", kBucket, "analytics", "id"},
    {"ListBucketAnalyticsConfigurations", "GET", kBucket, "analytics"},
    {"PutBucketAnalyticsConfiguration", "PUT", kBucket, "analytics"},
    {"DeleteBucketAnalyticsConfiguration", "DELETE", kBucket, "analytics"},
    {"GetBucketCors", "GET", kBucket, "cors"},
    {"PutBucketCors", "PUT", kBucket, "cors"},
    {"DeleteBucketCors", "DELETE", kBucket, "cors"},
    {"GetBucketEncryption", "GET", kBucket, "encryption"},
    {"PutBucketEncryption", "PUT", kBucket, "encryption"},
    {"DeleteBucketEncryption", "DELETE", kBucket, "encryption"},
    {"GetBucketIntelligentTieringConfiguration", "GET", kBucket, "intelligent-tiering", "id"},
    {"ListBucketIntelligentTieringConfigurations", "GET", kBucket, "intelligent-tiering"},
    {"PutBucketIntelligentTieringConfiguration", "PUT", kBucket, "intelligent-tiering"},
    {"DeleteBucketIntelligentTieringConfiguration", "DELETE", kBucket, "intelligent-tiering"},
    {"GetBucketInventoryConfiguration", "GET", kBucket, "inventory", "id"},
    {"ListBucketInventoryConfigurations", "GET", kBucket, "inventory"},
    {"PutBucketInventoryConfiguration", "PUT", kBucket, "inventory"},
    {"DeleteBucketInventoryConfiguration", "DELETE", kBucket, "inventory"},
    {"GetBucketLifecycleConfiguration", "GET", kBucket, "lifecycle"},
    {"PutBucketLifecycleConfiguration", "PUT", kBucket, "lifecycle"},
    {"DeleteBucketLifecycle", "DELETE", kBucket, "lifecycle"},
    {"GetBucketLocation", "GET", kBucket, "location"},
    {"GetBucketLogging", "GET", kBucket, "logging"},
    {"PutBucketLogging", "PUT", kBucket, "logging"},
    {"GetBucketMetadataConfiguration", "GET", kBucket, "metadataConfiguration"},
    {"CreateBucketMetadataConfiguration", "POST", kBucket, "metadataConfiguration"},
    {"DeleteBucketMetadataConfiguration", "DELETE", kBucket, "metadataConfiguration"},
    {"UpdateBucketMetadataInventoryTableConfiguration", "PUT", kBucket, "metadataInventoryTable"},
    {"UpdateBucketMetadataJournalTableConfiguration", "PUT", kBucket, "metadataJournalTable"},
    {"GetBucketMetadataTableConfiguration", "GET", kBucket, "metadataTable"},
    {"CreateBucketMetadataTableConfiguration", "POST", kBucket, "metadataTable"},
    {"DeleteBucketMetadataTableConfiguration", "DELETE", kBucket, "metadataTable"},
    {"GetBucketMetricsConfiguration", "GET", kBucket, "metrics", "id"},
    {"ListBucketMetricsConfigurations", "GET", kBucket, "metrics"},
    {"PutBucketMetricsConfiguration", "PUT", kBucket, "metrics"},
    {"DeleteBucketMetricsConfiguration", "DELETE", kBucket, "metrics"},
    {"GetBucketNotificationConfiguration", "GET", kBucket, "notification"},
    {"PutBucketNotificationConfiguration", "PUT", kBucket, "notification"},
    {"GetObjectLockConfiguration", "GET", kBucket, "object-lock"},
    {"PutObjectLockConfiguration", "PUT", kBucket, "object-lock"},
    {"GetBucketOwnershipControls", "GET", kBucket, "ownershipControls"},
    {"PutBucketOwnershipControls", "PUT", kBucket, "ownershipControls"},
    {"DeleteBucketOwnershipControls", "DELETE", kBucket, "ownershipControls"},
    {"GetBucketPolicy", "GET", kBucket, "policy"},
    {"PutBucketPolicy", "PUT", kBucket, "policy"},
    {"DeleteBucketPolicy", "DELETE", kBucket, "policy"},
    {"GetBucketPolicyStatus", "GET", kBucket, "policyStatus"},
    {"GetPublicAccessBlock", "GET", kBucket, "publicAccessBlock"},
    {"PutPublicAccessBlock", "PUT", kBucket, "publicAccessBlock"},
    {"DeletePublicAccessBlock", "DELETE", kBucket, "publicAccessBlock"},
    {"GetBucketReplication", "GET", kBucket, "replication"},
    {"PutBucketReplication", "PUT", kBucket, "replication"},
    {"DeleteBucketReplication", "DELETE", kBucket, "replication"},
    {"GetBucketRequestPayment", "GET", kBucket, "requestPayment"},
    {"PutBucketRequestPayment", "PUT", kBucket, "requestPayment"},
    {"GetBucketTagging", "GET", kBucket, "tagging"},
    {"PutBucketTagging", "PUT", kBucket, "tagging"},
    {"DeleteBucketTagging", "DELETE", kBucket, "tagging"},
    {"GetBucketVersioning", "GET", kBucket, "versioning"},
    {"PutBucketVersioning", "PUT", kBucket, "versioning"},
    {"GetBucketWebsite", "GET", kBucket, "website"},
    {"PutBucketWebsite", "PUT", kBucket, "website"},
    {"DeleteBucketWebsite", "DELETE", kBucket, "website"},

    {"CreateMultipartUpload", "POST", kObject, "uploads"},
    {"UploadPartCopy", "PUT", kObject, "uploadId", "partNumber", kCopySource},
    {"UploadPart", "PUT", kObject, "uploadId", "partNumber"},
    {"CompleteMultipartUpload", "POST", kObject, "uploadId"},
    {"AbortMultipartUpload", "DELETE", kObject, "uploadId"},
    {"ListParts", "GET", kObject, "uploadId"},
    {"GetObjectAcl", "GET", kObject, "acl"},
    {"PutObjectAcl", "PUT", kObject, "acl"},
    {"GetObjectAttributes", "GET", kObject, "attributes"},
    {"UpdateObjectEncryption", "PUT", kObject, "encryption"},
    {"GetObjectLegalHold", "GET", kObject, "legal-hold"},
    {"PutObjectLegalHold", "PUT", kObject, "legal-hold"},
    {"RenameObject", "PUT", kObject, "renameObject"},
    {"RestoreObject", "POST", kObject, "restore"},
    {"GetObjectRetention", "GET", kObject, "retention"},
    {"PutObjectRetention", "PUT", kObject, "retention"},
    {"SelectObjectContent", "POST", kObject, "select"},
    {"GetObjectTagging", "GET", kObject, "tagging"},
    {"PutObjectTagging", "PUT", kObject, "tagging"},
    {"DeleteObjectTagging", "DELETE", kObject, "tagging"},
    {"GetObjectTorrent", "GET", kObject, "torrent"},
};

using Query = std::span<const protocol::QueryParam>;

bool Has(Query query, std::string_view name) {
  return std::any_of(query.begin(), query.end(), [&](const auto& param) { return param.name == name; });
}

bool IsMarker(std::string_view name) {
  return std::any_of(std::begin(kRoutes), std::end(kRoutes),
                     [&](const Route& row) { return !row.marker.empty() && row.marker == name; });
}

/// The sub-resource that the query names, empty if none.
std::string_view MarkerOf(Query query) {
  std::string_view marker;
  for (const auto& param : query) {
    if (param.name == marker || !IsMarker(param.name)) continue;
    if (!marker.empty()) {
      throw AwsError(kInvalidArgument,
                     "Conflicting query string parameters: " + std::string(marker) + ", " + param.name)
          .With("ArgumentName", "ResourceType")
          .With("ArgumentValue", std::string(marker));
    }
    marker = param.name;
  }
  return marker;
}

[[noreturn]] void ThrowMethodNotAllowed(std::string_view method, Level level, std::string_view marker) {
  std::string resource(!marker.empty()     ? marker
                       : level == kService ? "service"
                       : level == kBucket  ? "bucket"
                                           : "object");
  for (char& c : resource) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c == '-' ? '_' : c);
  throw AwsError(kMethodNotAllowed, "The specified method is not allowed against this resource.")
      .With("Method", std::string(method))
      .With("ResourceType", std::move(resource));
}

/// Parameters that only one form of a PUT accepts: without its other half it must not write the object.
void CheckPutParameters(Query query, std::string_view marker) {
  if (marker == "uploadId") {
    throw InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", "");
  }
  if (marker.empty() && Has(query, "partNumber")) {
    throw AwsError(kInvalidArgument, "This operation does not accept a query-string.");
  }
  if (marker.empty() && Has(query, "versionId")) {
    throw AwsError(kInvalidArgument, "This operation does not accept a version-id.");
  }
}

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

std::string_view SubresourceOf(Query query) {
  for (const auto& param : query) {
    if (IsMarker(param.name)) return param.name;
  }
  return {};
}

const Route& FindRoute(std::string_view method, Level level, Query query,
                       const protocol::HttpRequest& request) {
  const std::string_view marker = query.empty() ? std::string_view{} : MarkerOf(query);
  for (const Route& row : kRoutes) {
    if (row.level != level || row.method != method || row.marker != marker) continue;
    if (!row.with_query.empty() && !Has(query, row.with_query)) continue;
    if (!row.with_header.empty() && !request.Find(row.with_header)) continue;
    if (level == kObject && method == "PUT" && row.with_query.empty()) CheckPutParameters(query, marker);
    return row;
  }
  if (level == kObject && method == "PUT") CheckPutParameters(query, marker);
  ThrowMethodNotAllowed(method, level, marker);
}

}  // namespace cumulite::s3

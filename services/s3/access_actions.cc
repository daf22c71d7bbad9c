#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "services/s3/access.h"
#include "services/s3/router.h"

namespace cumulite::s3 {
namespace {

struct Renamed {
  std::string_view operation;
  std::string_view action;
};

// Service Authorization Reference "Actions, resources, and condition keys for Amazon S3": operations that are
// not called what their permission is.
constexpr Renamed kRenamed[] = {
    {"AbortMultipartUpload", "s3:AbortMultipartUpload"},
    {"CompleteMultipartUpload", "s3:PutObject"},
    {"CopyObject", "s3:PutObject"},
    {"CreateBucketMetadataConfiguration", "s3:CreateBucketMetadataTableConfiguration"},
    {"CreateMultipartUpload", "s3:PutObject"},
    {"DeleteBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"},
    {"DeleteBucketCors", "s3:PutBucketCORS"},
    {"DeleteBucketEncryption", "s3:PutEncryptionConfiguration"},
    {"DeleteBucketIntelligentTieringConfiguration", "s3:PutIntelligentTieringConfiguration"},
    {"DeleteBucketInventoryConfiguration", "s3:PutInventoryConfiguration"},
    {"DeleteBucketLifecycle", "s3:PutLifecycleConfiguration"},
    {"DeleteBucketMetadataConfiguration", "s3:DeleteBucketMetadataTableConfiguration"},
    {"DeleteBucketMetricsConfiguration", "s3:PutMetricsConfiguration"},
    {"DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls"},
    {"DeleteBucketReplication", "s3:PutReplicationConfiguration"},
    {"DeleteBucketTagging", "s3:PutBucketTagging"},
    {"DeleteObjects", "s3:DeleteObject"},
    {"DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
    {"GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration"},
    {"GetBucketAnalyticsConfiguration", "s3:GetAnalyticsConfiguration"},
    {"GetBucketCors", "s3:GetBucketCORS"},
    {"GetBucketEncryption", "s3:GetEncryptionConfiguration"},
    {"GetBucketIntelligentTieringConfiguration", "s3:GetIntelligentTieringConfiguration"},
    {"GetBucketInventoryConfiguration", "s3:GetInventoryConfiguration"},
    {"GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"},
    {"GetBucketMetadataConfiguration", "s3:GetBucketMetadataTableConfiguration"},
    {"GetBucketMetricsConfiguration", "s3:GetMetricsConfiguration"},
    {"GetBucketNotificationConfiguration", "s3:GetBucketNotification"},
    {"GetBucketReplication", "s3:GetReplicationConfiguration"},
    {"GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"},
    {"GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"},
    {"HeadBucket", "s3:ListBucket"},
    {"HeadObject", "s3:GetObject"},
    {"ListBucketAnalyticsConfigurations", "s3:GetAnalyticsConfiguration"},
    {"ListBucketIntelligentTieringConfigurations", "s3:GetIntelligentTieringConfiguration"},
    {"ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration"},
    {"ListBucketMetricsConfigurations", "s3:GetMetricsConfiguration"},
    {"ListBuckets", "s3:ListAllMyBuckets"},
    {"ListMultipartUploads", "s3:ListBucketMultipartUploads"},
    {"ListObjectVersions", "s3:ListBucketVersions"},
    {"ListObjects", "s3:ListBucket"},
    {"ListObjectsV2", "s3:ListBucket"},
    {"ListParts", "s3:ListMultipartUploadParts"},
    {"PostObject", "s3:PutObject"},
    {"PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration"},
    {"PutBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"},
    {"PutBucketCors", "s3:PutBucketCORS"},
    {"PutBucketEncryption", "s3:PutEncryptionConfiguration"},
    {"PutBucketIntelligentTieringConfiguration", "s3:PutIntelligentTieringConfiguration"},
    {"PutBucketInventoryConfiguration", "s3:PutInventoryConfiguration"},
    {"PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"},
    {"PutBucketMetricsConfiguration", "s3:PutMetricsConfiguration"},
    {"PutBucketNotificationConfiguration", "s3:PutBucketNotification"},
    {"PutBucketReplication", "s3:PutReplicationConfiguration"},
    {"PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration"},
    {"PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
    {"SelectObjectContent", "s3:GetObject"},
    {"UploadPart", "s3:PutObject"},
    {"UploadPartCopy", "s3:PutObject"},
};

constexpr Renamed kOnVersions[] = {
    {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    {"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"},
    {"s3:GetObject", "s3:GetObjectVersion"},
    {"s3:GetObjectAcl", "s3:GetObjectVersionAcl"},
    {"s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"},
    {"s3:GetObjectTagging", "s3:GetObjectVersionTagging"},
    {"s3:GetObjectTorrent", "s3:GetObjectVersionTorrent"},
    {"s3:PutObjectAcl", "s3:PutObjectVersionAcl"},
    {"s3:PutObjectTagging", "s3:PutObjectVersionTagging"},
};

/// Every operation with its action, sorted; made once, from the router's table.
const std::vector<std::pair<std::string_view, std::string>>& Actions() {
  static const auto kActions = [] {
    std::vector<std::pair<std::string_view, std::string>> actions;
    for (const Route& route : Routes()) {
      const auto renamed = std::find_if(std::begin(kRenamed), std::end(kRenamed),
                                        [&](const Renamed& row) { return row.operation == route.operation; });
      actions.emplace_back(route.operation, renamed == std::end(kRenamed)
                                                ? "s3:" + std::string(route.operation)
                                                : std::string(renamed->action));
    }
    std::sort(actions.begin(), actions.end());
    return actions;
  }();
  return kActions;
}

}  // namespace

std::string_view ActionOf(std::string_view operation) {
  const auto& actions = Actions();
  const auto found =
      std::lower_bound(actions.begin(), actions.end(), operation,
                       [](const auto& entry, std::string_view name) { return entry.first < name; });
  return found == actions.end() || found->first != operation ? std::string_view{}
                                                             : std::string_view(found->second);
}

std::string_view ActionOnVersion(std::string_view action) {
  for (const Renamed& row : kOnVersions) {
    if (row.operation == action) return row.action;
  }
  return action;
}

}  // namespace cumulite::s3

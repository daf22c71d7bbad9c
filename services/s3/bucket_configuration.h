#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/policy.h"
#include "services/s3/documents/access_control.h"
#include "services/s3/documents/bucket_state.h"
#include "services/s3/documents/cors.h"
#include "services/s3/documents/encryption.h"
#include "services/s3/documents/lifecycle.h"
#include "services/s3/documents/logging.h"
#include "services/s3/documents/notification.h"
#include "services/s3/documents/replication.h"
#include "services/s3/documents/website.h"

namespace cumulite::s3 {

/// Whose objects are, and whether ACLs count. A bucket without ownership controls is ObjectWriter.
enum class Ownership : std::uint8_t { kObjectWriter, kBucketOwnerPreferred, kBucketOwnerEnforced };

struct PublicAccessBlock {
  bool block_public_acls = false;
  bool ignore_public_acls = false;
  bool block_public_policy = false;
  bool restrict_public_buckets = false;
};

/// What a bucket has been told, beside what every bucket has: its documents by the query parameter that names
/// them ("cors", "policy", "inventory" with an id), as they are answered, and those that requests look at
/// parsed once. Immutable. Thread: any.
class BucketConfiguration {
 public:
  using Documents = std::map<std::pair<std::string, std::string>, std::string>;

  explicit BucketConfiguration(Documents stored);

  /// Null when there is none.
  const std::string* Find(std::string_view kind, std::string_view id = {}) const;
  const Documents& all() const { return documents_; }

  std::optional<protocol::Policy> policy;
  bool policy_is_public = false;
  Ownership ownership = Ownership::kObjectWriter;
  PublicAccessBlock public_access;
  std::optional<documents::AccessControlPolicy> acl;  // absent: the owner's alone
  std::vector<documents::CORSRule> cors;
  std::optional<documents::WebsiteConfiguration> website;
  std::optional<documents::BucketLifecycleConfiguration> lifecycle;
  std::optional<documents::ServerSideEncryptionConfiguration> encryption;  // absent: AES256
  std::optional<documents::NotificationConfiguration> notification;
  std::optional<documents::ReplicationConfiguration> replication;
  std::optional<documents::BucketLoggingStatus> logging;
  std::optional<documents::ObjectLockConfiguration> object_lock;
  bool requester_pays = false;

 private:
  template <class T>
  std::optional<T> Parse(std::string_view kind, std::string_view root) const;

  Documents documents_;
};

}  // namespace cumulite::s3

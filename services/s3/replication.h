#pragma once
#include <string_view>
#include <vector>

#include "services/s3/documents/replication.h"
#include "services/s3/object.h"

/// Which versions are copied into which buckets. Pure.
/// Source: S3 User Guide "What does Amazon S3 replicate?", "Replication configuration file elements".
namespace cumulite::s3 {

/// What x-amz-replication-status says of a version.
inline constexpr std::string_view kReplicationPending = "PENDING";
inline constexpr std::string_view kReplicationCompleted = "COMPLETED";
inline constexpr std::string_view kReplicationFailed = "FAILED";
inline constexpr std::string_view kReplica = "REPLICA";

/// The rules by which `version` (or delete marker) of `key` is copied: one a destination, and of several that
/// fit the one of the highest priority. Valid as long as the configuration is.
///
/// Not copied: replicas, archived objects, and what is encrypted with a KMS key unless the rule says so.
std::vector<const documents::ReplicationRule*> ReplicationRulesFor(
    const documents::ReplicationConfiguration& configuration, std::string_view key, const Object& version);

/// The bucket that a rule's ARN names.
std::string_view DestinationBucket(const documents::ReplicationRule& rule);

/// What `version` is as a replica in a bucket of `destination_account`, beside its bytes: the same version
/// id, time, headers, tags, ACL and lock, in the storage class and of the owner that the rule wants.
Object ReplicaOf(const Object& version, const documents::ReplicationRule& rule,
                 std::string_view source_account, std::string_view destination_account);

}  // namespace cumulite::s3

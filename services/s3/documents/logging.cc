#include "services/s3/documents/logging.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kBucketLogsPermission[] = {"FULL_CONTROL", "READ", "WRITE"};
constexpr std::string_view kPartitionDateSource[] = {"EventTime", "DeliveryTime"};

}  // namespace

protocol::Members TargetGrant::Describe() {
  using T = TargetGrant;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::grantee>("Grantee"),
      Wire<&T::permission>("Permission").Values(kBucketLogsPermission),
  };
  return kMembers;
}

protocol::Members PartitionedPrefix::Describe() {
  using T = PartitionedPrefix;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::partition_date_source>("PartitionDateSource").Values(kPartitionDateSource),
  };
  return kMembers;
}

protocol::Members TargetObjectKeyFormat::Describe() {
  using T = TargetObjectKeyFormat;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::simple_prefix>("SimplePrefix"),
      Wire<&T::partitioned_prefix>("PartitionedPrefix"),
  };
  return kMembers;
}

protocol::Members LoggingEnabled::Describe() {
  using T = LoggingEnabled;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_bucket>("TargetBucket").Required(),
      Wire<&T::target_grants>("TargetGrants").Items("Grant"),
      Wire<&T::target_prefix>("TargetPrefix").Required(),
      Wire<&T::target_object_key_format>("TargetObjectKeyFormat"),
  };
  return kMembers;
}

protocol::Members BucketLoggingStatus::Describe() {
  using T = BucketLoggingStatus;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::logging_enabled>("LoggingEnabled"),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents

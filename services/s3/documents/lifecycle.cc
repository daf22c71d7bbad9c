#include "services/s3/documents/lifecycle.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kTransitionStorageClass[] = {
    "GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"};
constexpr std::string_view kExpirationStatus[] = {"Enabled", "Disabled"};

}  // namespace

protocol::Members LifecycleExpiration::Describe() {
  using T = LifecycleExpiration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::date>("Date"),
      Wire<&T::days>("Days"),
      Wire<&T::expired_object_delete_marker>("ExpiredObjectDeleteMarker"),
  };
  return kMembers;
}

protocol::Members LifecycleRuleAndOperator::Describe() {
  using T = LifecycleRuleAndOperator;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tags>("Tags").InQuery("Tag").Flattened(),
      Wire<&T::object_size_greater_than>("ObjectSizeGreaterThan"),
      Wire<&T::object_size_less_than>("ObjectSizeLessThan"),
  };
  return kMembers;
}

protocol::Members LifecycleRuleFilter::Describe() {
  using T = LifecycleRuleFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tag>("Tag"),
      Wire<&T::object_size_greater_than>("ObjectSizeGreaterThan"),
      Wire<&T::object_size_less_than>("ObjectSizeLessThan"),
      Wire<&T::all>("And"),
  };
  return kMembers;
}

protocol::Members Transition::Describe() {
  using T = Transition;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::date>("Date"),
      Wire<&T::days>("Days"),
      Wire<&T::storage_class>("StorageClass").Values(kTransitionStorageClass),
  };
  return kMembers;
}

protocol::Members NoncurrentVersionTransition::Describe() {
  using T = NoncurrentVersionTransition;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::noncurrent_days>("NoncurrentDays"),
      Wire<&T::storage_class>("StorageClass").Values(kTransitionStorageClass),
      Wire<&T::newer_noncurrent_versions>("NewerNoncurrentVersions"),
  };
  return kMembers;
}

protocol::Members NoncurrentVersionExpiration::Describe() {
  using T = NoncurrentVersionExpiration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::noncurrent_days>("NoncurrentDays"),
      Wire<&T::newer_noncurrent_versions>("NewerNoncurrentVersions"),
  };
  return kMembers;
}

protocol::Members AbortIncompleteMultipartUpload::Describe() {
  using T = AbortIncompleteMultipartUpload;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::days_after_initiation>("DaysAfterInitiation"),
  };
  return kMembers;
}

protocol::Members LifecycleRule::Describe() {
  using T = LifecycleRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::expiration>("Expiration"),
      Wire<&T::id>("ID"),
      Wire<&T::prefix>("Prefix"),
      Wire<&T::filter>("Filter"),
      Wire<&T::status>("Status").Required().Values(kExpirationStatus),
      Wire<&T::transitions>("Transitions").InQuery("Transition").Flattened(),
      Wire<&T::noncurrent_version_transitions>("NoncurrentVersionTransitions")
          .InQuery("NoncurrentVersionTransition")
          .Flattened(),
      Wire<&T::noncurrent_version_expiration>("NoncurrentVersionExpiration"),
      Wire<&T::abort_incomplete_multipart_upload>("AbortIncompleteMultipartUpload"),
  };
  return kMembers;
}

protocol::Members BucketLifecycleConfiguration::Describe() {
  using T = BucketLifecycleConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").InQuery("Rule").Flattened().Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
